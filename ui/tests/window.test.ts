/** The whole window over a desk in memory: what a person sees and what the desk is told. */
import axe from 'axe-core';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { locale } from '../src/i18n';
import App from '../src/views/App.svelte';
import { begin } from '../src/views/begin';
import { Newsroom } from '../src/views/newsroom.svelte';
import type { PublishStory, SaveDraft } from '../src/wire/generated';
import { failure, FakeDesk } from './support/fakeDesk';
import { content, MORE, photo, PHOTO_ID } from './support/stories';
import { at, given, openWindow } from './support/window';

let desk: FakeDesk;

beforeEach(() => {
  localStorage.clear();
  desk = new FakeDesk();
  desk.add(content());
  desk.add(content(MORE[0]));
});

const saves = () => given(desk, 'save_draft') as SaveDraft[];

describe('a start that fails', () => {
  const target = () => document.body.appendChild(document.createElement('div'));

  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says why, in the look of the last good start', async () => {
    desk.settings = { ...desk.settings, appearance: 'dark', language: 'en' };
    const { view } = await openWindow(desk);
    view.unmount();
    document.documentElement.dataset['theme'] = '';
    locale.current = 'bn';
    desk.failing.set('start', failure('store_full', {}, 'SQLITE_FULL'));
    expect(await begin(desk, target())).toBeNull();
    expect(at('start-failed')).toHaveTextContent('disk');
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  });

  test('of the very first time is in Bengali, whatever was kept', async () => {
    localStorage.setItem('look', 'no JSON');
    desk.failing.set('start', failure('store_locked'));
    await begin(desk, target());
    expect(document.documentElement).toHaveAttribute('lang', 'bn');
    expect(document.documentElement).toHaveAttribute('data-theme', 'light');
  });
});

describe('writing', () => {
  test('what is typed reaches the disk, and only then the window says so', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    expect(at('save-state').dataset['state']).toBe('unsaved');
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
    expect(saves().at(-1)?.content.headline).toMatch(/ আজ$/);
    expect(Number(at('save-state').dataset['counter'])).toBe(saves().at(-1)?.counter);
  });

  test('the text goes along with the fields, and with its undo history', async () => {
    const { room, user } = await openWindow(desk);
    room.session?.editor?.focus('end');
    room.session?.editor?.insertText('শেষ কথা');
    await user.click(at('headline'));
    await waitFor(() => {
      expect(saves().at(-1)?.content.body).toContain('শেষ কথা');
    });
    expect(saves().every((save) => save.undo !== null)).toBe(true);
  });

  test('a new story has the caret in its headline, and the preview gives way to it', async () => {
    const { user, room } = await openWindow(desk);
    room.layout.previewFull = true;
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => {
      expect(at('headline')).toHaveFocus();
    });
    expect(at('headline')).toHaveValue('');
    expect(room.layout.previewFull).toBe(false);
  });

  test('a headline is one line, however it came in', async () => {
    const { user, room } = await openWindow(desk);
    await user.clear(at('headline'));
    await user.click(at('headline'));
    await user.paste('প্রথম\nদ্বিতীয়');
    expect(room.session?.fields.headline).toBe('প্রথম দ্বিতীয়');
  });

  test('Backspace in the headline takes one Bengali code point', async () => {
    const { user } = await openWindow(desk);
    await user.clear(at('headline'));
    await user.type(at('headline'), 'স্ত্রী{Backspace}');
    expect(at('headline')).toHaveValue('স্ত্র');
  });

  test('a disk that is full is told in red, and the text can be copied or put elsewhere', async () => {
    const { user } = await openWindow(desk);
    desk.failing.set('save_draft', failure('store_full', {}, 'SQLITE_FULL'));
    await user.type(at('headline'), ' আরও');
    const trouble = await screen.findByTestId('save-trouble');
    expect(trouble).toHaveTextContent('ডিস্ক ভরে গেছে');
    expect(at('save-state').dataset['state']).toBe('failed');
    await user.click(at('save-elsewhere'));
    expect(JSON.stringify(given(desk, 'rescue_text'))).toContain(' আরও');
    desk.failing.clear();
    await user.click(at('save-retry'));
    await waitFor(() => {
      expect(at('save-state').dataset['state']).toBe('saved');
    });
    expect(screen.queryByTestId('save-trouble')).toBeNull();
  });

  test('another story opens only after this one is on disk, and leaving keeps a version', async () => {
    const { user, room } = await openWindow(desk);
    const first = room.session?.story;
    await user.type(at('headline'), ' আজ');
    await user.click(screen.getAllByTestId('story-row')[1]!);
    await waitFor(() => {
      expect(room.session?.story).not.toBe(first);
    });
    const order = desk.calls.map((call) => call.name);
    expect(order.lastIndexOf('save_draft')).toBeLessThan(order.lastIndexOf('open_story'));
    expect(given(desk, 'cut_revision')).toEqual([{ story: first, reason: 'left' }]);
  });

  test('a story that cannot be saved stays on the screen', async () => {
    const { user, room } = await openWindow(desk);
    const first = room.session?.story;
    desk.failing.set('save_draft', failure('store_read_only'));
    await user.type(at('headline'), ' আজ');
    await user.click(screen.getAllByTestId('story-row')[1]!);
    await screen.findByTestId('save-trouble');
    expect(room.session?.story).toBe(first);
    expect(at('headline')).toHaveValue(`${content().headline} আজ`);
  });

  test('closing waits for the disk, and is refused once when it fails', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    expect(await desk.mayClose?.()).toBe(true);
    expect(saves().at(-1)?.content.headline).toMatch(/ আজ$/);
    desk.failing.set('save_draft', failure('store_locked'));
    await user.type(at('headline'), '!');
    expect(await desk.mayClose?.()).toBe(false);
    expect(await desk.mayClose?.()).toBe(true);
  });
});

