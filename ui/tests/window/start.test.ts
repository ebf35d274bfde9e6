/** How the window opens: on its stories, on nothing yet, on a store that is damaged, or not at all. */
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locale } from '../../src/i18n';
import App from '../../src/views/App.svelte';
import { begin } from '../../src/views/begin';
import { Newsroom } from '../../src/views/newsroom.svelte';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});

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
    desk = deskWith(content({ headline: '', body: '' }));
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
    at('first-start-connect').focus();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('radio', { checked: true })).toHaveFocus();
    await user.tab();
    expect(at('portal-url')).toHaveFocus();
    await user.keyboard('https://dainik.example');
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
