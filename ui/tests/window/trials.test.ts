/** Trying what a portal keeps to, from the settings. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { locale } from '../../src/i18n';
import type { GuaranteeView, TrialView } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

const row = (guarantee: GuaranteeView['guarantee'], patch: Partial<GuaranteeView> = {}): GuaranteeView => ({
  guarantee,
  verdict: 'holds',
  untold: null,
  cause: null,
  detail: '',
  millis: 12,
  ...patch,
});
const HOLDS = row('says_who_it_is');
const FAILS = row('publishes', { verdict: 'fails', cause: 'not_found', detail: 'HTTP 404 <b>x</b>' });
const UNTOLD = row('schedules', { verdict: 'untold', untold: 'not_offered' });
const TRIAL: TrialView = {
  story: 's-test',
  guarantees: [HOLDS, UNTOLD, FAILS],
  skew_seconds: 90,
  left_over: null,
  photo: 'ab',
};

/** The trial ends when the test says so. */
function held(trial: TrialView = TRIAL): () => void {
  let release = (): void => undefined;
  desk.answers.try_portal = () =>
    new Promise((resolve) => {
      release = () => {
        resolve(trial);
      };
    });
  return () => {
    release();
  };
}

async function openPortals() {
  const opened = await openWindow(desk);
  opened.room.settingsTab = 'portals';
  opened.room.dialog = 'settings';
  await screen.findByTestId('portals');
  return opened;
}

beforeEach(() => {
  locale.current = 'bn';
  desk = deskWith(content());
});

describe('trying a portal', () => {
  test('asks first, says that readers could see it, and can be left by keys', async () => {
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    expect(at('trial-ask')).toHaveTextContent('পাঠক পরীক্ষার লেখাটি দেখতে পারেন');
    // The careful answer has the focus.
    expect(screen.getByRole('button', { name: 'থাক' })).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.queryByTestId('trial-ask')).not.toBeInTheDocument();
    expect(given(desk, 'try_portal')).toEqual([]);
  });

  test.each([
    ['trial-everything', true],
    ['trial-unseen', false],
  ])('%s is asked of the desk as it was meant', async (button, publishing) => {
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at(button));
    expect(given(desk, 'try_portal')).toEqual([{ portal: 'p1', publishing }]);
  });

  test('each guarantee shows as it is tried, and the end is said aloud', async () => {
    const end = held();
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at('trial-everything'));
    desk.tell({ kind: 'guarantee_tried', portal: 'p1', tried: HOLDS });
    desk.tell({ kind: 'guarantee_tried', portal: 'another', tried: FAILS });
    await waitFor(() => {
      expect(at('trial-status')).toHaveTextContent('১ / ২০');
    });
    expect(within(at('trial')).getAllByRole('listitem')).toHaveLength(1);
    expect(at('trial-open')).toBeDisabled();
    end();
    await waitFor(() => {
      expect(at('trial-status')).toHaveTextContent(
        'ঠিক আছে ১, ঠিক নেই ১, দেখা যায়নি ১। পরীক্ষার লেখাটি সরানো হয়েছে।',
      );
    });
    expect(at('trial-status')).toHaveAttribute('aria-live', 'polite');
    const [holds, untold, fails] = within(at('trial')).getAllByRole('listitem');
    expect(holds).toHaveTextContent('ঠিক আছে');
    expect(untold).toHaveTextContent('এই পোর্টালে নেই।');
    expect(fails).toHaveTextContent('ঠিক নেই');
    expect(fails).toHaveTextContent('<b>x</b>');
    expect(screen.getByText(/৯০ সেকেন্ড/)).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });

  test('in English everything is English', async () => {
    desk.settings = { ...desk.settings, language: 'en' };
    desk.answers.try_portal = () => TRIAL;
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at('trial-everything'));
    await waitFor(() => {
      expect(at('trial-status')).toHaveTextContent(
        '1 hold, 1 fail, 1 cannot be told. The test story is gone.',
      );
    });
    expect(at('trial')).toHaveTextContent('Publishes: the page shows headline and photo');
    expect(at('trial').textContent).not.toMatch(/[\u0980-\u09ff]/u);
  });

  test('what could not be taken away is named with its address', async () => {
    const left = { story: 's-test', url: 'https://x.example/t', maybe_public: true, detail: '' };
    desk.answers.try_portal = () => ({ ...TRIAL, left_over: { ...left, cause: 'offline' } });
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at('trial-everything'));
    await waitFor(() => {
      expect(at('trial-status')).toHaveTextContent('s-test https://x.example/t');
    });
  });

  test('it can be stopped, and closing the settings does not lose what was found', async () => {
    const end = held();
    const { user, room } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at('trial-everything'));
    await user.click(await screen.findByTestId('trial-stop'));
    expect(given(desk, 'stop_trial')).toHaveLength(1);
    expect(at('trial-status')).toHaveTextContent('থামছে');
    room.dialog = null;
    end();
    await waitFor(() => {
      expect(screen.queryByTestId('trial')).not.toBeInTheDocument();
    });
    room.dialog = 'settings';
    expect(await screen.findByTestId('trial')).toBeInTheDocument();
  });

  test('a desk that cannot begin says why', async () => {
    desk.failing.set('try_portal', failure('portal_failed', { cause: 'offline' }));
    const { user } = await openPortals();
    await user.click(at('trial-open'));
    await user.click(at('trial-everything'));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(at('trial-open')).toBeEnabled();
  });
});
