import { TextSelection } from 'prosemirror-state';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanHtml, maxPaste } from './clean';
import { textBlocks } from './clipboard';
import { schema } from './schema';
import { openDesk } from './testeditor';
import { writeMarkdown } from './write';

const golden = import.meta.glob<string>('../../../tests/golden/clipboard/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const samples = Object.keys(golden).filter((name) => /\.(?:html|txt)$/.test(name));

function cleaned(name: string): string {
  const source = golden[name] ?? '';
  const { blocks } = name.endsWith('.html') ? cleanHtml(source) : textBlocks(source);
  return writeMarkdown(schema.nodes.doc.create(null, blocks));
}

afterEach(() => {
  document.body.replaceChildren();
});

describe('the clipboard corpus', () => {
  it('is there', () => {
    expect(samples.length).toBeGreaterThanOrEqual(20);
  });

  it.each(samples)('%s comes in as its Markdown', (name) => {
    expect(`${cleaned(name)}\n`).toBe(golden[name.replace(/\.\w+$/, '.md')]);
  });
});

describe('pasted HTML', () => {
  it('lets no code, style or foreign address through, and keeps the words', () => {
    const hostile = golden['../../../tests/golden/clipboard/web-hostile.html'] ?? '';
    const { editor, paste, options, view } = openDesk();
    paste({ 'text/html': hostile, 'text/plain': 'x' });
    const markdown = editor.markdown();
    expect(markdown).toContain('নিরাপদ লেখা থাকে।');
    expect(markdown).not.toMatch(/script|alert|evil|onerror|data:|background/i);
    expect(view.dom.innerHTML).not.toMatch(/<(?:script|iframe|svg|form|object)|on\w+=|javascript:/i);
    expect(options.onNotice).toHaveBeenCalledWith('paste_links_dropped');
  });

  it('asks for nothing from the network', () => {
    const image = vi.spyOn(globalThis, 'Image');
    const { paste, view } = openDesk();
    paste({
      'text/html':
        '<p>ক <img src="https://example.org/a.png"> <img src="https://example.org/b.png" alt="খ"></p>',
    });
    expect(view.dom.querySelectorAll('img[src]')).toHaveLength(0);
    expect(image).not.toHaveBeenCalled();
    expect(view.state.doc.textContent).toBe('ক https://example.org/a.png খ');
  });

  it('hands over pictures that are written into it', () => {
    const { paste, options, editor } = openDesk();
    paste({ 'text/html': '<p>আগে</p><img src="data:image/png;base64,iVBORw0KGgo="><p>পরে</p>' });
    expect(editor.markdown()).toBe('আগে\n\nপরে');
    const [files] = vi.mocked(options.onFiles).mock.calls[0]!;
    expect(files.map((file) => [file.type, file.size])).toEqual([['image/png', 8]]);
  });

  it('survives two thousand nested elements', () => {
    const { blocks } = cleanHtml(`${'<div>'.repeat(2000)}গভীর${'</div>'.repeat(2000)}`);
    expect(blocks.map((block) => block.textContent)).toEqual(['গভীর']);
  });

  it('flows into the line it is pasted into', () => {
    const { editor, paste } = openDesk('## শুরু শেষ');
    editor.focus(6);
    paste({ 'text/html': '<p>এক<br>দুই</p><ul><li>তিন</li></ul>' });
    expect(editor.markdown()).toBe('## শুরু এক দুই তিনশেষ');
  });

  it('of our own keeps its structure, with the same addresses refused', () => {
    const { editor, paste } = openDesk();
    const ours =
      '<aside class="pull" data-pm-slice="0 0 []"><p>কথা</p><p class="attribution">নাম</p></aside>' +
      '<figure data-photo="../../x"></figure><p><a href="javascript:alert(1)">ক</a></p>';
    paste({ 'text/html': ours, 'text/plain': 'কথা' });
    expect(editor.markdown()).toBe('> [!pull]\n> কথা\n>\n> — নাম\n\nক');
  });
});

describe('pasted text', () => {
  it('links the selected words when it is an address', () => {
    const { editor, paste, view } = openDesk('শব্দ');
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, 5)));
    paste({ 'text/plain': 'javascript:alert(1)' });
    expect(editor.markdown()).toBe('javascript:alert(1)');
    editor.run('undo');
    paste({ 'text/plain': 'https://example.org/ক' });
    expect(editor.markdown()).toBe('[শব্দ](https://example.org/ক)');
  });

  it('is taken as it is when asked for plainly', () => {
    const { editor, paste, press } = openDesk();
    press('V', { code: 'KeyV', ctrlKey: true, shiftKey: true });
    paste({ 'text/html': '<h1>শিরোনাম</h1>', 'text/plain': '**শিরোনাম**' });
    expect(editor.markdown()).toBe('\\*\\*শিরোনাম\\*\\*');
  });

  it('loses half characters, NUL and control signs, and keeps marks of direction', () => {
    const { editor, paste } = openDesk();
    paste({ 'text/plain': 'ক\uD83D খ\0গ\u0007 \u202Eউল্টো\u202C' });
    expect(editor.markdown()).toBe('ক\uFFFD খগ \u202Eউল্টো\u202C');
    expect(editor.undoHistory()).not.toMatch(/\\ud83d/i);
  });

  it('bears ten thousand combining marks', () => {
    const { editor, paste } = openDesk();
    const text = `ক${'\u0981'.repeat(10_000)}`;
    paste({ 'text/plain': text });
    expect(editor.markdown()).toBe(text);
  });

  it('of 500 kB in one line is in within a second', () => {
    const { editor, paste, options } = openDesk();
    const text = 'বাংলাদেশের খবর '.repeat(12_000).trim();
    const start = performance.now();
    paste({ 'text/plain': text });
    expect(editor.markdown()).toBe(text);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(options.onNotice).not.toHaveBeenCalled();
  });

  it('beyond the limit is cut at a word, and the user is told', () => {
    const { editor, paste, options } = openDesk();
    paste({ 'text/plain': `${'শব্দ '.repeat(maxPaste / 5)}বেশি বেশি` });
    expect(options.onNotice).toHaveBeenCalledWith('paste_cut');
    expect(editor.markdown().length).toBeLessThanOrEqual(maxPaste);
    expect(editor.markdown()).toMatch(/শব্দ$/);
  });

  it('beyond the limit in HTML is cut too', () => {
    const { cut, blocks } = cleanHtml(`<p>${'শব্দ '.repeat(maxPaste / 5)}</p><p>বেশি</p>`);
    expect(cut).toBe(true);
    expect(blocks.reduce((sum, block) => sum + block.textContent.length, 0)).toBeLessThanOrEqual(maxPaste);
  });
});

