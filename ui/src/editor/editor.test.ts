import { TextSelection } from 'prosemirror-state';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDesk } from './testeditor';

const photo = 'ab'.repeat(32);
const story = '0190a5c3-7d2e-7b11-9c55-3f6a2b1c4d5e';

afterEach(() => {
  document.body.replaceChildren();
});

describe('Markdown habits', () => {
  it.each([
    ['## শিরোনাম', '## শিরোনাম'],
    ['### ছোট', '### ছোট'],
    ['> উদ্ধৃতি', '> উদ্ধৃতি'],
    ['- এক', '- এক'],
    ['* এক', '- এক'],
    ['1. এক', '1. এক'],
    ['একটি **মোটা** শব্দ', 'একটি **মোটা** শব্দ'],
    ['একটি *বাঁকা* শব্দ', 'একটি *বাঁকা* শব্দ'],
    ['একটি _বাঁকা_ শব্দ', 'একটি *বাঁকা* শব্দ'],
    ['একটি ~~বাদ~~ শব্দ', 'একটি ~~বাদ~~ শব্দ'],
    ['[সূত্র](https://example.org/ক) দেখুন', '[সূত্র](https://example.org/ক) দেখুন'],
  ])('typing %j says %j', (typed, markdown) => {
    const { editor, type } = openDesk();
    type(typed);
    expect(editor.markdown()).toBe(markdown);
  });

  it.each(['৫*৩*২', 'snake_case_name', '[খারাপ](javascript:alert(1))', '২ * ৩ * ৪'])(
    'leaves %j as it is',
    (typed) => {
      const { editor, type, view } = openDesk();
      type(typed);
      expect(view.state.doc.textContent).toBe(typed);
      expect(
        view.state.doc.rangeHasMark(0, view.state.doc.content.size, view.state.schema.marks['italic']!),
      ).toBe(false);
      expect(editor.markdown()).not.toMatch(/(?<!\\)\]\(java/);
    },
  );

  it('draws a rule for three dashes and goes on below it', () => {
    const { editor, type } = openDesk();
    type('---');
    type('পরে');
    expect(editor.markdown()).toBe('---\n\nপরে');
  });

  it('takes a habit back with Backspace', () => {
    const { type, press, view } = openDesk();
    type('## ');
    press('Backspace');
    expect(view.state.doc.toString()).toBe('doc(paragraph("## "))');
  });

  it('names the speaker of a pull quote after a dash', () => {
    const { editor, type, view } = openDesk('> [!pull]\n> কথা\n>\n> ক');
    view.dispatch(view.state.tr.delete(view.state.doc.content.size - 3, view.state.doc.content.size - 2));
    editor.focus('end');
    type('— রহিমা');
    expect(editor.markdown()).toBe('> [!pull]\n> কথা\n>\n> — রহিমা');
  });
});

describe('Backspace', () => {
  const steps = (text: string): string[] => {
    const { editor, press, view } = openDesk(text);
    editor.focus('end');
    const seen: string[] = [];
    while (view.state.doc.textContent !== '') {
      if (!press('Backspace')) break;
      seen.push(view.state.doc.textContent);
    }
    return seen;
  };

  it('takes one code point of Bengali', () => {
    expect(steps('স্ত্রী')).toEqual(['স্ত্র', 'স্ত্', 'স্ত', 'স্', 'স', '']);
    expect(steps('কি')).toEqual(['ক', '']);
  });

  it('takes the ya-phala of র‍্যাব at once, and a lone joiner alone', () => {
    expect(steps('র‍্যা')).toEqual(['র‍্য', 'র', '']);
    expect(steps('উদ্‌')).toEqual(['উদ্', 'উদ', 'উ', '']);
  });

  it('leaves other scripts and selections to the browser', () => {
    const { editor, press, view } = openDesk('abc');
    editor.focus('end');
    expect(press('Backspace')).toBe(false);
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, 3)));
    press('Backspace');
    expect(view.state.doc.textContent).toBe('c');
  });

  it('does nothing while an input method composes', () => {
    const { editor, press, view } = openDesk('কি');
    editor.focus('end');
    expect(press('Backspace', { isComposing: true })).toBe(false);
    expect(view.state.doc.textContent).toBe('কি');
  });
});

