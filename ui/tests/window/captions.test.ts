/** The caption sheet, by keys: twenty photos get their words, and nothing of them is lost. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StoryPhoto } from '../../src/wire/generated';
import { faults } from '../support/axe';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE, photo } from '../support/stories';
import { at, deskWith, openWindow, saves } from '../support/window';

const id = (number: number) => number.toString(16).padStart(64, '0');
const photos = (...patches: Partial<StoryPhoto>[]) =>
  patches.map((patch, index) => photo({ id: id(index + 1), ...patch }));
const DONE = { caption: 'ঘাটে মানুষ', credit: 'মাহবুব আলম', alt: 'নদীর ঘাট' };

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content({ photos: photos({}, {}, {}) }), content(MORE[0]));
});

async function opened(...patches: Partial<StoryPhoto>[]) {
  if (patches.length > 0) desk = deskWith(content({ photos: photos(...patches) }));
  const window = await openWindow(desk);
  await window.user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
  await screen.findByTestId('captions');
  await waitFor(() => {
    expect(document.activeElement?.closest('[data-field]')).not.toBeNull();
  });
  const words = (number: number) => window.room.session!.fields.photos[number - 1]!;
  /** The photo and the field that have the focus. */
  const here = () => {
    const field = document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'];
    const shown = document.activeElement?.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
    return `${Number.parseInt(shown ?? '', 16)} ${field}`;
  };
  const goes = (place: string) =>
    waitFor(() => {
      expect(here()).toBe(place);
    });
  return { ...window, words, here, goes };
}

describe('the sheet', () => {
  test('opens by its key at the first photo that lacks something, with the caret in its caption', async () => {
    const { goes } = await opened(DONE, {}, {});
    await goes('2 caption');
    expect(at('caption-progress')).toHaveTextContent('১/৩ সম্পূর্ণ');
    expect(await faults()).toEqual([]);
  });

  test('opens by the button beside the photos, and from the palette', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-photos'));
    await user.click(await screen.findByTestId('open-captions'));
    await screen.findByTestId('captions');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('captions')).toBeNull();
    });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'caption all{Enter}');
    await screen.findByTestId('captions');
    expect(room.dialog).toBe('captions');
  });

  test('closes with Escape and gives the focus back to where it was', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('headline'));
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    await waitFor(() => {
      expect(document.activeElement?.closest('[data-field]')?.getAttribute('data-field')).toBe('caption');
    });
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(at('headline')).toHaveFocus();
    });
  });

  test('opened from a photo’s card, begins at that photo', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('tab-photos'));
    await user.click((await screen.findAllByTestId('credit'))[2]!);
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    expect(await screen.findByTestId('sheet-photo')).toHaveAttribute('data-photo', id(3));
  });

  test('without photos leads to where they are added', async () => {
    desk = deskWith(content());
    const { user, room } = await openWindow(desk);
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    expect(room.layout.tab).toBe('photos');
    expect(screen.queryByTestId('captions')).toBeNull();
  });

  test('is in the list of shortcuts, with its own keys', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{F1}');
    const list = await screen.findByTestId('shortcuts');
    expect(list).toHaveTextContent('Ctrl+Shift+C');
    expect(list).toHaveTextContent('Alt+→');
    expect(list).toHaveTextContent('Ctrl+Shift+E');
  });
});