describe('a start with stories there', () => {
  test('opens the newest draft, with the caret at the end of its text', async () => {
    const { user, room } = await openWindow(desk);
    expect(room.session?.editor?.hasFocus()).toBe(true);
    room.session?.editor?.insertText('শেষ কথা');
    expect(room.session?.body.trimEnd()).toMatch(/শেষ কথা$/);
    await user.click(screen.getAllByTestId('story-row')[1]!);
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(MORE[0]!.headline);
    });
    expect(room.session?.editor?.hasFocus()).toBe(false);
  });

  test('has the caret in the headline while there is no text', async () => {
    desk = new FakeDesk();
    desk.add(content({ headline: '', body: '' }));
    await openWindow(desk);
    expect(at('headline')).toHaveFocus();
  });

  test('takes the focus from no dialog', async () => {
    const start = await desk.call('start', {});
    const room = new Newsroom(desk, start);
    room.dialog = 'settings';
    render(App, { room });
    room.begin(start);
    await waitFor(() => {
      expect(room.session?.editor).toBeTruthy();
    });
    expect(room.session?.editor?.hasFocus()).toBe(false);
  });

  test('takes the focus from no field that a person went to meanwhile', async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const outbox = await desk.call('outbox', {});
    desk.answers.outbox = async () => {
      await asked;
      return outbox;
    };
    const start = await desk.call('start', {});
    const room = new Newsroom(desk, start);
    render(App, { room });
    room.begin(start);
    at('search').focus();
    answer();
    await waitFor(() => {
      expect(room.session?.editor).toBeTruthy();
    });
    expect(at('search')).toHaveFocus();
  });

  test('leaves the first start its own screen', async () => {
    desk.firstStart = true;
    const { room } = await openWindow(desk);
    expect(room.session).toBeNull();
    expect(at('first-start-look-around')).toBeInTheDocument();
  });
});

