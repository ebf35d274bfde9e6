/**
 * Names in a caption that the story does not have. Advice and no more: a name that is spelt in another way than in the
 * text is seldom seen by who has typed it. So it has to be right nearly always, and says nothing where it is in doubt.
 *
 * In Latin script a name is two or more words with a capital, side by side. Not counted are titles before it, months and
 * weekdays, and the first word of a sentence where it is a small one or three and more stand together. The name is missing
 * when its last word stands nowhere in headline, standfirst, text or another caption. The rule for Bengali is in
 * `bengalinames.ts`.
 */
import { bengaliNames, type NamePart } from './bengalinames';
import { plain, wordsOf, type Vocabulary, type Word } from './words';

const TITLES = new Set(
  `mr mrs ms dr md prof professor engr barrister advocate justice minister president chairman mayor captain coach
  major colonel general sir madam prime chief deputy secretary`.split(/\s+/),
);
const CALENDAR = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
  september october november december`.split(/\s+/),
);
/** They have a capital only because a sentence begins with them. */
const OPENERS = new Set(
  `a an the this these those he she it they his her its their in on at by to of from with without near under over after before
  during inside outside behind beside between along across around above below as when while where for and but or no not
  only all some many most both one two three four five several hundreds thousands people`.split(/\s+/),
);
/** Words with a dot that end no sentence. */
const ABBREVIATED = /^(?:\p{Lu}|Md|Mr|Mrs|Ms|Dr|Prof|Engr|Capt|Maj|Col|Gen|Adv|Barr)\.$/u;

/** The names, each once and as it is written. */
export function missingNames(caption: string, story: Vocabulary): string[] {
  const words = wordsOf(caption);
  const missing = [...latinNames(words), ...bengaliNames(words)].filter(
    ({ stems }) => stems.length > 0 && !stems.some((stem) => story.hasBeginning(stem)),
  );
  return [...new Set(missing.map(({ shown }) => shown))];
}

function latinNames(words: readonly Word[]): NamePart[] {
  const runs: Word[][] = [];
  let run: Word[] = [];
  const close = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const word of words) {
    if (!word.joined || !isCapitalised(word)) close();
    if (isCapitalised(word)) run.push(word);
    // A dot ends the sentence, and with it the name.
    if (word.text.endsWith('.') && !ABBREVIATED.test(word.text)) close();
  }
  close();
  return runs.flatMap(nameOf);
}

function nameOf(run: readonly Word[]): NamePart[] {
  const opened = opens(run) ? run.slice(1) : run;
  const from = opened.findIndex((word) => !TITLES.has(bare(word)));
  const name = from < 0 ? [] : opened.slice(from);
  const last = name.at(-1);
  if (!last || name.length < 2 || name.some((word) => CALENDAR.has(bare(word)))) return [];
  const shown = name
    .map(({ text }) => (ABBREVIATED.test(text) ? text : text.replace(/\.$|['’]s$/, '')))
    .join(' ');
  return [{ shown, stems: [bare(last)] }];
}

/** The first word has its capital because a sentence begins with it, or may have. */
function opens([first, ...rest]: readonly Word[]): boolean {
  if (!first || ABBREVIATED.test(first.text)) return false;
  return OPENERS.has(bare(first)) || (first.first && rest.length > 1);
}

function isCapitalised({ text }: Word): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text) || /^\p{Lu}\.$/u.test(text);
}

function bare({ text }: Word): string {
  return plain(text)
    .replace(/\.$/, '')
    .replace(/['’]s$/, '');
}