describe('by keys alone', () => {
  test('Enter leads from field to field and on to the next photo', async () => {
    const { user, words, goes } = await opened();
    await user.keyboard('ঘাটে মানুষ{Enter}মাহবুব আলম{Enter}নদীর ঘাট{Enter}');
    await goes('2 caption');
    expect(words(1)).toMatchObject(DONE);
    expect(at('caption-progress')).toHaveTextContent('১/৩ সম্পূর্ণ');
    await waitFor(() => {
      expect(saves(desk).at(-1)?.content.photos[0]).toMatchObject(DONE);
    });
  });

  test('Enter steps over the alternative text of a decorative photo', async () => {
    const { user, goes } = await opened({ decorative: true }, {});
    await user.keyboard('ক{Enter}খ{Enter}');
    await goes('2 caption');
  });

  test.each([
    ['{Alt>}{ArrowRight}{/Alt}', '{Alt>}{ArrowLeft}{/Alt}'],
    ['{PageDown}', '{PageUp}'],
  ])('%s and %s go from photo to photo, in the same field, and stop at the ends', async (next, previous) => {
    const { user, goes } = await opened();
    await user.keyboard('{Enter}');
    await goes('1 credit');
    await user.keyboard(next);
    await goes('2 credit');
    await user.keyboard(next);
    await user.keyboard(next);
    await goes('3 credit');
    await user.keyboard(previous);
    await goes('2 credit');
  });

  test('Alt+↓ goes to the next photo that lacks something, and there to what it lacks', async () => {
    const { user, goes } = await opened(
      {},
      DONE,
      { ...DONE, credit: ' ' },
      { ...DONE, alt: '', decorative: true },
    );
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await goes('3 credit');
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await goes('1 caption');
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await goes('3 credit');
  });

  test('Ctrl+D copies the field from the photo before, Ctrl+Shift+D all of them, and an empty one takes nothing away', async () => {
    const { user, words, goes } = await opened({ ...DONE, alt: '' }, { alt: 'মাঠ' });
    at('sheet-caption').focus();
    await user.keyboard('{PageDown}');
    await goes('2 caption');
    await user.keyboard('{Control>}d{/Control}');
    expect(words(2)).toMatchObject({ caption: DONE.caption, credit: '', alt: 'মাঠ' });
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}');
    expect(words(2)).toMatchObject({ ...DONE, alt: 'মাঠ' });
    expect(at('caption-said')).toHaveTextContent('আগের ছবি থেকে');
  });

  test('Ctrl+E writes the field into the empty ones, Ctrl+Shift+E into all, and one undo takes all of it back', async () => {
    const { user, words, goes } = await opened({}, { credit: 'অন্য কেউ' }, {}, {});
    const credits = () => [1, 2, 3, 4].map((number) => words(number).credit);
    await user.keyboard('{Enter}মাহবুব আলম');
    await goes('1 credit');
    await user.keyboard('{Control>}e{/Control}');
    expect(credits()).toEqual(['মাহবুব আলম', 'অন্য কেউ', 'মাহবুব আলম', 'মাহবুব আলম']);
    expect(at('caption-said')).toHaveTextContent('২টি ছবিতে');
    await user.keyboard('{Control>}{Shift>}e{/Shift}{/Control}');
    expect(credits()).toEqual(Array(4).fill('মাহবুব আলম'));
    await user.keyboard('{Control>}z{/Control}');
    expect(credits()).toEqual(['মাহবুব আলম', 'অন্য কেউ', 'মাহবুব আলম', 'মাহবুব আলম']);
    await user.keyboard('{Control>}z{/Control}');
    expect(credits()).toEqual(['মাহবুব আলম', 'অন্য কেউ', '', '']);
    await goes('1 credit');
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(credits()).toEqual(['মাহবুব আলম', 'অন্য কেউ', 'মাহবুব আলম', 'মাহবুব আলম']);
  });

  test('a decorative photo keeps its empty alternative text when the others get one', async () => {
    const { user, words } = await opened({ ...DONE, alt: '' }, { decorative: true }, {});
    await user.click(at('sheet-alt'));
    await user.keyboard('নদী{Control>}{Shift>}e{/Shift}{/Control}');
    expect([words(1).alt, words(2).alt, words(3).alt]).toEqual(['নদী', '', 'নদী']);
  });

  test('F2 turns to the table and back, at the same photo, and the sheet remembers which', async () => {
    const { user, room, goes } = await opened();
    await user.keyboard('{PageDown}');
    await goes('2 caption');
    await user.keyboard('{F2}');
    await screen.findByTestId('caption-table');
    await goes('2 caption');
    await user.keyboard('ক{Enter}');
    await goes('3 caption');
    expect(await faults()).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('captions')).toBeNull();
    });
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    await screen.findByTestId('caption-table');
    await room.preferences.flush();
    expect(JSON.parse(desk.settings.layout)).toMatchObject({ captions: { view: 'all' } });
  });

  test('every act is a button too, that names its key', async () => {
    const { user, words } = await opened(DONE, {}, {});
    expect(at('caption-copy')).toHaveTextContent('Ctrl+D');
    expect(at('caption-copy_all')).toHaveTextContent('Ctrl+Shift+D');
    expect(at('caption-fill_empty')).toHaveTextContent('Ctrl+E');
    expect(at('caption-fill_all')).toHaveTextContent('Ctrl+Shift+E');
    await user.click(at('caption-copy_all'));
    expect(words(2)).toMatchObject(DONE);
    await user.click(at('caption-next'));
    await waitFor(() => {
      expect(at('sheet-photo')).toHaveAttribute('data-photo', id(3));
    });
    await user.click(at('caption-undo'));
    expect(words(2)).toMatchObject({ caption: '', credit: '', alt: '' });
  });

  test('the filmstrip is one stop for Tab, and its arrows go along it', async () => {
    const { user } = await opened();
    const strip = within(at('filmstrip'));
    const stops = strip.getAllByRole('button').filter((thumb) => thumb.tabIndex === 0);
    expect(stops).toHaveLength(1);
    stops[0]!.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(at('sheet-photo')).toHaveAttribute('data-photo', id(3));
    expect(strip.getByRole('button', { current: true })).toHaveFocus();
  });

  test('a photo leads instead of the one that led, and undo gives the lead back', async () => {
    const { user, words } = await opened({ lead: true }, {});
    await user.keyboard('{PageDown}');
    await user.click(await screen.findByTestId('sheet-lead'));
    expect([words(1).lead, words(2).lead]).toEqual([false, true]);
    await user.keyboard('{Control>}z{/Control}');
    expect([words(1).lead, words(2).lead]).toEqual([true, false]);
  });
});