describe('the lists', () => {
  test('are walked by j and k, opened by Enter, searched by /', async () => {
    const { user, room } = await openWindow(desk);
    at('story-list').focus();
    await user.keyboard('j{Enter}');
    await waitFor(() => {
      expect(room.session?.fields.headline).toBe(MORE[0]!.headline);
    });
    at('story-list').focus();
    await user.keyboard('/');
    expect(at('search')).toHaveFocus();
    await user.keyboard('হাওর');
    await waitFor(() => {
      expect(screen.getAllByTestId('story-row')).toHaveLength(1);
    });
    expect(screen.getByText('হাওর', { selector: 'mark' })).toBeInTheDocument();
  });

  test('a spiked story asks nothing and comes back within ten seconds', async () => {
    const { user } = await openWindow(desk);
    at('story-list').focus();
    await user.keyboard('{Delete}');
    const undo = await screen.findByTestId('toast-act');
    await waitFor(() => {
      expect(at('list-trash')).toHaveTextContent('১');
    });
    await user.click(undo);
    await waitFor(() => {
      expect(at('list-trash')).toHaveTextContent('০');
    });
  });

  test('a hundred thousand rows draw only those in sight', async () => {
    const row = (await desk.call('list_stories', { list: 'drafts', section: null, limit: 1, after: null }))
      .rows[0]!;
    let asked = 0;
    desk.answers.list_stories = ({ limit }) => ({
      rows: Array.from({ length: limit }, (_, index) => ({ ...row, story: `r${asked}-${index}` })),
      next: String(++asked),
      counts: { drafts: 100_000, outbox: 0, published: 0, trash: 0 },
    });
    desk.answers.open_story = () => desk.call('new_story', {});
    const { room } = await openWindow(desk);
    await waitFor(() => {
      expect(room.desk.rows.length).toBeGreaterThanOrEqual(100);
    });
    expect(screen.getAllByTestId('story-row').length).toBeLessThan(40);
    expect(at('list-drafts')).toHaveTextContent('১,০০,০০০');
  });

  test('a list that cannot be read says why and offers another try', async () => {
    desk.failing.set('list_stories', failure('store_broken', {}, 'disk I/O error'));
    const empty = new FakeDesk();
    empty.failing.set('list_stories', failure('store_broken', {}, 'disk I/O error'));
    const { user } = await openWindow(empty);
    expect(await screen.findByText(/ডিস্ক থেকে ত্রুটি/)).toBeInTheDocument();
    empty.failing.clear();
    await user.click(screen.getByRole('button', { name: 'আবার চেষ্টা করুন' }));
    expect(await screen.findByText(/কোনো খসড়া নেই/)).toBeInTheDocument();
  });
});

describe('details', () => {
  test('no date stands there until the person wants to give one', async () => {
    const { user } = await openWindow(desk);
    expect(screen.queryByTestId('published-at')).toBeNull();
    await user.click(at('published-give'));
    expect(at('published-at')).toHaveValue('');
  });
});

