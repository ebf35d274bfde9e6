/** What the real desk works out from a story, near enough for the window to show it. */
import type {
  Axes,
  Content,
  DeskList,
  Finding,
  IntentAct,
  IntentView,
  ListView,
  PreviewView,
  SafeHtml,
  SearchHit,
  StoryRow,
} from '../../src/wire/generated';

/** What readers get once an act is done; filing changes nothing for them. */
export const AFTER: Partial<Record<IntentAct, Axes['public']>> = {
  publish: 'live',
  correct: 'live',
  schedule: 'scheduled',
  withdraw: 'withdrawn',
  kill: 'killed',
};

function listOf(axes: Axes): DeskList {
  if (axes.desk === 'spiked') return 'trash';
  if (axes.delivery && axes.delivery !== 'confirmed' && axes.delivery !== 'cancelled') return 'outbox';
  if (axes.desk === 'returned') return 'returned';
  if (axes.public === 'scheduled') return 'scheduled';
  if (axes.public !== 'never') return 'published';
  return axes.desk === 'filed' || axes.elsewhere ? 'sent' : 'drafts';
}

export function findings(content: Content): Finding[] {
  const missing = (['headline', 'body', 'section', 'byline'] as const).filter(
    (field) => !content[field].trim(),
  );
  const blocks = missing.map((field): Finding => ({
    code: `${field}_missing`,
    severity: 'block',
    photo: null,
  }));
  const credits = content.photos
    .filter((photo) => !photo.credit)
    .map(({ id }): Finding => ({ code: 'credit_missing', severity: 'block', photo: id }));
  const captions = content.photos
    .filter((photo) => !photo.caption)
    .map(({ id }): Finding => ({ code: 'caption_missing', severity: 'advice', photo: id }));
  return [...blocks, ...credits, ...captions];
}

export function counts({ headline, standfirst, body }: Content) {
  const text = `${headline} ${standfirst} ${body}`;
  const words = text.split(/\s+/).filter(Boolean).length;
  return { words, characters: text.length, minutes: Math.ceil(words / 180) };
}

/** A page that is enough to look at: the real one is made by Rust. */
export function page({ headline, standfirst, byline, body }: Content): PreviewView {
  const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const piece = (html: string) => ({ digest: html, html: html as SafeHtml });
  let at = 0;
  const places: number[] = [];
  const blocks = body.split('\n\n').map((block) => {
    places.push(at);
    at += new TextEncoder().encode(`${block}\n\n`).length;
    return piece(`<p data-at="">${escape(block.replace(/^[#>-]+ ?/gm, ''))}</p>\n`);
  });
  const frame = `<!doctype html><html lang="bn"><head><title>${escape(headline)}</title></head><body>
<article><h1>${escape(headline)}</h1><p class="standfirst">${escape(standfirst)}</p>
<p class="byline">${escape(byline)}:</p><!--text--></article></body></html>`;
  return { page: piece(frame), blocks, places, live: null };
}

type Known = 'intent' | 'story' | 'headline' | 'act' | 'asked_at';

/** An intent that has just been put into the outbox. */
export function waiting(known: Pick<IntentView, Known>): IntentView {
  return {
    ...known,
    portal: 'p1',
    state: 'queued',
    live_at: null,
    send_until: null,
    cause: null,
    detail: '',
    attempts: 0,
    next_at: null,
    bytes_sent: 0,
    bytes_total: 1_648_000,
    confirmed_at: null,
    public_url: null,
    theirs: null,
    differences: [],
    acceptable: false,
    accepted: null,
  };
}

/** Where a story says this. */
export function hitOf(row: StoryRow, { headline, standfirst, body }: Content, text: string): SearchHit {
  const whole = [headline, standfirst, body].join(' ');
  const at = whole.indexOf(text);
  const excerpt = whole.slice(Math.max(0, at - 24), at + text.length + 40);
  const start = excerpt.indexOf(text);
  return { row, excerpt, marks: [[start, start + text.length]] };
}

/** One list's rows, with the counts of all. */
export function listPage(all: StoryRow[], list: DeskList, section: string | null): ListView {
  const of = (each: DeskList) => all.filter((row) => listOf(row.axes) === each);
  const rows = of(list).filter((row) => section === null || row.section === section);
  const counts = {
    drafts: of('drafts').length,
    sent: of('sent').length,
    returned: of('returned').length,
    scheduled: of('scheduled').length,
    published: of('published').length,
    outbox: of('outbox').length,
    trash: of('trash').length,
  };
  return { rows, next: null, counts };
}