describe('pictures', () => {
  const picture = new File([new Uint8Array([1])], 'ছবি.jpg', { type: 'image/jpeg' });

  it('from the clipboard go to the window with their place', () => {
    const { editor, paste, options } = openDesk('এক');
    editor.focus('end');
    paste({}, [picture]);
    expect(options.onFiles).toHaveBeenCalledWith([picture], 3);
  });

  it('that only repeat the copied text stay out', () => {
    const { editor, paste, options } = openDesk();
    paste(
      {
        'text/html': '<table><tr><td>ক</td><td>খ</td></tr><tr><td>গ</td><td>ঘ</td></tr></table>',
        'text/plain': 'ক',
      },
      [picture],
    );
    expect(options.onFiles).not.toHaveBeenCalled();
    expect(editor.markdown()).toBe('| ক | খ |\n| --- | --- |\n| গ | ঘ |');
  });

  it('that come with nothing but an address of themselves are taken', () => {
    const { editor, paste, options } = openDesk();
    paste({ 'text/html': '<img src="https://example.org/p.jpg">' }, [picture]);
    expect(options.onFiles).toHaveBeenCalledWith([picture], 1);
    expect(editor.markdown()).toBe('');
  });

  it('that are dropped go to where they were dropped', () => {
    const { view, options } = openDesk('এক');
    vi.spyOn(view, 'posAtCoords').mockReturnValue({ pos: 2, inside: 0 });
    const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: { files: [picture], types: ['Files'], getData: () => '' },
      clientX: 5,
      clientY: 5,
    });
    view.dom.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    expect(options.onFiles).toHaveBeenCalledWith([picture], 2);
  });
});