describe('undo', () => {
  test('goes back over photos, to where the words were typed', async () => {
    const { user, words, goes } = await opened();
    await user.keyboard('এক');
    await user.keyboard('{PageDown}');
    await goes('2 caption');
    await user.keyboard('দুই');
    await user.keyboard('{Control>}z{/Control}');
    expect(words(2).caption).toBe('');
    await user.keyboard('{Control>}z{/Control}');
    expect(words(1).caption).toBe('');
    await goes('1 caption');
    await user.keyboard('{Control>}y{/Control}');
    expect(words(1).caption).toBe('এক');
  });

  test('never writes over words that came from elsewhere', async () => {
    const { user, room, words } = await opened();
    await user.keyboard('এক');
    room.session!.changePhoto(id(1), { caption: 'ডেস্কের লেখা' });
    await user.keyboard('{Control>}z{/Control}');
    expect(words(1).caption).toBe('ডেস্কের লেখা');
    expect(at('caption-said')).toHaveTextContent('কিছু বদলায়নি');
  });
});

describe('while the sheet is open', () => {
  test('a save takes neither the focus nor the caret', async () => {
    const { user } = await opened();
    await user.keyboard('ঘাটে মানুষ');
    const field = document.activeElement as HTMLTextAreaElement;
    field.setSelectionRange(3, 3);
    await waitFor(() => {
      expect(saves(desk).at(-1)?.content.photos[0]?.caption).toBe('ঘাটে মানুষ');
    });
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
    expect(field).toHaveFocus();
    expect(field.selectionStart).toBe(3);
  });

  test('Backspace takes one Bengali sign', async () => {
    const { words, goes } = await opened({ caption: 'ক্ষি' });
    await goes('1 credit');
    at('sheet-caption').focus();
    await fireEvent.keyDown(at('sheet-caption'), { key: 'Backspace' });
    expect(words(1).caption).toBe('ক্ষ');
  });

  test('a photo that leaves the story leaves the sheet, and another takes its place', async () => {
    const { room } = await opened();
    room.session!.change({ photos: room.session!.fields.photos.slice(1) });
    await waitFor(() => {
      expect(at('sheet-photo')).toHaveAttribute('data-photo', id(2));
    });
  });

  test('a story in the trash is shown and not written in', async () => {
    desk = deskWith(content({ photos: photos(DONE, {}) }));
    const { user, room } = await openWindow(desk);
    await room.spike('s1');
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    expect(await screen.findByTestId('sheet-caption')).toBeDisabled();
    await user.keyboard('{Control>}{Shift>}d{/Shift}{/Control}{Control>}z{/Control}');
    expect(room.session!.fields.photos[1]).toMatchObject({ caption: '', credit: '' });
    expect(at('caption-copy')).toBeDisabled();
  });

  test('a hundred photos are drawn with pictures that wait until they are seen', async () => {
    const { user } = await opened(...Array.from({ length: 100 }, () => ({})));
    const thumbs = within(at('filmstrip')).getAllByRole('button');
    expect(thumbs).toHaveLength(100);
    await user.keyboard('{F2}');
    await screen.findByTestId('caption-table');
    const pictures = [...document.querySelectorAll('.dialog img')];
    expect(pictures.every((picture) => picture.getAttribute('loading') === 'lazy')).toBe(true);
  });
});
