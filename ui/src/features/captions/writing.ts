/** What a person's keys do in the sheet: where the caret goes, and what is written for them. */
import { tick } from 'svelte';
import { caretOf, isField, isWritable, replaceInField, type Field } from '../../editor';
import { date, now } from '../../i18n';
import { captionShortcutOf, type CaptionShortcut } from '../../platform';
import { expansionAt } from './codes';
import { CAPTION_FIELDS, isCaptionField, type CaptionField } from './fields';
import type { CaptionHabits } from './kept.svelte';
import type { CaptionSheet, Spot } from './sheet.svelte';
import type { CaptionedStory } from './story';
import { filled, placeholderAfter, templatesFor } from './templates';

export interface WritingPorts {
  sheet: CaptionSheet;
  habits: CaptionHabits;
  story: () => CaptionedStory;
  apple: boolean;
  /** What holds the fields: each in `data-field` within its photo's `data-photo`. */
  fields: () => HTMLElement | undefined;
}

export class CaptionWriting {
  readonly #ports: WritingPorts;
  readonly #acts: Record<CaptionShortcut, () => Spot | null>;

  constructor(ports: WritingPorts) {
    this.#ports = ports;
    const { sheet, habits } = ports;
    const stay = (act: () => void) => () => {
      act();
      return this.here;
    };
    this.#acts = {
      next: () => sheet.step(1),
      previous: () => sheet.step(-1),
      next_open: () => sheet.toUnfinished(1),
      previous_open: () => sheet.toUnfinished(-1),
      copy: stay(() => {
        sheet.copyPrevious(sheet.field);
      }),
      copy_all: stay(() => {
        sheet.copyPrevious('all');
      }),
      fill_empty: stay(() => {
        sheet.fill('empty');
      }),
      fill_all: stay(() => {
        sheet.fill('all');
      }),
      other_view: stay(() => {
        habits.view = habits.view === 'one' ? 'all' : 'one';
      }),
      template: () => {
        void this.insert(1);
        return null;
      },
      undo: () => sheet.undo(),
      redo: () => sheet.redo(),
    };
  }

  /** The templates that may be inserted, in the order of their keys. */
  get templates(): readonly string[] {
    return templatesFor(this.#ports.story().fields.language, this.#ports.habits.templates);
  }

  /** Where the person is. */
  get here(): Spot | null {
    const { photo, field } = this.#ports.sheet;
    return photo ? { photo: photo.id, field, caret: null } : null;
  }

  act = (name: CaptionShortcut): void => {
    void this.show(this.#acts[name]());
  };

  /** The caret goes where it is wanted once that is drawn; answers with the field. */
  async show(spot: Spot | null): Promise<Field | null> {
    if (!spot) return null;
    await tick();
    const place = `[data-photo="${spot.photo}"] [data-field="${spot.field}"] :is(textarea, input):enabled`;
    const field = this.#ports.fields()?.querySelector<Field>(place);
    if (!field) return null;
    const was = document.activeElement === field;
    field.focus();
    if (!isWritable(field)) return null;
    const caret = spot.caret ?? field.value.length;
    if (spot.caret !== null || !was) field.setSelectionRange(caret, caret);
    return field;
  }

  keys = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return;
    const name = captionShortcutOf(event, this.#ports.apple);
    if (name !== null) {
      event.preventDefault();
      if (typeof name === 'number') void this.insert(name);
      else this.act(name);
    } else if (event.key === 'Enter') this.#enter(event);
    else if (event.key === 'Tab' && !event.shiftKey) toPlaceholder(event);
  };

  /** Puts a template into the caption, 1 for the first, and selects what is to be typed first. */
  async insert(number: number): Promise<void> {
    const { sheet, story } = this.#ports;
    const template = this.templates[number - 1];
    if (template === undefined || !sheet.photo || !story().writable) return;
    const field = await this.show(sheet.go(sheet.photo.id, 'caption'));
    if (!field) return;
    const { language, dateline, published_at } = story().fields;
    const day = date(published_at ?? new Date(now.current).toISOString(), language);
    const text = filled(template, { place: dateline.trim(), date: day });
    const { length } = field.value;
    const [from, to] = [field.selectionStart ?? length, field.selectionEnd ?? length];
    sheet.apart(() => {
      replaceInField(field, text, { from, to });
    });
    const open = placeholderAfter(field.value, from);
    if (open && open.to <= from + text.length) field.setSelectionRange(open.from, open.to);
  }

  /** A code becomes its words at its closing sign. Call it on `input`. */
  typed = (event: Event): void => {
    if (event instanceof InputEvent && event.data === '=' && !event.isComposing) this.#expand(event.target);
  };

  /**
   * Some input methods hand over the closing sign with what they composed: the field is theirs until they are through.
   * Call it on `compositionend`.
   */
  composed = ({ target, data }: CompositionEvent): void => {
    this.#ports.sheet.compose(false);
    if (!data.endsWith('=')) return;
    setTimeout(() => {
      this.#expand(target);
    });
  };

  /** Where a person goes by Tab or with the mouse, the sheet goes along. Call it on `focusin`. */
  focused = ({ target }: FocusEvent): void => {
    const { sheet } = this.#ports;
    const words = wordsAt(target);
    if (!words || (words.photo === sheet.photo?.id && words.field === sheet.field)) return;
    sheet.go(words.photo, words.field);
  };

  #expand(target: EventTarget | null): void {
    if (!isField(target) || !wordsAt(target)) return;
    const caret = caretOf(target);
    const found = caret === null ? null : expansionAt(target.value, caret, this.#ports.habits.table);
    if (!found) return;
    this.#ports.sheet.apart(() => {
      replaceInField(target, found.text, found);
    });
  }

  /** On to what is written next: the field below, or the same field of the photo below. */
  #enter(event: KeyboardEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || !wordsAt(event.target)) return;
    event.preventDefault();
    const { sheet, habits } = this.#ports;
    if (habits.view === 'all') void this.show(sheet.step(1));
    else void this.show(this.#below());
  }

  #below(): Spot | null {
    const { sheet } = this.#ports;
    const { photo, field } = sheet;
    const next = CAPTION_FIELDS[CAPTION_FIELDS.indexOf(field) + 1];
    if (photo && next !== undefined && !(next === 'alt' && photo.decorative)) return sheet.go(photo.id, next);
    const spot = sheet.step(1);
    return spot ? sheet.go(spot.photo, 'caption') : sheet.toUnfinished(1);
  }
}

/** What a template left open is selected one after another; after the last, Tab goes on as ever. */
function toPlaceholder(event: KeyboardEvent): void {
  const { target } = event;
  if (!wordsAt(target) || !isField(target) || !isWritable(target)) return;
  const next = placeholderAfter(target.value, target.selectionEnd ?? 0);
  if (!next) return;
  event.preventDefault();
  target.setSelectionRange(next.from, next.to);
}

function wordsAt(target: EventTarget | null): { photo: string; field: CaptionField } | null {
  if (!(target instanceof Element)) return null;
  const field = target.closest<HTMLElement>('[data-field]')?.dataset['field'];
  const photo = target.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  return photo !== undefined && isCaptionField(field) ? { photo, field } : null;
}
