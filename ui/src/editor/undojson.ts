/**
 * Changes as JSON for the undo history, which is written with every save: short for what typing makes.
 *
 * - A selection of text is `[anchor, head]`.
 * - A step that takes out is `[from, to]`; one that puts plain letters in place is `[from, to, letters]`.
 * - Every other selection and step is what ProseMirror writes.
 */
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { Selection, TextSelection } from 'prosemirror-state';
import { ReplaceStep, Step } from 'prosemirror-transform';
import { schema } from './schema';

export function selectionJson(selection: Selection): unknown {
  return selection instanceof TextSelection ? [selection.anchor, selection.head] : selection.toJSON();
}

/** Throws what ProseMirror throws when the JSON does not fit the document. */
export function readSelection(doc: Node, json: unknown): Selection {
  if (!Array.isArray(json)) return Selection.fromJSON(doc, json);
  const [anchor, head] = json.map(Number);
  return Selection.fromJSON(doc, { type: 'text', anchor, head });
}

export function stepJson(step: Step): unknown {
  const letters = plainLetters(step);
  if (!(step instanceof ReplaceStep) || letters === null) return step.toJSON();
  return letters === '' ? [step.from, step.to] : [step.from, step.to, letters];
}

/** Throws what ProseMirror throws when the JSON is not a step. */
export function readStep(json: unknown): Step {
  if (!Array.isArray(json)) return Step.fromJSON(schema, json);
  const [from, to, letters] = json as [number, number, string?];
  const put = letters ? new Slice(Fragment.from(schema.text(letters)), 0, 0) : Slice.empty;
  return new ReplaceStep(from, to, put);
}

/** The unmarked letters that a step puts in place of what stood there; `null` for a step that does something else. */
function plainLetters(step: Step): string | null {
  if (!(step instanceof ReplaceStep)) return null;
  const { slice, structure } = step as ReplaceStep & { structure?: boolean };
  if (structure === true || slice.openStart > 0 || slice.openEnd > 0) return null;
  if (slice.size === 0) return '';
  const [only, ...others] = slice.content.content;
  return only?.isText === true && only.marks.length === 0 && others.length === 0 ? (only.text ?? null) : null;
}
