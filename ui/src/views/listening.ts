/** What the window hears from outside: keys, the desk's events, hiding, closing. */
import { watchFields } from '../editor';
import { m } from '../i18n';
import { shortcutOf } from '../platform';
import { shortcutActs, type ActPorts } from './acts';

/** Things that float above the window hear the keys first; one that is on its way out hears none any more. */
const FLOATING = ':is(.dialog, .menu, .select-list):not([data-state="closed"])';
const WRITING = 'input, textarea, select, [contenteditable="true"]';
/** Asked to close twice within this time, the window closes though the text is not on disk. */
const SECOND_ASK = 15_000;

/** Begins to listen; the answer stops it. */
export function listen(ports: ActPorts): () => void {
  const { room } = ports;
  const keys = (event: KeyboardEvent) => {
    press(event, ports);
  };
  const hidden = () => {
    if (document.visibilityState === 'hidden') flush();
  };
  const flush = () => void room.session?.autosave.flush();
  // Before the editor's own keys: Ctrl+K is everything, wherever the caret stands.
  window.addEventListener('keydown', keys, { capture: true });
  window.addEventListener('blur', flush);
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', hidden);
  const stops = [
    watchFields(window),
    room.platform.onDesk((event) => {
      room.hear(event);
    }),
    room.platform.onClose(closing(ports)),
  ];
  return () => {
    window.removeEventListener('keydown', keys, { capture: true });
    window.removeEventListener('blur', flush);
    window.removeEventListener('pagehide', flush);
    document.removeEventListener('visibilitychange', hidden);
    for (const stop of stops) stop();
  };
}

function press(event: KeyboardEvent, ports: ActPorts): void {
  const { room } = ports;
  if (event.isComposing || room.start.first_start) return;
  const name = event.key === '?' && !inWriting(event) ? 'shortcuts' : shortcutOf(event, room.platform.apple);
  if (!name) {
    if (event.key === '/' && !inWriting(event) && !floating()) run('search');
    return;
  }
  if (floating() && name !== 'palette') return;
  if (name === 'to_text' && leavesFieldFirst(event)) return;
  if ((name === 'to_text' || name === 'publish') && isOfNote(event)) return;
  run(name);

  function run(shortcut: keyof ReturnType<typeof shortcutActs>): void {
    event.preventDefault();
    event.stopPropagation();
    shortcutActs(ports)[shortcut]();
  }
}

/** Escape in a search field empties it first; in the find bar it closes the bar. */
function leavesFieldFirst(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLInputElement)) return false;
  return target.closest('search') !== null || (target.type === 'search' && target.value !== '');
}

/** Where a note is written, these two keep it and leave it; nothing is published by a slip of the hand. */
function isOfNote({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('[data-note-words]') !== null;
}

function inWriting({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(WRITING) !== null;
}

function floating(): boolean {
  return document.querySelector(FLOATING) !== null;
}

function closing({ room }: ActPorts): () => Promise<boolean> {
  let refusedAt = -Infinity;
  return async () => {
    await room.preferences.flush();
    if (await room.leave()) {
      await room.reading.leave();
      return true;
    }
    if (Date.now() - refusedAt < SECOND_ASK) return true;
    refusedAt = Date.now();
    room.toasts.say(m.close_anyway(), { tone: 'bad' });
    return false;
  };
}
