/** Words as they are compared: in either script, either spelling of ড় ঢ় য়, with joiners and without. */

/** One spelling for all that a reader takes for the same. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '');
}

const WORD = /(?:[\p{L}\p{M}\p{N}'’-]|\u200c|\u200d)+\.?/gu;

export interface Word {
  /** As it is written; a dot that follows at once is part of it. */
  text: string;
  /** It and the word before are parted by no more than spaces. */
  joined: boolean;
  /** Nothing but a sentence's end, or nothing at all, stands before. */
  first: boolean;
}

export function wordsOf(text: string): Word[] {
  let end = 0;
  return [...text.matchAll(WORD)].map((match) => {
    const between = text.slice(end, match.index);
    const before = text.slice(0, match.index).trimEnd();
    end = match.index + match[0].length;
    return {
      text: match[0],
      joined: /^[ \u00a0]+$/.test(between),
      first: before === '' || /[.!?।:;\n]$/.test(before),
    };
  });
}

/** What words a text has: whole, and as beginnings of what is inflected. */
export class Vocabulary {
  readonly #lines: string;

  constructor(texts: readonly string[]) {
    const words = new Set(texts.flatMap((text) => plain(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []));
    this.#lines = `\n${[...words].join('\n')}\n`;
  }

  /** The word stands there, or a longer one that begins with it. */
  hasBeginning(word: string): boolean {
    return this.#lines.includes(`\n${word}`);
  }
}
