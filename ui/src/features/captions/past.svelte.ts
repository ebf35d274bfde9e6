/**
 * Undo for the whole sheet. A field's own undo ends at the field: here one key reaches back over twenty photos, and
 * takes back at once what was written into all of them at once.
 */
import { endOfChange } from '../../editor';
import type { StoryPhoto } from '../../wire/generated';
import type { CaptionField } from './fields';

export interface Change {
  photo: string;
  before: Partial<StoryPhoto>;
  after: Partial<StoryPhoto>;
}

export interface Step {
  changes: readonly Change[];
  /** Where the person was. */
  photo: string;
  field: CaptionField;
}

export interface Typing {
  photo: string;
  field: CaptionField;
  before: string;
  after: string;
  /** Milliseconds. */
  at: number;
  /** A step of its own, whatever was typed before and after. */
  apart: boolean;
}

/** The step that typing still joins. */
interface Burst {
  photo: string;
  field: CaptionField;
  longer: boolean;
  at: number;
  end: number;
}

const MOST = 500;
/** After a pause of this many milliseconds what is typed is a step of its own. */
const PAUSE = 1_000;
/** More at once than a key types: pasted, or dictated. */
const MUCH = 8;

export class Past {
  #undo = $state.raw<readonly Step[]>([]);
  #redo = $state.raw<readonly Step[]>([]);
  #burst: Burst | null = null;

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }

  get canRedo(): boolean {
    return this.#redo.length > 0;
  }

  did(step: Step): void {
    this.#undo = [...this.#undo.slice(1 - MOST), step];
    this.#redo = [];
    this.#burst = null;
  }

  typed(typing: Typing): void {
    const { photo, field, before, after } = typing;
    const burst = burstOf(typing);
    const last = this.#undo.at(-1);
    const first = last?.changes[0];
    if (first && burst && joins(this.#burst, burst, after.length - before.length)) {
      const changes = [{ ...first, after: { [field]: after } }];
      this.#undo = [...this.#undo.slice(0, -1), { ...last, changes }];
      this.#redo = [];
    } else
      this.did({
        changes: [{ photo, before: { [field]: before }, after: { [field]: after } }],
        photo,
        field,
      });
    // After a space the next word is a step of its own.
    this.#burst = burst && /\s/.test(after.charAt(burst.end - 1)) && burst.longer ? null : burst;
  }

  /** The last step, which then can be done again. */
  undo(): Step | null {
    const step = this.#undo.at(-1) ?? null;
    if (step) this.#redo = [...this.#redo, step];
    this.#undo = this.#undo.slice(0, -1);
    this.#burst = null;
    return step;
  }

  redo(): Step | null {
    const step = this.#redo.at(-1) ?? null;
    if (step) this.#undo = [...this.#undo, step];
    this.#redo = this.#redo.slice(0, -1);
    this.#burst = null;
    return step;
  }
}

function burstOf({ photo, field, before, after, at, apart }: Typing): Burst | null {
  if (apart || Math.abs(after.length - before.length) > MUCH) return null;
  return { photo, field, longer: after.length >= before.length, at, end: endOfChange(before, after) };
}

/** The same kind of change in the same field, soon after the last and where that one ended. */
function joins(last: Burst | null, next: Burst, longer: number): boolean {
  if (last?.photo !== next.photo || last.field !== next.field || last.longer !== next.longer) return false;
  return next.at - last.at < PAUSE && (next.end === last.end + longer || next.end === last.end);
}