describe('publishing', () => {
  async function ask() {
    const opened = await openWindow(desk);
    await opened.user.click(at('publish'));
    await opened.user.click(await screen.findByTestId('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    return { ...opened, story: opened.room.session!.story };
  }
  const state = () => at('delivery').dataset['state'];

  test('the button names the story, and the desk is told the very version on the screen', async () => {
    const { room } = await openWindow(desk);
    expect(at('publish')).toHaveAccessibleName(`“${content().headline}” এখনই প্রকাশ করুন`);
    expect(room.session?.autosave.counter).toBe(1);
  });

  test('Ctrl+Enter asks, a lone Enter does not publish, Ctrl+Enter again does', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('dialog');
    await user.keyboard('{Enter}');
    expect(given(desk, 'publish')).toEqual([]);
    at('publish').focus();
    await user.keyboard('{Escape}{Control>}{Enter}{/Control}');
    (await screen.findByTestId('confirm-publish')).focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
  });

  test('unsaved words are on disk before the command is given', async () => {
    const { user } = await openWindow(desk);
    await user.type(at('headline'), ' আজ');
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    expect(given(desk, 'publish')).toEqual([{ story: 's1', counter: saves().at(-1)!.counter }]);
  });

  test('nothing says published before the portal was read back', async () => {
    const { story } = await ask();
    await waitFor(() => {
      expect(state()).toBe('queued');
    });
    for (const [next, words] of [
      ['sending', 'পাঠানো হচ্ছে'],
      ['unknown', 'পোর্টালে পৌঁছেছে কি না যাচাই চলছে'],
    ] as const) {
      desk.moveIntent(story, { state: next, bytes_sent: 648_000 });
      await waitFor(() => {
        expect(state()).toBe(next);
      });
      expect(at('delivery')).toHaveTextContent(words);
      expect(document.body).not.toHaveTextContent('প্রকাশিত হয়েছে');
      expect(screen.queryByTestId('open-public')).toBeNull();
    }
    desk.moveIntent(story, {
      state: 'confirmed',
      public_url: 'http://127.0.0.1:4000/a',
      confirmed_at: '2026-11-24T08:01:00Z',
    });
    await waitFor(() => {
      expect(state()).toBe('confirmed');
    });
    expect(screen.getByTestId('open-public')).toBeInTheDocument();
  });

  test('a delivery that was confirmed before the command was answered stays confirmed', async () => {
    const { user } = await openWindow(desk);
    const news = { state: 'confirmed', public_url: 'http://127.0.0.1:4000/a' } as const;
    const late = async (order: PublishStory) => {
      delete desk.answers.publish;
      const answer = structuredClone(await desk.call('publish', order));
      desk.moveIntent(order.story, news);
      return answer;
    };
    Object.assign(desk.answers, { publish: late });
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    expect(await screen.findByTestId('open-public')).toBeInTheDocument();
    expect(state()).toBe('confirmed');
    expect(document.body).toHaveTextContent('প্রকাশিত');
  });

  test('bytes on their way are told as they go', async () => {
    const { story } = await ask();
    desk.moveIntent(story, { state: 'sending', bytes_sent: 448_000 });
    await waitFor(() => {
      expect(at('delivery')).toHaveTextContent('৪৪৮ কিলোবাইট গেছে, ১.২ মেগাবাইট বাকি');
    });
    expect(within(at('delivery')).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '27');
    expect(at('outbox-status')).toHaveTextContent('১টি খবর যাচ্ছে, ১.২ মেগাবাইট বাকি');
  });

  test('an error page of the portal is a failure with a plain sentence, its own words one click away', async () => {
    const { story } = await ask();
    const detail = 'Error!: SQLSTATE[42S22]: Column not found';
    desk.moveIntent(story, { state: 'refused', cause: 'portal_error_page', detail });
    await waitFor(() => {
      expect(state()).toBe('refused');
    });
    expect(at('delivery')).toHaveTextContent('পোর্টাল খবর নেওয়ার বদলে নিজের ত্রুটির কথা পাঠিয়েছে');
    expect(at('delivery')).toHaveTextContent('লেখা এই কম্পিউটারে ঠিক আছে');
    expect(screen.getByText(detail).closest('details')).not.toHaveAttribute('open');
  });

  test('what waits can be sent now or taken back', async () => {
    const { user, story } = await ask();
    await user.click(await screen.findByTestId('send-now'));
    expect(given(desk, 'send_now')).toEqual([{ intent: `i-${story}-0` }]);
    await user.click(screen.getByTestId('cancel-intent'));
    await waitFor(() => {
      expect(screen.queryByTestId('delivery')).toBeNull();
    });
  });

  test('what cannot be taken back says so and changes nothing', async () => {
    const { user } = await ask();
    desk.failing.set('cancel_intent', failure('too_late_to_cancel'));
    await user.click(await screen.findByTestId('cancel-intent'));
    expect(await screen.findByText(/হয়তো রওনা হয়ে গেছে/)).toBeInTheDocument();
    expect(state()).toBe('queued');
  });

  test('something in the way opens the checks instead of a dialog', async () => {
    desk = new FakeDesk();
    desk.add(content({ headline: '', section: '' }));
    const { user } = await openWindow(desk);
    await user.click(at('publish'));
    expect(await screen.findByTestId('findings-block')).toHaveTextContent('শিরোনাম লেখা হয়নি');
    expect(screen.queryByTestId('confirm-publish')).toBeNull();
    await user.click(screen.getByRole('button', { name: /শিরোনাম লেখা হয়নি/ }));
    await waitFor(() => {
      expect(at('headline')).toHaveFocus();
    });
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
    await user.click(at('tab-photos'));
    await user.type(screen.getAllByTestId('credit')[0]!, 'মাহবুব আলম');
    expect(room.session?.fields.photos[0]?.credit).toBe('মাহবুব আলম');
    await waitFor(() => {
      expect(saves().at(-1)?.content.photos[0]?.credit).toBe('মাহবুব আলম');
    });
  });

  test('a file that is no photo gets a sentence and changes nothing', async () => {
    const { user, room } = await openWindow(desk);
    desk.photoFailure = failure('photo_kind', { name: 'নকশা.jpg' }, 'SVG');
    await user.upload(at('attach-input'), [file('x.jpg')]);
    expect(await screen.findByText(/“নকশা.jpg” JPEG, PNG বা WebP ছবি নয়/)).toBeInTheDocument();
    expect(room.session?.fields.photos).toEqual([]);
    expect(saves()).toEqual([]);
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
    desk = new FakeDesk();
    desk.add(content({ photos: [photo({ caption: 'ঘাট', credit: 'ক' })] }));
    const { user, room } = await openWindow(desk);
    await user.click(at('tab-photos'));
    await user.click(await screen.findByTestId('photo-remove'));
    expect(room.session?.fields.photos).toEqual([]);
    await user.click(await screen.findByTestId('toast-act'));
    expect(room.session?.fields.photos[0]).toMatchObject({ id: PHOTO_ID, caption: 'ঘাট' });
  });
});

describe('history', () => {
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
      expect(room.preview?.html).toContain(content().headline);
    });
    const frame = await screen.findByTestId('preview-frame');
    expect(frame).toHaveAttribute('sandbox', 'allow-same-origin');
    expect(saves()).toEqual([]);
    await user.type(at('headline'), ' এখন');
    await waitFor(() => {
      expect(room.preview?.html).toContain(' এখন');
    });
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

describe('keys', () => {
  test('Ctrl+K finds every act, in either language, and Enter does it', async () => {
    const { user, room } = await openWindow(desk);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'dark{Enter}');
    await waitFor(() => {
      expect(document.documentElement.dataset['theme']).toBe('dark');
    });
    expect(room.dialog).toBeNull();
  });

  test('Ctrl+N begins a story that is on disk, with the headline empty', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => {
      expect(at('headline')).toHaveValue('');
    });
    expect(given(desk, 'new_story')).toHaveLength(1);
  });

  test('Ctrl+Enter is heard while a list is still on its way out, and not by the list', async () => {
    const { user } = await openWindow(desk);
    const list = document.body.appendChild(document.createElement('div'));
    list.className = 'select-list';
    list.dataset['state'] = 'open';
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.queryByTestId('confirm-publish')).toBeNull();
    list.dataset['state'] = 'closed';
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByTestId('confirm-publish')).toBeInTheDocument();
    list.remove();
  });

  test('F1 shows every shortcut, Escape closes it', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{F1}');
    expect(await screen.findByTestId('shortcuts')).toHaveTextContent('Ctrl+K');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('shortcuts')).toBeNull();
    });
  });

  test('F6 walks the regions and Escape goes back to the text', async () => {
    const { user, room } = await openWindow(desk);
    at('search').focus();
    await user.keyboard('{F6}');
    expect(document.activeElement?.closest('[data-region]')).toHaveAttribute('data-region', 'story');
    await user.keyboard('{F6}');
    expect(document.activeElement?.closest('[data-region]')).toHaveAttribute('data-region', 'side');
    await user.keyboard('{Escape}');
    expect(room.session?.editor?.hasFocus()).toBe(true);
  });

  test('regions are hidden by key, and the layout is remembered', async () => {
    const { user } = await openWindow(desk);
    await user.keyboard('{Control>}[[{/Control}');
    await waitFor(() => {
      expect(screen.queryByTestId('story-list')).toBeNull();
    });
    await waitFor(() => {
      expect(JSON.parse(desk.settings.layout)).toMatchObject({ deskOpen: false });
    });
  });
});

