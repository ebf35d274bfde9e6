import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { anchorOf, findAnchor, type TextAnchor } from './anchors';
import { folded } from './find';
import { openDesk } from './testeditor';

afterEach(() => {
  document.body.replaceChildren();
});

const TEXT = 'নদীর পানি বাড়ছে। বাঁধের ওপর মানুষ। নদীর পানি কমছে না। ওই পারে গরু-ছাগল বাঁধা।';

function anchor(text: string, quote: string, nth = 0): TextAnchor {
  let from = text.indexOf(quote);
  for (let skipped = 0; skipped < nth; skipped += 1) from = text.indexOf(quote, from + 1);
  return anchorOf(text, { from, to: from + quote.length });
}

function found(text: string, words: TextAnchor): string | null {
  const place = findAnchor(folded(text), words);
  return place && text.slice(place.from, place.to);
}

describe('an anchor', () => {
  it('quotes whole words with what stands around them', () => {
    expect(anchorOf(TEXT, { from: 4, to: 10 })).toMatchObject({ quote: 'পানি', prefix: 'নদীর ', at: 5 });
    expect(anchor(TEXT, 'নদীর পানি').prefix).toBe('');
  });

  it('finds the place that is meant among several, though text came before it', () => {
    const second = anchor(TEXT, 'নদীর পানি', 1);
    const later = `নতুন একটি অনুচ্ছেদ।\n${TEXT}`;
    const place = findAnchor(folded(later), second);
    expect(place?.from).toBe(later.lastIndexOf('নদীর পানি'));
  });

  it('finds words that were changed where nothing around them was', () => {
    const words = anchor(TEXT, 'মানুষ');
    expect(found(TEXT.replace('মানুষ', 'শত শত মানুষ'), words)).toBe('মানুষ');
    expect(found(TEXT.replace('মানুষ', 'পরিবার'), words)).toBe('পরিবার');
  });

  it('is lost with its words, and does not go to like ones elsewhere', () => {
    const second = anchor(TEXT, 'নদীর পানি কমছে না।');
    expect(found(TEXT.replace('নদীর পানি কমছে না। ', ''), second)).toBeNull();
    const first = anchor(TEXT, 'নদীর পানি');
    expect(found('গোটা লেখা নতুন। নদীর পানি নিয়ে কিছু নেই।', first)).toBeNull();
  });

  it('finds letters however they were typed', () => {
    const words = anchor(TEXT, 'বাড়ছে');
    const other = TEXT.normalize('NFD');
    expect(found(other, words)).toBe('বাড়ছে'.normalize('NFD'));
  });

  it('finds its own words in its own text, whatever they are', () => {
    const letters = fc.constantFrom('ক', 'ক্ষ', 'ড়', 'a', 'B', ' ', '।', '\n', '😀', 'নদী', 'নদী');
    const texts = fc.array(letters, { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (pieces, one, other) => {
        const text = pieces.join('');
        const from = pieces.slice(0, Math.min(one, other) % pieces.length).join('').length;
        const to = text.length - (pieces.at(-1)?.length ?? 0);
        fc.pre(to > from && text.slice(from, to).trim() !== '');
        const words = anchorOf(text, { from, to });
        const place = findAnchor(folded(text), words);
        expect(place && text.slice(place.from, place.to)).toBe(words.quote);
        expect(place?.from).toBe(words.at);
      }),
    );
  });
});

const STORY = `${TEXT}\n\n## উপশিরোনাম\n\nদ্বিতীয় **অনুচ্ছেদের** কথা।`;

function marked(): string[] {
  return [...document.querySelectorAll<HTMLElement>('.noted')].map((each) => each.textContent);
}

