/** What the window asks of the shell around it. The one real shell is Tauri; tests hand in their own. */
import type { AttachedView, Commands, DeskEvent, PackageView } from '../wire/generated';

export type CommandName = Exclude<keyof Commands, 'attach_photo' | 'open_package'>;
export type Arguments<N extends CommandName> = Commands[N]['args'];
export type Answer<N extends CommandName> = Commands[N]['answer'];

/** A file that was dropped, pasted or chosen. */
export interface PhotoFile {
  name: string;
  bytes: Uint8Array;
}

export interface Platform {
  /** Shortcuts go with Cmd. */
  readonly apple: boolean;
  /** Gives a command; what is thrown is read by `failureOf`. */
  call<N extends CommandName>(name: N, args: Arguments<N>): Promise<Answer<N>>;
  attachPhoto(story: string, file: PhotoFile): Promise<AttachedView>;
  /** Takes a package in; `trust` is the fingerprint of somebody whom a person has just said yes to. */
  openPackage(bytes: Uint8Array, trust: string | null): Promise<PackageView>;
  /** The address of a picture that the window may load. */
  photoUrl(id: string, size: 'thumb' | 'display'): string;
  /** Calls `listener` with what the desk tells; the answer stops that. */
  onDesk(listener: (event: DeskEvent) => void): () => void;
  /** Draws the window from its beginning: from then on it speaks with the desk of the chair that was taken. */
  beginAnew(): void;
  /** Asks `mayClose` before the window goes; it stays open on `false`. The answer stops that. */
  onClose(mayClose: () => Promise<boolean>): () => void;
}
