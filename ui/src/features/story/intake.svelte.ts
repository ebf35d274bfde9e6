/** Photos on their way from a drop, a paste or the file chooser into the story. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError } from '../../wire/generated';
import type { StorySession } from './session.svelte';

export interface IntakePorts {
  /** A photo came in that is not in the text: its caption and credit are still to be written, beside the story. */
  added(session: StorySession): void;
  /** A file was not taken; nothing was changed. */
  refused(error: CommandError): void;
  /** The photo was in the story already. */
  known(): void;
}

export class PhotoIntake {
  /** Names of the files that are being taken in. */
  names = $state.raw<readonly string[]>([]);
  readonly #platform: Platform;
  readonly #ports: IntakePorts;

  constructor(platform: Platform, ports: IntakePorts) {
    this.#platform = platform;
    this.#ports = ports;
  }

  /** Takes in each file by itself: a bad one keeps none of the others out. `at` places them in the text. */
  async take(session: StorySession, files: readonly File[], at?: number): Promise<void> {
    this.names = [...this.names, ...files.map((file) => file.name)];
    for (const file of files) {
      await this.#takeOne(session, file, at);
      this.#done(file.name);
    }
  }

  async #takeOne(session: StorySession, file: File, at: number | undefined): Promise<void> {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const attached = await this.#platform.attachPhoto(session.story, { name: file.name, bytes });
      if (!session.addPhoto(attached)) this.#ports.known();
      if (at === undefined) this.#ports.added(session);
      else session.editor?.insertPhoto(attached.photo.id, at);
    } catch (thrown) {
      this.#ports.refused(failureOf(thrown));
    }
  }

  #done(name: string): void {
    const first = this.names.indexOf(name);
    this.names = this.names.filter((_, index) => index !== first);
  }
}

/** Every file of a drop or paste; the desk, not the name, decides what is a photo. */
export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}
