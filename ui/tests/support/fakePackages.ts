/** Packages of a desk in memory: nobody reads their bytes. */
import type { FileView, PackageKeyView, PackageView } from '../../src/wire/generated';

export class FakePackages {
  people: PackageKeyView['people'] = [];
  lastTo: string | null = null;
  /** What opening one comes to; may throw what the wire throws. */
  comes: (trust: string | null) => PackageView = () => {
    throw new Error('nobody packed anything');
  };

  key(): PackageKeyView {
    return { address: 'age1own', fingerprint: '0a1b-2c3d', people: this.people, last_to: this.lastTo };
  }

  save(): FileView {
    return { path: '/elsewhere/khosra-packages/khabar.story' };
  }

  async open(trust: string | null): Promise<PackageView> {
    await Promise.resolve();
    return this.comes(trust);
  }
}
