/** What was said and suggested at the open story, as the keys and the palette go through it. */
import { count, m } from '../i18n';
import type { Newsroom } from './newsroom.svelte';

type Verdict = 'accepted' | 'rejected';

export class Review {
  readonly #room: Newsroom;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /** Goes to the next open note; says so where there is none. */
  step(by: 1 | -1): void {
    const { notes, toasts } = this.#room;
    if (notes && !notes.step(by)) toasts.say(m.notes_none_open());
  }

  /** Resolves the note that stands out, or the one at the caret. */
  turn(): void {
    const { notes, toasts } = this.#room;
    if (notes && !notes.turnHere()) toasts.say(m.notes_none_here());
  }

  /** Begins a suggestion for the words at the caret; says so where there are none. */
  suggest(): void {
    const { layout, notes, toasts } = this.#room;
    if (!notes) return;
    if (notes.beginSuggestion()) layout.showTab('notes');
    else toasts.say(m.notes_no_words());
  }

  /** Settles the suggestion that stands out, or the one at the caret. */
  async judge(verdict: Verdict): Promise<void> {
    const { notes, toasts } = this.#room;
    const done = await notes?.judgeHere(verdict);
    if (done === null) toasts.say(m.notes_none_suggested());
    else if (done === false && !notes?.trouble) toasts.say(m.notes_not_taken_over());
  }

  async judgeAll(verdict: Verdict): Promise<void> {
    const { notes, toasts } = this.#room;
    const done = count((await notes?.judgeAll(verdict)) ?? 0);
    toasts.say(
      verdict === 'accepted' ? m.notes_accepted_all({ count: done }) : m.notes_rejected_all({ count: done }),
    );
  }
}
