/** What a writer's keys do in the plain text fields of a window: listened for once, for all of them. */
import { backspaceInField } from './backspace';
import { afterTyping, beforeTyping, undoInField } from './fieldundo';
import { typedInField } from './joining';

/** Begins to listen, after the fields' own listeners; the answer stops it. */
export function watchFields(window: Window): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener('focusin', beforeTyping, { signal });
  window.addEventListener('beforeinput', beforeTyping, { signal });
  window.addEventListener('beforeinput', typedInField, { signal });
  window.addEventListener('input', afterTyping, { signal });
  // A field's own keys go by the words that stood there when they were pressed.
  window.addEventListener('keydown', backspaceInField, { signal });
  window.addEventListener('keydown', undoInField, { signal });
  return () => {
    stop.abort();
  };
}
