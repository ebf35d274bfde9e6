/**
 * Code replacements: `=pm=` stands for the words that a table gives for `pm`, and becomes them at its closing sign. It opens
 * at the beginning or after anything but a letter or digit, so that `a=b=c` is left alone.
 */
import { plain } from './words';

export interface Code {
  code: string;
  text: string;
}

/** By the code as it is looked up: letters large or small, either spelling of ড় ঢ় য়. */
export type CodeTable = ReadonlyMap<string, string>;

/** Longest code, in UTF-16 units. */
export const MAX_CODE = 40;
/** Longest words, in UTF-16 units. */
export const MAX_WORDS = 1_000;

const OPENING = String.raw`(?<![\p{L}\p{M}\p{N}=])=([^\s=]{1,40})=`;
const AT_CARET = new RegExp(`${OPENING}$`, 'u');
const ANYWHERE = new RegExp(OPENING, 'gu');

export function tableOf(codes: readonly Code[]): CodeTable {
  return new Map(codes.map(({ code, text }) => [plain(code), text]));
}

/** How many bytes a code takes where the table is kept. */
export function keptBytes({ code, text }: Code): number {
  return bytesOf([code, text]) + 1;
}

/** Of a value as JSON, in UTF-8. */
export function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

export interface Expansion {
  /** Where the code stands, with both its signs. */
  from: number;
  to: number;
  text: string;
}

/** What the code that ends at the caret stands for; null where there is none, or none that is known. */
export function expansionAt(value: string, caret: number, table: CodeTable): Expansion | null {
  const [whole, code] = AT_CARET.exec(value.slice(0, caret)) ?? [];
  if (whole === undefined || code === undefined) return null;
  const text = table.get(plain(code));
  return text === undefined ? null : { from: caret - whole.length, to: caret, text };
}

/** The codes in a text that the table does not have, each once and as it is written. */
export function unknownCodes(value: string, table: CodeTable): string[] {
  const found = [...value.matchAll(ANYWHERE)].map((match) => match[1] ?? '');
  return [...new Set(found)].filter((code) => !table.has(plain(code)));
}
