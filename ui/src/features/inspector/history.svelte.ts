/** A story's versions, and the two that are held against each other. */
import { failureOf, type Platform } from '../../platform';
import type {
  CommandError,
  ComparisonView,
  Content,
  Revision,
  RevisionsView,
  VersionMark,
} from '../../wire/generated';

/** What a version is held against: the text in the window, or the version it was made from. */
export type Against = 'draft' | 'before';

export class History {
  revisions = $state.raw<readonly Revision[] | null>(null);
  /** What is known of versions beside what they say. */
  marks = $state.raw<readonly VersionMark[]>([]);
  /** The version that is being looked at, and how it differs; null while nobody looks. */
  viewed = $state.raw<{ number: number; comparison: ComparisonView } | null>(null);
  against = $state<Against>('draft');
  trouble = $state.raw<CommandError | null>(null);
  readonly #platform: Platform;
  readonly #story: string;
  readonly #draft: () => Content;

  /** `draft` gives the text as it stands in the window. */
  constructor(platform: Platform, story: string, draft: () => Content) {
    this.#platform = platform;
    this.#story = story;
    this.#draft = draft;
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      this.#take(await this.#platform.call('list_revisions', { story: this.#story }));
    });
  }

  /** Keeps what is saved as a version. Answers its number; null when that failed. */
  async keep(): Promise<number | null> {
    await this.#try(async () => {
      const asked = { story: this.#story, reason: 'asked' } as const;
      this.#take(await this.#platform.call('cut_revision', asked));
    });
    return this.trouble ? null : (this.revisions?.[0]?.number ?? null);
  }

  mark(number: number): VersionMark | undefined {
    return this.marks.find((mark) => mark.number === number);
  }

  /** The other version that a merged one was made of, where it is here. */
  mergedWith(revision: Revision): Revision | undefined {
    const { merged, number } = revision;
    return this.revisions?.find((other) => other.number < number && other.hash === merged);
  }

  /** Gives a version a name, or takes it away. Answers whether that is on the disk. */
  async name(number: number, name: string): Promise<boolean> {
    await this.#try(async () => {
      this.#take(await this.#platform.call('name_version', { story: this.#story, number, name }));
    });
    return this.trouble === null;
  }

  async view(number: number, against = this.against): Promise<void> {
    await this.#try(async () => {
      const draft = against === 'draft' ? { draft: this.#draft() } : {};
      const asked = { story: this.#story, number, ...draft };
      const comparison = await this.#platform.call('compare_versions', asked);
      this.against = against;
      this.viewed = { number, comparison };
    });
  }

  #take({ revisions, marks }: RevisionsView): void {
    this.revisions = revisions;
    this.marks = marks;
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

/** A story's words as one text. */
export function asText(content: Content): string {
  const { headline, standfirst, byline, dateline, body } = content;
  return [headline, standfirst, [byline, dateline].filter(Boolean).join(', '), body]
    .filter(Boolean)
    .join('\n\n');
}
