/** The table of codes as it is edited: what is typed and cannot be kept stays where it was typed, with the reason. */
import { bytes, m } from '../../i18n';
import { faultOf, merged, readCodeFile, tidied, type BadLine, type LineFault, type Merged } from './codefile';
import { keptBytes, type Code } from './codes';
import type { CaptionHabits } from './kept.svelte';
import { plain } from './words';

/** Longest file that is read, in bytes: many times the table. */
const MAX_FILE = 4 * 1024 * 1024;

export class CodeList {
  /** Lines of the last file that were not taken. */
  bad = $state.raw<readonly BadLine[]>([]);
  /** Why the last file was not read at all. */
  trouble = $state('');
  sought = $state('');
  /** What is wrong with a row, by its code. */
  faults = $state.raw<Readonly<Partial<Record<string, LineFault>>>>({});
  readonly #habits: CaptionHabits;

  constructor(habits: CaptionHabits) {
    this.#habits = habits;
  }

  get codes(): readonly Code[] {
    return this.#habits.codes;
  }

  get found(): readonly Code[] {
    const sought = plain(this.sought.trim());
    return this.codes.filter(({ code, text }) => plain(`${code} ${text}`).includes(sought));
  }

  /** Puts the table as it is now back in its place, whatever comes of it. */
  restorer(): () => void {
    const before = this.codes;
    return () => this.#habits.setCodes(before);
  }

  /** Null: the file was too large to be a table. */
  async bring(file: File): Promise<Merged | null> {
    this.trouble = file.size > MAX_FILE ? m.codes_file_large({ limit: bytes(MAX_FILE) }) : '';
    if (this.trouble) return null;
    const read = readCodeFile(new Uint8Array(await file.arrayBuffer()));
    const after = merged(this.codes, read, this.#habits.room);
    this.#habits.setCodes(after.codes);
    this.bad = after.bad;
    return after;
  }

  /** Answers what keeps it from the table; null: it is in. */
  add(typed: Code): LineFault | null {
    const code = tidied(typed);
    const fault = this.#faultFor(code, null);
    if (!fault) this.#habits.setCodes([...this.codes, code]);
    return fault;
  }

  change(was: Code, patch: Partial<Code>): void {
    const code = tidied({ ...was, ...patch });
    const fault = this.#faultFor(code, was);
    this.faults = { ...this.faults, [was.code]: fault ?? undefined };
    if (!fault) this.#habits.setCodes(this.codes.map((each) => (each === was ? code : each)));
  }

  remove(code: Code): void {
    this.#habits.setCodes(this.codes.filter((each) => each !== code));
  }

  #faultFor(code: Code, was: Code | null): LineFault | null {
    const twice = this.codes.some((each) => each !== was && plain(each.code) === plain(code.code));
    const room = this.#habits.room + (was ? keptBytes(was) : 0);
    return faultOf(code) ?? (twice ? 'twice' : keptBytes(code) > room ? 'no_room' : null);
  }
}