describe('first start', () => {
  test('one click opens the window on the built-in portal', async () => {
    desk.firstStart = true;
    const { user } = await openWindow(desk);
    await user.click(at('first-start-look-around'));
    expect(await screen.findByTestId('headline')).toHaveValue(content().headline);
    expect(given(desk, 'use_built_in_portal')).toHaveLength(1);
  });

  test('a refused sign-in says so at the password and keeps the rest', async () => {
    desk.firstStart = true;
    desk.failing.set('add_portal', failure('sign_in_refused'));
    const { user } = await openWindow(desk);
    await user.click(at('first-start-connect'));
    await user.type(at('portal-url'), 'https://dainik.example');
    await user.type(at('portal-user'), 'rina');
    await user.type(at('portal-password'), 'wrong');
    await user.click(at('portal-connect'));
    expect(await screen.findByRole('alert')).toHaveTextContent('নাম বা পাসওয়ার্ড মেলেনি');
    expect(at('portal-url')).toHaveValue('https://dainik.example');
    expect(at('portal-password')).toHaveValue('');
  });
});

test('a damaged store is told, and its backup is one click away', async () => {
  const backup = { name: 'b1', at: '2026-11-23T08:00:00Z', size: 1 };
  desk.store = { kind: 'moved_aside', moved_to: '/data/khosra.damaged', backup };
  const { user } = await openWindow(desk);
  expect(at('store-banner')).toHaveTextContent('/data/khosra.damaged');
  await user.click(at('restore-backup'));
  await waitFor(() => {
    expect(given(desk, 'restore_backup')).toEqual([{ name: 'b1' }]);
  });
});

