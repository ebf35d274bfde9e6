import { redo, redoDepth, undo, undoDepth } from 'prosemirror-history';
import { type EditorState, TextSelection } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import { openState, saveHistory } from './undo';
import { storedText } from './text';
import { writeMarkdown } from './write';

function typed(state: EditorState, text: string, time: number): EditorState {
  return state.apply(state.tr.insertText(text).setTime(time));
}

function atEnd(state: EditorState): EditorState {
  return state.apply(state.tr.setSelection(TextSelection.atEnd(state.doc)));
}

function run(state: EditorState, command: typeof undo): EditorState {
  let next = state;
  command(state, (tr) => {
    next = state.apply(tr);
  });
  return next;
}

function reopened(state: EditorState): { state: EditorState; dropped: boolean } {
  return openState(storedText(writeMarkdown(state.doc)), saveHistory(state));
}

/** Three events: a word typed key by key, a new paragraph, a deletion. */
function written(): EditorState {
  let state = atEnd(openState('শুরু', null).state);
  for (const [index, key] of ['ক', '্', 'ষ', 'ম', 'া'].entries()) state = typed(state, key, 1000 + index * 50);
  state = state.apply(state.tr.split(state.selection.from).setTime(5000));
  state = typed(state, 'ঢাকা ', 9000);
  return state.apply(state.tr.delete(1, 3).setTime(20_000));
}

describe('the undo history', () => {
  it('is native again after a restart, event by event', () => {
    const before = written();
    const { state, dropped } = reopened(before);
    expect(dropped).toBe(false);
    expect(state.doc.eq(before.doc)).toBe(true);
    expect(undoDepth(state)).toBe(undoDepth(before));
    let ours = state;
    let theirs = before;
    while (undoDepth(theirs) > 0) {
      [ours, theirs] = [run(ours, undo), run(theirs, undo)];
      expect(ours.doc.toString()).toBe(theirs.doc.toString());
      expect(ours.selection.eq(theirs.selection)).toBe(true);
    }
    expect(ours.doc.textContent).toBe('শুরু');
    for (let count = Number(redoDepth(ours)); count > 0; count -= 1) ours = run(ours, redo);
    expect(ours.doc.eq(before.doc)).toBe(true);
  });

  it('keeps what was undone and can be made again', () => {
    const before = run(run(written(), undo), undo);
    const { state, dropped } = reopened(before);
    expect(dropped).toBe(false);
    expect(redoDepth(state)).toBe(2);
    expect(run(run(state, redo), redo).doc.eq(written().doc)).toBe(true);
  });

  it('survives a second restart after undo and more typing', () => {
    const first = run(reopened(written()).state, undo);
    const second = reopened(typed(atEnd(first), 'আবার', 60_000));
    expect(second.dropped).toBe(false);
    expect(run(second.state, undo).doc.eq(first.doc)).toBe(true);
  });

  it('brings back the empty paragraph and the space that Markdown cannot say', () => {
    let state = typed(atEnd(openState('এক', null).state), ' ', 1000);
    state = state.apply(state.tr.split(state.selection.from).setTime(1100));
    expect(writeMarkdown(state.doc)).toBe('এক');
    expect(reopened(state).state.doc.eq(state.doc)).toBe(true);
  });

  it('fits letters that were typed in two parts and stored as one', () => {
    let state = atEnd(openState('', null).state);
    const keys = ['য', '\u09BC', ' ', 'ক', '\u09C7', '\u09BE'];
    for (const [index, key] of keys.entries()) state = typed(state, key, 1000 + index * 1000);
    const { state: again, dropped } = reopened(state);
    expect(dropped).toBe(false);
    expect(writeMarkdown(run(again, undo).doc)).toBe('য\u09BC ক\u09C7');
  });

  it('grows with what was typed in two parts, not with the story between', () => {
    const between = 'ক্ষমতা '.repeat(20_000).trim();
    let state = atEnd(openState(`শুরু\n\n${between}\n\nশেষ`, null).state);
    state = typed(state, 'য\u09BC', 1000);
    state = state.apply(state.tr.insertText('য\u09BC', 1).setTime(9000));
    expect(saveHistory(state).length).toBeLessThan(2000);
    const { state: again, dropped } = reopened(state);
    expect(dropped).toBe(false);
    expect(run(run(again, undo), undo).doc.firstChild?.textContent).toBe('শুরু');
  });

  it('is dropped, and the text kept, when it belongs to another text or is damaged', () => {
    const history = saveHistory(written());
    for (const bad of [
      history,
      '{',
      '[]',
      'null',
      '{"version":2}',
      history.replace('"version":2', '"version":9'),
    ]) {
      const { state, dropped } = openState('অন্য লেখা', bad);
      expect(dropped).toBe(true);
      expect(writeMarkdown(state.doc)).toBe('অন্য লেখা');
    }
    const markdown = writeMarkdown(written().doc);
    const damaged = history.replace(/\[\d+,/g, '[4000,');
    expect(damaged).not.toBe(history);
    expect(openState(markdown, damaged).dropped).toBe(true);
    expect(writeMarkdown(openState(markdown, damaged).state.doc)).toBe(markdown);
  });

  it('stays within 256 kB and 200 events', () => {
    let state = openState('', null).state;
    for (let index = 0; index < 260; index += 1)
      state = typed(atEnd(state), 'বাংলা '.repeat(300), 1000 + index * 2000);
    for (let index = 0; index < 30; index += 1) {
      state = state.apply(state.tr.delete(1, state.doc.content.size - 1).setTime(900_000 + index * 5000));
      state = typed(state, 'বাংলা '.repeat(3000), 902_000 + index * 5000);
    }
    const history = saveHistory(state);
    expect(history.length).toBeLessThanOrEqual(256 * 1024);
    const again = reopened(state);
    expect(again.dropped).toBe(false);
    expect(undoDepth(again.state)).toBeGreaterThan(0);
    expect(undoDepth(again.state)).toBeLessThanOrEqual(200);
  });
});
