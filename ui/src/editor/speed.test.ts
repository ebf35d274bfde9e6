import { afterEach, describe, expect, it } from 'vitest';
import { openDesk } from './testeditor';

const sentence = 'উপকূলের জেলেরা বলছেন, আবহাওয়ার সতর্কবার্তা পৌঁছাতে দেরি হওয়ায় গত মৌসুমে ক্ষতি বেড়েছে। ';
const words = 5000;

/** A 5,000-word story of paragraphs, with a heading, a list and a quote now and then. */
function longStory(): string {
  const perParagraph = 5 * sentence.trim().split(' ').length;
  return Array.from({ length: Math.ceil(words / perParagraph) }, (_, index) => {
    const text = sentence.repeat(5).trim();
    const head = index % 10 === 0 ? `## উপশিরোনাম ${String(index)}\n\n` : '';
    return head + (index % 15 === 7 ? `> ${text}` : index % 15 === 9 ? `- ${text}` : text);
  }).join('\n\n');
}

function percentile(samples: number[], share: number): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length * share)] ?? 0;
}

afterEach(() => {
  document.body.replaceChildren();
});

// The figure for the real window is taken there; this one keeps work on the whole text off the keys. jsdom's
// document is slower than a browser's, hence the generous limits.
describe('in a 5,000-word story', () => {
  it('a key, and the Markdown after it, cost what changed and not the length of the text', () => {
    const { editor, view } = openDesk(longStory());
    editor.markdown();
    editor.focus(Math.floor(view.state.doc.content.size / 2));
    const [keys, saves]: [number[], number[]] = [[], []];
    for (let count = 0; count < 200; count += 1) {
      const start = performance.now();
      view.dispatch(view.state.tr.insertText('ক'));
      const typed = performance.now();
      editor.markdown();
      keys.push(typed - start);
      saves.push(performance.now() - typed);
    }
    const report = { key: percentile(keys, 0.95), markdown: percentile(saves, 0.95) };
    console.info(`key p95 ${report.key.toFixed(2)} ms, markdown p95 ${report.markdown.toFixed(2)} ms`);
    expect(report.key).toBeLessThan(40);
    expect(report.markdown).toBeLessThan(20);
  });

  it('the undo history costs little to save', () => {
    const { editor, view } = openDesk(longStory());
    editor.focus('end');
    for (let count = 0; count < 300; count += 1) view.dispatch(view.state.tr.insertText('ক'));
    editor.undoHistory();
    view.dispatch(view.state.tr.insertText('খ'));
    const start = performance.now();
    const length = editor.undoHistory().length;
    expect(performance.now() - start).toBeLessThan(100);
    expect(length).toBeLessThan(4096);
  });
});