describe.each(['bn', 'en'] as const)('in %s', (language) => {
  const RULES = { rules: { 'color-contrast': { enabled: false } } };
  const faults = async () => {
    const { violations } = await axe.run(document.body, RULES);
    return violations.map(
      (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  };

  test.each(['details', 'photos', 'checks', 'history', 'preview'])(
    'the window with %s has no fault',
    async (tab) => {
      desk.settings = { ...desk.settings, language };
      desk.add(content({ photos: [photo({ credit: '' })] }));
      const { user } = await openWindow(desk);
      await user.click(at(`tab-${tab}`));
      await vi.waitFor(() => {
        expect(at(`tab-${tab}`)).toHaveAttribute('aria-selected', 'true');
      });
      expect(document.documentElement.lang).toBe(language);
      expect(await faults()).toEqual([]);
    },
  );

  test.each(['k', ',', 'Enter'])('the dialog of Ctrl+%s has no fault', async (key) => {
    desk.settings = { ...desk.settings, language };
    const { user } = await openWindow(desk);
    await user.keyboard(`{Control>}${key === 'Enter' ? '{Enter}' : key}{/Control}`);
    await screen.findByRole('dialog');
    expect(await faults()).toEqual([]);
  });

  test('the first start has no fault', async () => {
    desk.firstStart = true;
    desk.settings = { ...desk.settings, language };
    await openWindow(desk);
    expect(await faults()).toEqual([]);
  });
});

test('the language changes while running, with everything on the screen', async () => {
  const { room } = await openWindow(desk);
  expect(at('tab-preview')).toHaveTextContent('প্রিভিউ');
  room.preferences.change({ language: 'en' });
  await waitFor(() => {
    expect(at('tab-preview')).toHaveTextContent('Preview');
  });
  expect(at('list-drafts')).toHaveTextContent('2');
  expect(at('headline')).toHaveAccessibleName('Headline');
});

test('in a narrow window the right side is a drawer, which goes when the text is wanted', async () => {
  const { room, user } = await openWindow(desk);
  room.layout.windowWidth = 1024;
  await waitFor(() => {
    expect(screen.queryByTestId('tab-details')).toBeNull();
  });
  await user.click(at('toggle-side'));
  expect(await screen.findByTestId('tab-details')).toBeInTheDocument();
  await user.keyboard('{Escape}');
  await waitFor(() => {
    expect(screen.queryByTestId('tab-details')).toBeNull();
  });
  expect(room.session?.editor?.hasFocus()).toBe(true);
});