describe('keys', () => {
  it('work on a Bengali layout by the place of the key', () => {
    const { editor, press, view } = openDesk('শব্দ');
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, 5)));
    press('ব', { code: 'KeyB', ctrlKey: true });
    expect(editor.markdown()).toBe('**শব্দ**');
  });

  it('keep AltGr free', () => {
    const { editor, press } = openDesk('শব্দ');
    editor.focus('end');
    expect(press('b', { code: 'KeyB', ctrlKey: true, altKey: true })).toBe(false);
    expect(editor.markdown()).toBe('শব্দ');
  });

  it('make headings, lists, quotes and breaks', () => {
    const { editor, press, type } = openDesk('শব্দ');
    editor.focus('end');
    press('@', { code: 'Digit2', ctrlKey: true, shiftKey: true, keyCode: 50 });
    expect(editor.markdown()).toBe('## শব্দ');
    press(')', { code: 'Digit0', ctrlKey: true, shiftKey: true, keyCode: 48 });
    press('*', { code: 'Digit8', ctrlKey: true, shiftKey: true, keyCode: 56 });
    expect(editor.markdown()).toBe('- শব্দ');
    press('Enter');
    type('দুই');
    press('Tab');
    press('Enter', { shiftKey: true });
    type('তিন');
    expect(editor.markdown()).toBe('- শব্দ\n  - দুই\\\n    তিন');
  });

  it('ask the window for a link only where something can be linked', () => {
    const { editor, press, options, view } = openDesk('শব্দ');
    editor.focus('end');
    expect(press('k', { ctrlKey: true })).toBe(false);
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, 5)));
    expect(press('k', { ctrlKey: true })).toBe(true);
    expect(options.onLinkAsked).toHaveBeenCalledWith(null);
    expect(editor.setLink('javascript:alert(1)')).toBe(false);
    expect(editor.setLink('https://example.org')).toBe(true);
    expect(editor.markdown()).toBe('[শব্দ](https://example.org)');
    editor.focus(3);
    expect(editor.toolbar().href).toBe('https://example.org');
    expect(editor.setLink(null)).toBe(true);
    expect(editor.markdown()).toBe('শব্দ');
  });

  it('walk a table by Tab, with a new row after the last cell', () => {
    const { editor, press, type } = openDesk();
    editor.insertTable(2, 2);
    for (const cell of ['ক', 'খ', 'গ', 'ঘ', 'ঙ']) {
      type(cell);
      press('Tab');
    }
    expect(editor.markdown()).toBe('| ক | খ |\n| --- | --- |\n| গ | ঘ |\n| ঙ |  |');
    press('Enter');
    type('পরে');
    expect(editor.markdown()).toMatch(/\n\nপরে$/);
  });
});

