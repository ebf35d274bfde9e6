/** The side of the story: details, photos, history, preview. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE, photo, PHOTO_ID } from '../support/stories';
import { at, backspace, deskWith, openWindow, saves } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

describe('details', () => {
  test('no date stands there until the person wants to give one', async () => {
    const { user } = await openWindow(desk);
    expect(screen.queryByTestId('published-at')).toBeNull();
    await user.click(at('published-give'));
    expect(at('published-at')).toHaveValue('');
  });

  test('Backspace in the tags takes one Bengali sign, and a whole tag only when nothing is being typed', async () => {
    const { user, room } = await openWindow(desk);
    await user.type(at('tags'), 'ক');
    await backspace(at('tags'));
    expect(at('tags')).toHaveValue('');
    expect(room.session?.fields.tags).toHaveLength(3);
    await backspace(at('tags'));
    expect(room.session?.fields.tags).toHaveLength(2);
  });
});

test('a shortcut to another panel leaves the focus on its tab', async () => {
  const { user } = await openWindow(desk);
  await user.click(at('tab-details'));
  await user.click(at('tags'));
  await user.keyboard('{Control>}2{/Control}');
  await waitFor(() => {
    expect(at('tab-photos')).toHaveFocus();
  });
});

describe('photos', () => {
  const file = (name: string) => new File([new Uint8Array([255, 216, 255])], name, { type: 'image/jpeg' });

  test('are taken in by the file chooser and get their words beside the story', async () => {
    const { user, room } = await openWindow(desk);
    await user.upload(at('attach-input'), [file('a1.jpg'), file('b2.jpg')]);
    await waitFor(() => {
      expect(room.session?.fields.photos).toHaveLength(2);
    });
    await user.type((await screen.findAllByTestId('credit'))[0]!, 'মাহবুব আলম');
    expect(room.session?.fields.photos[0]?.credit).toBe('মাহবুব আলম');
    await waitFor(() => {
      expect(saves(desk).at(-1)?.content.photos[0]?.credit).toBe('মাহবুব আলম');
    });
  });

  test('a photo that comes in takes no panel away from who is writing there', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-details'));
    await user.type(at('tags'), 'নদী');
    // By drop: the chooser would take the focus from the field.
    await room.intake.take(room.session!, [file('a1.jpg')]);
    expect(room.session?.fields.photos).toHaveLength(1);
    expect(at('tags')).toHaveFocus();
  });

  test.each(['caption', 'credit', 'alt'] as const)(
    'Backspace in the %s takes one Bengali sign, and the story knows',
    async (name) => {
      desk = deskWith(content({ photos: [photo({ [name]: 'ক্ষি' })] }));
      const { user, room } = await openWindow(desk);
      await user.click(at('tab-photos'));
      await backspace(await screen.findByTestId(name));
      expect(at(name)).toHaveValue('ক্ষ');
      expect(room.session?.fields.photos[0]?.[name]).toBe('ক্ষ');
    },
  );

  test('a file that is no photo gets a sentence and changes nothing', async () => {
    const { user, room } = await openWindow(desk);
    desk.photoFailure = failure('photo_kind', { name: 'নকশা.jpg' }, 'SVG');
    await user.upload(at('attach-input'), [file('x.jpg')]);
    expect(await screen.findByText(/“নকশা.jpg” JPEG, PNG, WebP, GIF বা TIFF ছবি নয়/)).toBeInTheDocument();
    expect(room.session?.fields.photos).toEqual([]);
    expect(saves(desk)).toEqual([]);
  });

  test('the same file twice is one photo with its words kept', async () => {
    const { user, room } = await openWindow(desk);
    await user.upload(at('attach-input'), [file('a1.jpg')]);
    await waitFor(() => {
      expect(room.session?.fields.photos).toHaveLength(1);
    });
    room.session?.changePhoto(room.session.fields.photos[0]!.id, { caption: 'ঘাটে মানুষ' });
    await user.upload(at('attach-input'), [file('a1.jpg')]);
    expect(await screen.findByText(/আগে থেকেই এই খবরে আছে/)).toBeInTheDocument();
    expect(room.session?.fields.photos).toHaveLength(1);
    expect(room.session?.fields.photos[0]?.caption).toBe('ঘাটে মানুষ');
  });

  test('a removed photo comes back by undo', async () => {
    desk = deskWith(content({ photos: [photo({ caption: 'ঘাট', credit: 'ক' })] }));
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-photos'));
    await user.click(await screen.findByTestId('photo-remove'));
    expect(room.session?.fields.photos).toEqual([]);
    await user.click(await screen.findByTestId('toast-act'));
    expect(room.session?.fields.photos[0]).toMatchObject({ id: PHOTO_ID, caption: 'ঘাট' });
  });
});

describe('history', () => {
  test('tells what was done with a version, and a version gets a name where it is looked at', async () => {
    const { user } = await openWindow(desk);
    await user.click(at('tab-history'));
    await user.click(await screen.findByTestId('keep-version'));
    const acts = [{ command: 'publish' as const, actor: 'রুমানা', at: '2026-11-24T09:00:00Z' }];
    desk.versions.marks.push({ number: 1, name: '', acts });
    await user.click(await screen.findByTestId('revision-1'));
    await user.type(await screen.findByTestId('name-version'), 'ছাপার আগে');
    await user.click(at('keep-name'));
    await waitFor(() => {
      expect(desk.versions.marks[0]?.name).toBe('ছাপার আগে');
    });
    expect(await faults()).toEqual([]);
    await user.keyboard('{Escape}');
    expect(await screen.findByTestId('version-name')).toHaveTextContent('ছাপার আগে');
    expect(at('revision-1')).toHaveTextContent('প্রকাশে পাঠিয়েছেন রুমানা');
  });

  test('bringing a version back keeps what was there, in the history', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-history'));
    await user.click(await screen.findByTestId('keep-version'));
    await screen.findByTestId('revision-1');
    await user.type(at('headline'), ' — নতুন');
    await user.click(screen.getByTestId('revision-1'));
    const difference = await screen.findByTestId('difference');
    await waitFor(() => {
      expect(difference.querySelector('ins')).toHaveTextContent('নতুন');
    });
    await user.click(screen.getByTestId('restore'));
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(content().headline);
    });
    const order = desk.calls.map((call) => call.name);
    expect(order.lastIndexOf('save_draft')).toBeLessThan(order.lastIndexOf('restore_revision'));
  });
});

describe('the preview', () => {
  test('follows unsaved words and never writes', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-preview'));
    await waitFor(() => {
      expect(room.preview?.page?.frame.html).toContain(content().headline);
    });
    const frame = await screen.findByTestId('preview-frame');
    expect(frame).toHaveAttribute('sandbox', 'allow-same-origin');
    expect(saves(desk)).toEqual([]);
    await user.type(at('headline'), ' এখন');
    await waitFor(() => {
      expect(room.preview?.page?.frame.html).toContain(' এখন');
    });
  });

  test('is as dark as the window until a person asks for the other', async () => {
    desk.settings = { ...desk.settings, appearance: 'dark' };
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-preview'));
    const frame = await screen.findByTestId<HTMLIFrameElement>('preview-frame');
    const scheme = () => frame.contentDocument?.documentElement.dataset['scheme'];
    expect(frame.srcdoc).toContain('<html data-scheme="dark" lang="bn">');
    await waitFor(() => {
      expect(scheme()).toBe('dark');
    });
    await user.click(at('preview-dark'));
    expect(at('preview-dark')).toHaveAttribute('aria-pressed', 'false');
    expect(scheme()).toBe('light');
    // Told to the page that stands there: loaded anew, it would lose the reader's place.
    expect(frame.srcdoc).toContain('data-scheme="dark"');
    await user.click(at('preview-dark'));
    expect(scheme()).toBe('dark');
    room.preferences.change({ appearance: 'light' });
    await waitFor(() => {
      expect(scheme()).toBe('light');
    });
  });

  test('asked for in the dark, it stays dark through a change of the text', async () => {
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-preview'));
    const frame = await screen.findByTestId<HTMLIFrameElement>('preview-frame');
    await user.click(at('preview-dark'));
    await user.type(at('headline'), ' এখন');
    await waitFor(() => {
      expect(room.preview?.page?.frame.html).toContain(' এখন');
    });
    expect(frame.contentDocument?.documentElement).toHaveAttribute('data-scheme', 'dark');
  });

  test('failing, it says that the text is safe, and writing goes on', async () => {
    desk.failing.set('preview', failure('internal', {}, 'theme'));
    const { user } = await openWindow(desk);
    await user.click(at('tab-preview'));
    expect(await screen.findByText(/প্রিভিউ দেখানো গেল না/)).toBeInTheDocument();
    await user.type(at('headline'), ' আজ');
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
  });
});
