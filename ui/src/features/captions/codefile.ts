/** The table of codes as a file: a code, a tab, its words; one to a line, as a spreadsheet writes it. */
import { storedText } from '../../editor';
import { keptBytes, MAX_CODE, MAX_WORDS, type Code } from './codes';
import { plain } from './words';

export type LineFault =
  | 'no_tab'
  | 'many_columns'
  | 'no_code'
  | 'bad_code'
  | 'no_words'
  | 'too_long'
  | 'twice'
  | 'not_text'
  | 'no_room';

/** A line that was not taken, so that it can be put right. */
export interface BadLine {
  /** 1 for the first of the file. */
  number: number;
  line: string;
  fault: LineFault;
}

export interface CodeFile {
  codes: readonly (Code & { number: number })[];
  bad: readonly BadLine[];
}

export interface Merged {
  codes: readonly Code[];
  added: number;
  /** Known codes that have other words now. */
  changed: number;
  bad: readonly BadLine[];
}

const LINE_FEED = 0x0a;
/** By the bytes of their mark. */
const WIDE = new Map([
  ['255,254', 'utf-16le'],
  ['254,255', 'utf-16be'],
]);

/** Reads a file of UTF-8 or, as spreadsheets also write, of UTF-16 with its mark. Each line stands for itself. */
export function readCodeFile(bytes: Uint8Array): CodeFile {
  const codes: (Code & { number: number })[] = [];
  const bad: BadLine[] = [];
  const seen = new Set<string>();
  linesOf(bytes).forEach(({ line, isText }, index) => {
    const number = index + 1;
    if (line.trim() === '') return;
    const read = isText ? readLine(line) : 'not_text';
    if (typeof read === 'string') bad.push({ number, line, fault: read });
    else if (seen.has(plain(read.code))) bad.push({ number, line, fault: 'twice' });
    else {
      seen.add(plain(read.code));
      codes.push({ ...read, number });
    }
  });
  return { codes, bad };
}

/** What keeps this from being a code with its words; null when nothing does. */
export function faultOf({ code, text }: Code): LineFault | null {
  if (code === '') return 'no_code';
  if (/[\s=]/.test(code)) return 'bad_code';
  if (text.trim() === '') return 'no_words';
  return code.length > MAX_CODE || text.length > MAX_WORDS ? 'too_long' : null;
}

/** As typed or read, but for what nobody means: spaces around, the signs around a code, another spelling of ড় ঢ় য়. */
export function tidied({ code, text }: Code): Code {
  const words = storedText(text).trim().replace(/\s+/g, ' ');
  return {
    code: storedText(code)
      .trim()
      .replace(/^=(.*)=$/, '$1'),
    text: words,
  };
}

/** The table with the file's codes in it; a known code gets the file's words. `room`: how many bytes it may grow. */
export function merged(known: readonly Code[], file: CodeFile, room: number): Merged {
  const codes = new Map(known.map((code) => [plain(code.code), code]));
  const bad = [...file.bad];
  let [added, changed, left] = [0, 0, room];
  for (const { number, code, text } of file.codes) {
    const key = plain(code);
    const before = codes.get(key);
    if (before?.text === text) continue;
    const after = { code: before?.code ?? code, text };
    const more = keptBytes(after) - (before ? keptBytes(before) : 0);
    if (more > left) {
      bad.push({ number, line: `${code}\t${text}`, fault: 'no_room' });
      continue;
    }
    left -= more;
    codes.set(key, after);
    if (before) changed += 1;
    else added += 1;
  }
  bad.sort((one, other) => one.number - other.number);
  return { codes: [...codes.values()], added, changed, bad };
}

/** The table as such a file. */
export function writeCodeFile(codes: readonly Code[]): string {
  return codes.map(({ code, text }) => `${quoted(code)}\t${quoted(text)}\n`).join('');
}

function readLine(line: string): Code | LineFault {
  const [first = '', second, ...more] = line.replace(/[\s\t]+$/, '').split('\t');
  if (second === undefined) return line.includes('\t') ? 'no_words' : 'no_tab';
  // Nothing says which of them is meant.
  if (more.some((column) => column.trim() !== '')) return 'many_columns';
  const code = tidied({ code: unquoted(first), text: unquoted(second) });
  return faultOf(code) ?? code;
}

/** Spreadsheets put a cell with commas or quotation marks into quotation marks, and double those in it. */
function unquoted(cell: string): string {
  const inner = /^\s*"((?:[^"]|"")*)"\s*$/.exec(cell)?.[1];
  return inner === undefined ? cell : inner.replaceAll('""', '"');
}

function quoted(text: string): string {
  return text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
}

function linesOf(bytes: Uint8Array): { line: string; isText: boolean }[] {
  const wide = WIDE.get([...bytes.subarray(0, 2)].join());
  if (wide !== undefined) {
    const text = new TextDecoder(wide).decode(bytes);
    return text.split('\n').map((line) => ({ line: ended(line), isText: !line.includes('\ufffd') }));
  }
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, from);
    lines.push(bytes.subarray(from, end < 0 ? bytes.length : end));
    from = end < 0 ? bytes.length : end + 1;
  }
  return lines.map(decoded);
}

function decoded(line: Uint8Array): { line: string; isText: boolean } {
  try {
    return { line: ended(new TextDecoder('utf-8', { fatal: true }).decode(line)), isText: true };
  } catch {
    return { line: ended(new TextDecoder().decode(line)), isText: false };
  }
}

const ended = (line: string) => line.replace(/\r$/, '');