describe('commands', () => {
  it('turn a quote into a pull quote with a speaker, and back', () => {
    const { editor, type } = openDesk('কথা');
    editor.focus('end');
    expect(editor.run('pull_quote')).toBe(true);
    expect(editor.toolbar().block).toBe('pull_quote');
    editor.focus('end');
    type('নাম');
    expect(editor.markdown()).toBe('> [!pull]\n> কথা\n>\n> — নাম');
    editor.run('quote');
    expect(editor.markdown()).toBe('> কথা\n>\n> নাম');
    editor.run('quote');
    expect(editor.markdown()).toBe('কথা\n\nনাম');
  });

  it('set a footnote with the next free number and its note at the end', () => {
    const { editor, type } = openDesk('এক[^1] দুই\n\n[^1]: নোট');
    editor.focus(4);
    editor.run('footnote');
    type('নতুন');
    expect(editor.markdown()).toBe('এক[^1][^2] দুই\n\n[^1]: নোট\n\n[^2]: নতুন');
  });

  it.each([`এক\n\n![](photo:${photo})`, `![](photo:${photo})`])(
    'write beside a photo at the end: %s',
    (markdown) => {
      const { editor, type } = openDesk(markdown);
      editor.focus('end');
      type('দুই');
      expect(editor.markdown()).toContain('দুই');
      expect(editor.markdown()).toContain(`photo:${photo}`);
    },
  );

  it('change a list from bullets to numbers and take it away', () => {
    const { editor } = openDesk('- এক\n- দুই');
    editor.focus('start');
    editor.run('ordered_list');
    expect(editor.markdown()).toBe('1. এক\n2. দুই');
    editor.run('ordered_list');
    expect(editor.markdown()).toBe('এক\n\n1. দুই');
  });

  it('insert cards and photos where the caret is', () => {
    const { editor } = openDesk('এক\n\nদুই');
    editor.focus(2);
    editor.insertRelated(story, 'পুরোনো [খবর]');
    editor.focus('end');
    expect(editor.insertEmbed('javascript:alert(1)')).toBe(false);
    expect(editor.insertEmbed('https://example.org/v')).toBe(true);
    editor.insertPhoto(photo, 0);
    expect(editor.markdown()).toBe(
      `![](photo:${photo})\n\nএক\n\n[পুরোনো \\[খবর\\]](story:${story})\n\nদুই\n\n<https://example.org/v>`,
    );
    editor.removePhoto(photo);
    expect(editor.markdown()).not.toContain(photo);
    editor.run('undo');
    expect(editor.markdown()).toContain(photo);
  });

  it('tell the toolbar only what changed', () => {
    const { editor, options, type } = openDesk('ক');
    editor.focus('end');
    type('খ');
    const calls = vi.mocked(options.onState).mock.calls.length;
    type('গঘ');
    expect(vi.mocked(options.onState).mock.calls).toHaveLength(calls);
    editor.run('bold');
    expect(editor.toolbar().marks.bold).toBe(true);
    expect(options.onChange).toHaveBeenCalledTimes(3);
  });

  it('replace the whole text in one step that undo takes back', () => {
    const { editor } = openDesk('পুরোনো');
    editor.replaceContent('## নতুন\n\nলেখা');
    expect(editor.markdown()).toBe('## নতুন\n\nলেখা');
    editor.run('undo');
    expect(editor.markdown()).toBe('পুরোনো');
  });
});

describe('a photo in the text', () => {
  const shown = {
    src: 'khosra://localhost/photo/x/display',
    caption: 'পুরোনো',
    credit: '',
    alt: '',
    width: 4,
    height: 3,
  };

  function open() {
    const desk = openDesk(`![](photo:${photo})\n\nপরে`);
    desk.photos.set(photo, shown);
    desk.editor.refreshPhotos();
    const caption = desk.view.dom.querySelector<HTMLTextAreaElement>('.photo-caption')!;
    const credit = desk.view.dom.querySelector<HTMLInputElement>('.photo-credit')!;
    return { ...desk, caption, credit };
  }

  it('shows its picture and words, with names for both fields', () => {
    const { view, caption, credit } = open();
    expect(view.dom.querySelector('img')?.getAttribute('src')).toBe(shown.src);
    expect(caption.value).toBe('পুরোনো');
    expect(caption.getAttribute('aria-label')).toBe('ছবির ক্যাপশন');
    expect(credit.placeholder).toBe('ছবি: নাম');
  });

  it('keeps the caret in the caption through an autosave and a redraw', () => {
    const { editor, options, photos, caption, view } = open();
    caption.focus();
    caption.value = 'নতুন ক্যাপ';
    caption.setSelectionRange(4, 4);
    caption.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(options.onPhotoWords).toHaveBeenCalledWith(photo, { caption: 'নতুন ক্যাপ' });
    photos.set(photo, { ...shown, caption: 'অন্য কিছু' });
    editor.refreshPhotos();
    editor.markdown();
    editor.undoHistory();
    view.dispatch(view.state.tr.insertText('আরও', view.state.doc.content.size - 1));
    expect(document.activeElement).toBe(caption);
    expect(caption.value).toBe('নতুন ক্যাপ');
    expect(caption.selectionStart).toBe(4);
  });

  it('says so when the picture is not there', () => {
    const { view, editor } = openDesk(`![](photo:${photo})`);
    editor.refreshPhotos();
    expect(view.dom.querySelector<HTMLElement>('.photo-missing')?.hidden).toBe(false);
    expect(view.dom.querySelector('.photo-missing')?.textContent).toBe('ছবিটি নেই');
    expect(view.dom.querySelector('img')?.hasAttribute('src')).toBe(false);
  });

  it('takes no line ends in its fields', () => {
    const { caption, options } = open();
    caption.value = 'এক\nদুই';
    caption.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(options.onPhotoWords).toHaveBeenLastCalledWith(photo, { caption: 'এক দুই' });
  });
});

