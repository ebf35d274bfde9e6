/** Stories that leave and come as files, for the way without a network. */
import { m } from '../i18n';
import { failureOf } from '../platform';
import type { PackageKeyView, PackageKind, PackageTo, PackageView } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** Somebody whose signature nobody here knows. */
export interface Stranger {
  name: string;
  fingerprint: string;
}

const ENDING = '.story';
/** Milliseconds before a person wants to see how far it is. */
const PATIENCE = 400;

export class Carrying {
  /** What the dialog that saves needs to know; null until it is known. */
  key = $state.raw<PackageKeyView | null>(null);
  saving = $state(false);
  /** A package is being read. */
  opening = $state(false);
  /** How far that is: photos that were looked at. Null until it takes so long that a person wants to see it. */
  step = $state.raw<{ done: number; of: number } | null>(null);
  /** Who signed what lies on the table, until a person has said who that is. */
  asks = $state.raw<Stranger | null>(null);
  #table: Uint8Array | null = null;
  /** The person left what is being read. */
  #left = false;
  readonly #room: Newsroom;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /** Asks who it is for; the text is on disk first. */
  askToSave = async (): Promise<void> => {
    const { platform, session } = this.#room;
    if (!session || !(await session.autosave.flush())) return;
    try {
      this.key = await platform.call('package_key', {});
      this.#room.dialog = 'package';
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  };

  save = async (what: PackageKind, to: PackageTo): Promise<void> => {
    const { platform, session, toasts } = this.#room;
    if (!session || this.saving) return;
    this.saving = true;
    try {
      const { name, folder } = await platform.call('save_package', { story: session.story, what, to });
      // Whoever would rather not have it after all may choose otherwise here.
      if (name === null) return;
      this.#room.dialog = null;
      toasts.say(m.package_saved({ name, folder: folder ?? '/' }), { tone: 'good' });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    } finally {
      this.saving = false;
    }
  };

  /** Whether these files are for `take`: one package, by its name; what is in it the desk decides. */
  isOne(files: readonly File[]): boolean {
    return files.length === 1 && files[0]?.name.toLowerCase().endsWith(ENDING) === true;
  }

  /** Takes in what a person chose or dropped. */
  async take(file: File): Promise<void> {
    if (this.opening) return;
    await this.#watched(async () => {
      this.#table = new Uint8Array(await file.arrayBuffer());
      if (this.#left) this.#putAway();
      else await this.#open(null);
    });
  }

  /** It is whose name stands on it. */
  trust = async (): Promise<void> => {
    const { asks } = this;
    this.asks = null;
    if (asks) await this.#watched(() => this.#open(asks.fingerprint));
  };

  /** Nothing of it comes in. */
  leave = (): void => {
    this.asks = null;
    this.#table = null;
  };

  /** Leaves what is being read; what is whole by then is told as ever. */
  leaveOpening = (): void => {
    this.#left = true;
    void this.#room.platform.call('leave_package', {}).catch(() => undefined);
  };

  /** Shows how far it is once that takes a while. */
  async #watched(open: () => Promise<void>): Promise<void> {
    this.opening = true;
    this.#left = false;
    let step = { done: 0, of: 0 };
    const slow = setTimeout(() => (this.step = step), PATIENCE);
    const stop = this.#room.platform.onDesk((event) => {
      if (event.kind !== 'package_step') return;
      step = event;
      if (this.step) this.step = step;
      // Left before the desk had begun with it.
      if (this.#left) this.leaveOpening();
    });
    try {
      await open();
    } finally {
      stop();
      clearTimeout(slow);
      this.step = null;
      this.opening = false;
    }
  }

  #putAway(): void {
    this.#table = null;
    this.#room.toasts.say(m.error_package_left());
  }

  async #open(trust: string | null): Promise<void> {
    if (!this.#table) return;
    try {
      const came = await this.#room.platform.openPackage(this.#table, trust);
      this.#table = null;
      await this.#came(came);
    } catch (thrown) {
      const error = failureOf(thrown);
      const { name = '', fingerprint = '' } = error.params;
      if (error.code === 'package_stranger' && !this.#left) this.asks = { name, fingerprint };
      else if (this.#left) this.#putAway();
      else {
        this.#table = null;
        this.#room.complain(error);
      }
    }
  }

  async #came(came: PackageView): Promise<void> {
    const { session, toasts } = this.#room;
    this.#room.refreshSoon();
    if (came.story === session?.story) await this.#room.lookAgain(came.story, 'words too');
    const see = { label: m.package_see(), run: () => void this.#room.open(came.story) };
    toasts.say(said(came), { tone: 'good', ...(came.story !== session?.story && { act: see }) });
    if (!came.sealed) toasts.say(m.package_came_open());
  }
}

function said(came: PackageView): string {
  const by = { by: came.by || m.package_stranger_nameless() };
  if (came.what === 'receipt')
    return came.settled > 0 ? m.package_came_settled(by) : m.package_came_nothing(by);
  if (came.is_new) return m.package_came_new(by);
  if (came.text === 'known') return m.package_came_known();
  return came.text === 'draft' ? m.package_came_draft(by) : m.package_came_beside(by);
}
