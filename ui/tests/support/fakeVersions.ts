/** A story's versions as a desk in memory keeps, compares and merges them. */
import type { Commands, Content, RevisionsView, StoryView, VersionMark } from '../../src/wire/generated';
import { failure } from './failure';
import type { FakeDesk, Kept } from './fakeDesk';
import { blank } from './stories';
import { changes, mergedOf, settled } from './versions';

type Names =
  | 'cut_revision'
  | 'list_revisions'
  | 'name_version'
  | 'read_revision'
  | 'compare_versions'
  | 'since_read'
  | 'mark_read'
  | 'merge_view'
  | 'merge_versions'
  | 'restore_revision';

interface Ports {
  story: (story: string) => Kept;
  view: (story: string) => StoryView;
}

export class FakeVersions {
  readonly #desk: FakeDesk;
  readonly #ports: Ports;

  /** Of the story that a test looks at. */
  readonly marks: VersionMark[] = [];

  constructor(desk: FakeDesk, ports: Ports) {
    this.#desk = desk;
    this.#ports = ports;
  }

  content(story: string, number: number): Content {
    const found = this.#ports.story(story).revisions.find((each) => each.revision.number === number);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (!found) throw failure('not_found');
    return found.content;
  }

  #list(story: string): RevisionsView {
    return {
      revisions: this.#ports.story(story).revisions.map((each) => each.revision),
      marks: this.marks.map((mark) => ({ ...mark })),
    };
  }

  readonly commands: { [N in Names]: (args: Commands[N]['args']) => Commands[N]['answer'] } = {
    cut_revision: ({ story, reason }) => {
      const { content, revisions } = this.#ports.story(story);
      const number = revisions.length + 1;
      const revision = {
        number,
        hash: 'h',
        parent: null,
        at: this.#desk.now(),
        reason,
        author: 'আমি',
        words: 120,
      };
      revisions.unshift({ revision, content });
      return this.#list(story);
    },
    list_revisions: ({ story }) => this.#list(story),
    name_version: ({ story, number, name }) => {
      const mark = this.marks.find((each) => each.number === number);
      if (mark) mark.name = name;
      else this.marks.push({ number, name, acts: [] });
      return this.#list(story);
    },
    read_revision: ({ story, number }) => this.content(story, number),
    compare_versions: ({ story, number, draft }) => {
      const content = this.content(story, number);
      if (draft) return { before: number, after: null, changes: changes(content, draft) };
      const before = number > 1 ? this.content(story, number - 1) : blank();
      return { before: number - 1, after: number, changes: changes(before, content) };
    },
    since_read: ({ story }) => {
      const { unread } = this.#ports.story(story);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
      if (!unread) throw failure('not_found');
      return { revision: unread.revision, paragraphs: 3, fields: ['headline', 'caption', 'credit'] };
    },
    mark_read: ({ story }) => {
      this.#ports.story(story).unread = null;
      this.#desk.tell({ kind: 'lists_changed' });
      return {};
    },
    merge_view: ({ story, number }) => {
      const kept = this.#ports.story(story);
      const { author, at } = kept.revisions.find((each) => each.revision.number === number)!.revision;
      const people = { ours_by: 'রুমানা', theirs_by: author, theirs_at: at };
      const merged = mergedOf(kept.content, this.content(story, number));
      return { story, revision: number, counter: kept.counter, base: 1, ...people, ...merged };
    },
    merge_versions: ({ story, revision, choices }) => {
      const kept = this.#ports.story(story);
      const theirs = this.content(story, revision);
      const { places } = mergedOf(kept.content, theirs);
      kept.content = settled(kept.content, places, choices);
      kept.counter += 1;
      if (kept.deliveries[0]?.theirs)
        this.#desk.moveIntent(story, { state: 'cancelled', cause: null, theirs: null });
      return this.#ports.view(story);
    },
    restore_revision: ({ story, number }) => {
      const kept = this.#ports.story(story);
      kept.content = this.content(story, number);
      kept.counter += 1;
      return this.#ports.view(story);
    },
  };
}