describe('offsets', () => {
  const markdown =
    '## শিরোনাম\n\n- এক\n  - দুই\n- তিন\n\n> [!pull]\n> কথা\n>\n> — নাম\n\n| ক | খ |\n| --- | --- |\n| গ | ঘ |\n\nশেষ';
  const bytes = (text: string): number => new TextEncoder().encode(text).length;

  it.each(['শিরোনাম', 'এক', 'দুই', 'তিন', 'নাম', 'খ', 'ঘ', 'শেষ'])(
    'lead from the preview to %s and back',
    (word) => {
      const { editor, view } = openDesk(markdown);
      const offset = bytes(markdown.slice(0, markdown.lastIndexOf(word)));
      editor.focusAtOffset(offset, 1);
      const { $head } = view.state.selection;
      expect($head.parent.textContent).toBe(word);
      expect($head.parentOffset).toBe(1);
      const back = editor.offsetAtCaret();
      expect(back).toBeLessThanOrEqual(offset);
      expect(offset - back).toBeLessThanOrEqual(bytes('— '));
    },
  );

  it('never leave the text, whatever is asked', () => {
    const { editor, view } = openDesk(markdown);
    for (const offset of [-5, 0, 1, 7, 9999, Number.NaN]) {
      editor.focusAtOffset(offset, 9999);
      expect(view.state.selection.head).toBeLessThanOrEqual(view.state.doc.content.size);
    }
  });
});

describe('an opened story', () => {
  it('brings its undo history back, and says so when it cannot', () => {
    const first = openDesk('শুরু');
    first.editor.focus('end');
    first.type('র কথা');
    const second = openDesk(first.editor.markdown(), { undo: first.editor.undoHistory() });
    expect(second.options.onNotice).not.toHaveBeenCalled();
    expect(second.editor.can('undo')).toBe(true);
    second.editor.run('undo');
    expect(second.editor.markdown()).toBe('শুরু');
    const third = openDesk('অন্য', { undo: first.editor.undoHistory() });
    expect(third.options.onNotice).toHaveBeenCalledWith('undo_dropped');
    expect(third.editor.markdown()).toBe('অন্য');
  });

  it('numbers its notes in the digits of its language', () => {
    const { view, editor } = openDesk('কথা।[^12]\n\n[^12]: টীকা');
    const marks = () =>
      [...view.dom.querySelectorAll('.footnote-mark, .footnote-label')].map((mark) => mark.textContent);
    expect(marks()).toEqual(['১২', '১২']);
    editor.setLanguage('en');
    expect(marks()).toEqual(['12', '12']);
    expect(editor.markdown()).toContain('[^12]');
  });

  it('carries its language, its name and its hint', () => {
    const { view, editor } = openDesk();
    expect(view.dom.lang).toBe('bn');
    expect(view.dom.getAttribute('aria-label')).toBe('প্রতিবেদন');
    expect(view.dom.querySelector('.hint')?.getAttribute('data-hint')).toBe('এখানে লিখুন');
    editor.setLanguage('en');
    expect(view.dom.lang).toBe('en');
  });
});
