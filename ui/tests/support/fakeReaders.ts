/** What readers have, in a desk in memory: the page they get, and the places where they meet a story. */
import type { Commands, Content, PlaceView, PreviewView, SafeHtml } from '../../src/wire/generated';
import { page } from './facts';
import { failure } from './failure';

type Name = 'preview' | 'story_places' | 'open_place';
type Given = { [N in Name]: (args: Commands[N]['args']) => Commands[N]['answer'] };

export const FRONT: PlaceView = {
  kind: 'front',
  url: 'http://127.0.0.1:4000/',
  state: 'new',
  cause: null,
  detail: '',
};

export class FakeReaders {
  /** What readers have of each story; without it, they have what is written. */
  readonly content = new Map<string, Content>();
  places: PlaceView[] = [FRONT];
  opened: string[] = [];
  down = false;
  readonly #now: () => string;

  constructor(now: () => string) {
    this.#now = now;
  }

  readonly commands: Given = {
    preview: ({ story, content, show = 'draft' }) => {
      if (show === 'draft') return page(content);
      const live = this.content.get(story);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
      if (!live) throw failure('not_found');
      const since = this.#now();
      if (show === 'live') return { ...page(live), places: [], live: { since, changes: 0, unseen: [] } };
      return marked(live, content, since);
    },
    story_places: ({ story }) => ({ story, at: this.#now(), down: this.down, places: this.places }),
    open_place: ({ url }) => {
      this.opened.push(url);
      return {};
    },
  };
}

/** The headline and each paragraph as a change of its own, where they differ. */
function marked(old: Content, fresh: Content, since: string): PreviewView {
  let changes = 0;
  const both = (was: string, is: string): string => {
    if (was === is) return is;
    changes += 1;
    const mark = (tag: string, text: string) =>
      text && `<${tag} class="change" data-change="${String(changes)}">${text}</${tag}>`;
    return mark('del', was) + mark('ins', is);
  };
  const piece = (html: string) => ({ digest: html, html: html as SafeHtml });
  const headline = both(old.headline, fresh.headline);
  const before = old.body.split('\n\n');
  const blocks = fresh.body
    .split('\n\n')
    .map((text, at) => piece(`<p data-at="">${both(before[at] ?? '', text)}</p>\n`));
  const frame = piece(
    `<!doctype html><html lang="bn"><head><title>t</title></head><body><h1>${headline}</h1><!--text--></body></html>`,
  );
  const unseen = old.section === fresh.section ? [] : (['section'] as const);
  return {
    page: frame,
    blocks,
    places: blocks.map((_, at) => at),
    live: { since, changes, unseen: [...unseen] },
  };
}
