/** Ways to the readers and back beside the one button: set times, limits, the desk, pausing. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { choose, NOTHING, openFirst, openMenu, standing, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the menu', () => {
  test('offers what is allowed now and nothing else', async () => {
    const { user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual([
      'way-approve',
      'way-schedule',
      'way-within',
      'way-file',
      'way-flag',
    ]);
  });

  test('of a live story takes it down', async () => {
    withReaders(desk, 'live');
    const { user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual(['way-flag', 'way-withdraw', 'way-kill']);
  });

  test('is absent when there is nothing in it', async () => {
    withReaders(desk, 'killed');
    await openFirst(desk);
    expect(screen.queryByTestId('ways-menu')).toBeNull();
    expect(standing()).toHaveTextContent('স্থায়ীভাবে তুলে নেওয়া');
    expect(at('publish')).toHaveAccessibleDescription(/আর কখনো প্রকাশ করা যাবে না/);
  });

  test('has its acts in the palette too, with the shortcut', async () => {
    withReaders(desk, 'live');
    const { user } = await openFirst(desk);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'withdraw{Enter}');
    expect(await screen.findByTestId('down-reason')).toBeInTheDocument();
  });
});

describe('a set time', () => {
  test('begins at the next full hour, is said in words and given to the desk', async () => {
    const { user } = await openFirst(desk);
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await screen.findByRole('dialog');
    await fireEvent.input(at('schedule-at'), { target: { value: '2027-01-02T18:00' } });
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2027-01-02T06:00:00Z'));
    const { now } = await import('../../src/i18n');
    now.touch();
    await waitFor(() => {
      expect(at('schedule-result')).toHaveTextContent('পাঠক পাবেন আজ সন্ধ্যা ৬টায়');
    });
    expect(at('confirm-schedule')).toHaveTextContent('আজ সন্ধ্যা ৬টায় প্রকাশ হোক');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'schedule')).toEqual([{ story: 's1', counter: 1, at: '2027-01-02T12:00:00.000Z' }]);
    });
    now.current = Date.parse('2026-11-24T08:00:00Z');
  });

  test('that is past is told at once, and nothing is given', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'schedule');
    await fireEvent.input(at('schedule-at'), { target: { value: '2020-01-02T18:00' } });
    await waitFor(() => {
      expect(at('schedule-at')).toHaveAccessibleDescription(/সময়টি পেরিয়ে গেছে/);
    });
    expect(at('schedule-at')).toBeInvalid();
    await user.click(at('confirm-schedule'));
    expect(at('schedule-at')).toHaveFocus();
    expect(given(desk, 'schedule')).toEqual([]);
  });

  test('that the desk refuses stays on the screen', async () => {
    desk.failing.set('schedule', failure('time_passed'));
    const { user } = await openFirst(desk);
    await choose(user, 'schedule');
    await user.click(at('confirm-schedule'));
    expect(await screen.findByText(/সামনের কোনো সময় দিন/)).toBeInTheDocument();
    expect(at('schedule-at')).toBeInTheDocument();
  });

  test('stands in the header and in the list once the portal has it, and can be cancelled', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'schedule');
    await user.click(at('confirm-schedule'));
    await waitFor(() => {
      expect(given(desk, 'schedule')).toHaveLength(1);
    });
    expect(await screen.findByTestId('delivery')).toHaveTextContent('প্রকাশের সময়');
    desk.moveIntent('s1', { state: 'confirmed' });
    await waitFor(() => {
      expect(standing()).toHaveTextContent(/^প্রকাশ /);
    });
    expect(standing()).toHaveAttribute('data-public', 'scheduled');
    expect(screen.queryByTestId('open-public')).toBeNull();
    expect(await openMenu(user)).toContain('way-withdraw');
    expect(at('way-withdraw')).toHaveTextContent('নির্ধারিত প্রকাশ বাতিল করুন');
  });
});

describe('a set time that has passed', () => {
  test('is an alarm, and one press publishes', async () => {
    withReaders(desk, 'scheduled', '2026-11-24T07:00:00Z');
    const { user } = await openFirst(desk);
    desk.missSchedule('s1');
    const alarm = await screen.findByTestId('missed');
    expect(alarm).toHaveAttribute('role', 'alert');
    expect(alarm).toHaveTextContent('পোর্টাল খবরটি প্রকাশ করেনি');
    await user.click(at('missed-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toEqual([{ story: 's1', counter: 1 }]);
    });
    await waitFor(() => {
      expect(screen.queryByTestId('missed')).toBeNull();
    });
  });

  test('of another story is a notice that opens it, and a mark in the list', async () => {
    const { user, room } = await openFirst(desk);
    desk.stories.get('s2')!.axes = { ...NOTHING, public: 'scheduled' };
    await room.desk.show('scheduled');
    desk.missSchedule('s2');
    expect(await screen.findByText('সময় পেরিয়েছে, প্রকাশ হয়নি')).toBeInTheDocument();
    await user.click(await screen.findByTestId('toast-act'));
    await waitFor(() => {
      expect(room.session?.story).toBe('s2');
    });
    expect(await screen.findByTestId('missed')).toBeInTheDocument();
  });

  test('has no button for who may not publish', async () => {
    desk.role = 'correspondent';
    withReaders(desk, 'scheduled', '2026-11-24T07:00:00Z');
    await openFirst(desk);
    desk.missSchedule('s1');
    expect(await screen.findByTestId('missed')).toHaveTextContent('সম্পাদককে জানান');
    expect(screen.queryByTestId('missed-publish')).toBeNull();
  });

  test('goes when the portal publishes after all', async () => {
    withReaders(desk, 'scheduled', '2026-11-24T07:00:00Z');
    await openFirst(desk);
    desk.missSchedule('s1');
    await screen.findByTestId('missed');
    const kept = desk.stories.get('s1')!;
    withReaders(desk, 'live');
    kept.schedule_missed = false;
    desk.tell({ kind: 'story_moved', story: 's1', axes: kept.axes, public: 'live' });
    await waitFor(() => {
      expect(screen.queryByTestId('missed')).toBeNull();
    });
    expect(standing()).toHaveAttribute('data-public', 'live');
  });
});

describe('a limit', () => {
  test('is chosen in the dialog and sent along', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-24T08:00:00Z'));
    const { user } = await openFirst(desk);
    await choose(user, 'within');
    await user.click(screen.getByRole('radio', { name: '২ ঘণ্টা' }));
    await user.click(at('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toEqual([
        { story: 's1', counter: 1, send_until: '2026-11-24T10:00:00.000Z' },
      ]);
    });
  });

  test('that is over is said, and going on lifts it', async () => {
    const { user } = await openFirst(desk);
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    await screen.findByTestId('delivery');
    desk.moveIntent('s1', { state: 'blocked', cause: 'window_closed' });
    await waitFor(() => {
      expect(at('send-now')).toHaveTextContent('তবু পাঠান');
    });
    expect(at('delivery')).toHaveTextContent('সময়সীমা উঠে যাবে');
    await user.click(at('send-now'));
    expect(given(desk, 'send_now')).toHaveLength(1);
  });
});

describe('handing to the desk', () => {
  test('is the one button of a correspondent', async () => {
    desk.role = 'correspondent';
    const { user } = await openFirst(desk);
    expect(at('publish')).toHaveAccessibleName(`“${content().headline}” ডেস্কে জমা দিন`);
    await user.keyboard('{Control>}{Enter}{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'ডেস্কে জমা দেবেন?' });
    // Its keys are its own from the moment it has the focus.
    await waitFor(() => {
      expect(dialog).toContainElement(document.activeElement as HTMLElement);
    });
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'file')).toEqual([{ story: 's1', counter: 1 }]);
    });
    expect(given(desk, 'publish')).toEqual([]);
    desk.moveIntent('s1', { state: 'confirmed' });
    await waitFor(() => {
      expect(at('delivery')).toHaveTextContent('ডেস্কে জমা পড়েছে');
    });
    expect(standing()).toHaveAttribute('data-public', 'never');
  });
});

describe('the outbox', () => {
  test('is paused and goes on, and the status line says so', async () => {
    const { user } = await openFirst(desk);
    await user.keyboard('{Control>}{Shift>}o{/Shift}{/Control}');
    await user.click(await screen.findByTestId('outbox-pause'));
    await waitFor(() => {
      expect(at('outbox-paused')).toHaveTextContent('সব পাঠানো থামিয়ে রাখা হয়েছে');
    });
    expect(at('outbox-status')).toHaveTextContent('পাঠানো থেমে আছে');
    expect(at('outbox-pause')).toHaveTextContent('আবার চালু');
    await user.click(at('outbox-pause'));
    await waitFor(() => {
      expect(at('outbox-status')).toHaveTextContent('পাঠানোর কিছু বাকি নেই');
    });
    expect(given(desk, 'pause_outbox')).toEqual([{ paused: true }, { paused: false }]);
  });

  test('that somebody else paused is told beside what waits, with the way on', async () => {
    const { user } = await openFirst(desk);
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    await screen.findByTestId('delivery');
    desk.tell({ kind: 'outbox_paused', paused: true });
    await user.click(await screen.findByTestId('go-on'));
    await waitFor(() => {
      expect(given(desk, 'pause_outbox')).toEqual([{ paused: false }]);
    });
    expect(screen.queryByTestId('go-on')).toBeNull();
  });

  test('says how long an upload still takes, once that is known', async () => {
    const { user } = await openFirst(desk);
    await user.click(at('publish'));
    await user.click(await screen.findByTestId('confirm-publish'));
    await screen.findByTestId('delivery');
    const { now } = await import('../../src/i18n');
    const begin = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(begin);
    desk.moveIntent('s1', { state: 'sending', bytes_sent: 0 });
    await waitFor(() => {
      expect(at('delivery').dataset['state']).toBe('sending');
    });
    expect(screen.queryByTestId('time-left')).toBeNull();
    clock.mockReturnValue(begin + 8_000);
    now.current = begin + 8_000;
    desk.moveIntent('s1', { state: 'sending', bytes_sent: 103_000 });
    expect(await screen.findByTestId('time-left')).toHaveTextContent('প্রায় ২ মিনিট বাকি');
    expect(at('outbox-status')).toHaveTextContent('প্রায় ২ মিনিট বাকি');
  });
});

describe.each(['bn', 'en'] as const)('in %s no fault is found in', (language) => {
  beforeEach(() => {
    desk.settings = { ...desk.settings, language };
  });

  test.each(['schedule', 'within', 'file'])('the dialog of %s', async (way) => {
    const { user } = await openFirst(desk);
    await choose(user, way);
    expect(await faults()).toEqual([]);
  });

  test.each(['withdraw', 'kill'])('the dialog of %s, with and without its faults', async (way) => {
    withReaders(desk, 'live');
    const { user } = await openFirst(desk);
    await choose(user, way);
    expect(await faults()).toEqual([]);
    await user.click(at('confirm-down'));
    expect(await faults()).toEqual([]);
  });

  test('the alarm of a missed time, and the paused outbox', async () => {
    withReaders(desk, 'scheduled', '2026-11-24T07:00:00Z');
    desk.paused = true;
    const { user } = await openFirst(desk);
    desk.missSchedule('s1');
    await screen.findByTestId('missed');
    expect(await faults()).toEqual([]);
    await user.keyboard('{Control>}{Shift>}o{/Shift}{/Control}');
    await screen.findByTestId('outbox-pause');
    expect(await faults()).toEqual([]);
  });
});
