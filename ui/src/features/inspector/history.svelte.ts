/** A story's versions, and the one that is being looked at. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError, Content, Revision } from '../../wire/generated';

export class History {
  revisions = $state.raw<readonly Revision[] | null>(null);
  viewed = $state.raw<{ number: number; content: Content } | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  readonly #platform: Platform;
  readonly #story: string;

  constructor(platform: Platform, story: string) {
    this.#platform = platform;
    this.#story = story;
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      const { revisions } = await this.#platform.call('list_revisions', { story: this.#story });
      this.revisions = revisions;
    });
  }

  /** Keeps what is saved as a version. Answers its number; null when that failed. */
  async keep(): Promise<number | null> {
    await this.#try(async () => {
      const asked = { story: this.#story, reason: 'asked' } as const;
      this.revisions = (await this.#platform.call('cut_revision', asked)).revisions;
    });
    return this.trouble ? null : (this.revisions?.[0]?.number ?? null);
  }

  async view(number: number): Promise<void> {
    await this.#try(async () => {
      const content = await this.#platform.call('read_revision', { story: this.#story, number });
      this.viewed = { number, content };
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.trouble = null;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
    }
  }
}

/** A version as one text, so that its difference shows in every field. */
export function asText(content: Content): string {
  const { headline, standfirst, byline, dateline, body } = content;
  return [headline, standfirst, [byline, dateline].filter(Boolean).join(', '), body]
    .filter(Boolean)
    .join('\n\n');
}

/** The same with everything that stands beside the text: two versions that differ in a caption are not the same. */
export function asWhole(content: Content): string {
  const { source, section, tags, slug, photos } = content;
  const pictures = photos.map(({ caption, credit, alt }) =>
    [caption, credit, alt].filter(Boolean).join(' · '),
  );
  return [asText(content), source, section, tags.join(', '), slug, ...pictures].filter(Boolean).join('\n\n');
}
