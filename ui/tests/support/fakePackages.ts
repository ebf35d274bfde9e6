/** Packages of a desk in memory: nobody reads their bytes. */
import type { Nothing, PackageKeyView, PackageSaved, PackageView } from '../../src/wire/generated';
import { failure } from './failure';

export class FakePackages {
  people: PackageKeyView['people'] = [];
  lastTo: string | null = null;
  /** What opening one comes to; may throw what the wire throws. */
  comes: (trust: string | null) => PackageView = () => {
    throw new Error('nobody packed anything');
  };
  /** Held back until a test lets it come. */
  way: Promise<void> = Promise.resolve();
  /** Somebody left what was being opened. */
  left = false;
  saved: PackageSaved = { name: 'khabar.story', folder: 'khosra-packages' };

  key(): PackageKeyView {
    return { address: 'age1own', fingerprint: '0a1b-2c3d', people: this.people, last_to: this.lastTo };
  }

  save(): PackageSaved {
    return this.saved;
  }

  leave(): Nothing {
    this.left = true;
    return {};
  }

  #isLeft(): boolean {
    return this.left;
  }

  async open(trust: string | null): Promise<PackageView> {
    this.left = false;
    await this.way;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (this.#isLeft()) throw failure('package_left');
    return this.comes(trust);
  }
}
