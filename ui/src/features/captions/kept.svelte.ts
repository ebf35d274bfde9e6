/**
 * What the sheet remembers from one start to the next: its view, the codes, the templates. Today it lies with the sizes of
 * the window, in what the store keeps for the window alone; a table of the store can take its place here.
 */
import { SvelteSet } from 'svelte/reactivity';
import { bytesOf, tableOf, type Code } from './codes';
import { TEMPLATES } from './templates';
import { plain } from './words';

export const VIEWS = ['one', 'all'] as const;
export type SheetView = (typeof VIEWS)[number];

/** Of the 64 KiB (UTF-8) that the desk takes for the window, in bytes; the rest is for sizes and whatever comes. */
export const ROOM = 56 * 1024;

export class CaptionHabits {
  #view = $state<SheetView>('one');
  #codes = $state.raw<readonly Code[]>([]);
  #templates = $state.raw<readonly string[]>(TEMPLATES);
  readonly table = $derived(tableOf(this.#codes));
  /** Advice that somebody has waved away, until the window closes. */
  readonly dismissed = new SvelteSet<string>();
  readonly #keep: (kept: unknown) => void;

  constructor(kept: unknown, keep: (kept: unknown) => void) {
    this.#keep = keep;
    this.#restore(kept);
  }

  get view(): SheetView {
    return this.#view;
  }

  set view(view: SheetView) {
    this.#view = view;
    this.#save();
  }

  get codes(): readonly Code[] {
    return this.#codes;
  }

  get templates(): readonly string[] {
    return this.#templates;
  }

  /** Answers whether they have room; else nothing changes. */
  setCodes(codes: readonly Code[]): boolean {
    if (bytesOf(written(this.#view, codes, this.#templates)) > ROOM) return false;
    this.#codes = codes;
    this.#save();
    return true;
  }

  /** Answers whether they have room; else nothing changes. */
  setTemplates(templates: readonly string[]): boolean {
    if (bytesOf(written(this.#view, this.#codes, templates)) > ROOM) return false;
    this.#templates = templates;
    this.#save();
    return true;
  }

  /** How many bytes the table may still grow. */
  get room(): number {
    return ROOM - bytesOf(written(this.#view, this.#codes, this.#templates));
  }

  #save(): void {
    this.#keep(written(this.#view, this.#codes, this.#templates));
  }

  /** What was kept may be of another version, or nothing: each value is looked at by itself. */
  #restore(kept: unknown): void {
    if (typeof kept !== 'object' || kept === null) return;
    const { view, codes, templates }: Record<string, unknown> = { ...kept };
    this.#view = VIEWS.find((each) => each === view) ?? this.#view;
    if (Array.isArray(codes)) {
      const pairs = codes.filter(isPair).map(([code, text]) => ({ code, text }));
      this.#codes = pairs.filter(
        ({ code }, at) => at === pairs.findIndex((each) => plain(each.code) === plain(code)),
      );
    }
    if (Array.isArray(templates)) this.#templates = templates.filter((each) => typeof each === 'string');
  }
}

function written(view: SheetView, codes: readonly Code[], templates: readonly string[]): unknown {
  // Nobody's own templates follow ours when those change.
  const own = templates === TEMPLATES ? {} : { templates };
  return { view, codes: codes.map(({ code, text }) => [code, text]), ...own };
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