describe('notes in the text', () => {
  const note = (id: string, words: TextAnchor) => ({ id, anchors: [words], change: null });

  it('mark their words, through formatting, and only the active one stands out', () => {
    const { editor } = openDesk(STORY);
    const plain = `${TEXT}\nউপশিরোনাম\nদ্বিতীয় অনুচ্ছেদের কথা।\n`;
    editor.setNotes([note('a', anchor(TEXT, 'মানুষ')), note('b', anchor(plain, 'অনুচ্ছেদের কথা'))], 'a');
    expect(marked()).toEqual(['মানুষ', 'অনুচ্ছেদের', ' কথা']);
    expect(document.querySelectorAll('.noted-active')).toHaveLength(1);
    editor.setNotes([], null);
    expect(marked()).toEqual([]);
  });

  it('go along with what is typed before and within their words, and never reach the Markdown', () => {
    const { editor, view } = openDesk(STORY);
    const before = editor.markdown();
    editor.setNotes([note('a', anchor(TEXT, 'মানুষ'))], 'a');
    expect(editor.markdown()).toBe(before);
    view.dispatch(view.state.tr.insertText('আজ ', 1));
    const within = view.state.doc.textBetween(0, view.state.doc.content.size, '\n').indexOf('মানুষ') + 3;
    view.dispatch(view.state.tr.insertText('X', within));
    expect(editor.settleNotes().get('a')).toMatchObject({
      quote: 'মাXনুষ',
      at: TEXT.indexOf('মানুষ') + 'আজ '.length,
    });
    expect(editor.markdown()).not.toContain('noted');
  });

  it('are gone with their words, and come back with them', () => {
    const { editor, view } = openDesk(STORY);
    editor.setNotes([note('a', anchor(TEXT, 'বাঁধের ওপর মানুষ।'))], null);
    const from = TEXT.indexOf('বাঁধের') + 1;
    view.dispatch(view.state.tr.delete(from, from + 'বাঁধের ওপর মানুষ।'.length));
    expect(editor.settleNotes().has('a')).toBe(false);
    expect(editor.goToNote('a')).toBe(false);
    editor.run('undo');
    expect(editor.settleNotes().get('a')?.quote).toBe('বাঁধের ওপর মানুষ।');
  });

  it('are found again when the whole text was put in anew', () => {
    const { editor } = openDesk(STORY);
    editor.setNotes([note('a', anchor(TEXT, 'মানুষ'))], null);
    editor.replaceContent(`প্রথমে নতুন কিছু।\n\n${STORY}`);
    expect(editor.settleNotes().get('a')?.quote).toBe('মানুষ');
  });

  it('give the caret and take nothing: a key after a jump removes no word', () => {
    const { editor, view } = openDesk(STORY);
    editor.setNotes([note('a', anchor(TEXT, 'মানুষ'))], null);
    expect(editor.goToNote('a')).toBe(true);
    expect(view.state.selection.empty).toBe(true);
    expect(editor.noteAtCaret()).toBe('a');
  });

  it('stand at what is selected, or at the block of the caret', () => {
    const { editor, view } = openDesk(STORY);
    editor.focus(3);
    expect(editor.wordsForNote()?.quote).toBe(TEXT);
    expect(openDesk('').editor.wordsForNote()).toBeNull();
    expect(view.state.doc.childCount).toBe(3);
  });

  it('do not make a key slower: it costs what changed', () => {
    const long = Array.from({ length: 200 }, (_, index) => `অনুচ্ছেদ ${String(index)}: ${TEXT}`).join('\n\n');
    const { editor, view } = openDesk(long);
    const plain = view.state.doc.textBetween(0, view.state.doc.content.size, '\n');
    const notes = Array.from({ length: 200 }, (_, index) =>
      note(`n${String(index)}`, anchor(plain, `অনুচ্ছেদ ${String(index)}:`)),
    );
    editor.setNotes(notes, null);
    expect(editor.settleNotes().size).toBe(200);
    const samples: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      const start = performance.now();
      view.dispatch(view.state.tr.insertText('ক', 5));
      samples.push(performance.now() - start);
    }
    const p95 = samples.sort((one, other) => one - other)[95] ?? 0;
    console.info(`key with 200 notes p95 ${p95.toFixed(2)} ms`);
    expect(p95).toBeLessThan(40);
  });
});
