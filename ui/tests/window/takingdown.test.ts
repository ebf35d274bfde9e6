/** Taking a story from its readers: what is asked first, and what is said until they have it no more. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { choose, openFirst, standing, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

let desk: FakeDesk;

describe('taking down', () => {
  beforeEach(() => {
    desk = deskWith(content(), content(MORE[0]));
    withReaders(desk, 'live');
  });

  test('a withdrawal wants a reason, and says that readers may still have it', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'withdraw');
    await waitFor(() => {
      expect(at('down-reason')).toHaveFocus();
    });
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(at('down-reason')).toHaveAccessibleDescription('কারণ লিখতে হবে।');
    expect(given(desk, 'withdraw')).toEqual([]);
    await user.type(at('down-reason'), 'তথ্য ভুল{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'withdraw')).toEqual([{ story: 's1', reason: 'তথ্য ভুল' }]);
    });
    await waitFor(() => {
      expect(at('delivery')).toHaveTextContent('পাঠক এখনো পেতে পারেন');
    });
    expect(standing()).toHaveTextContent('তুলে নেওয়া হচ্ছে');
    desk.moveIntent('s1', { state: 'confirmed' });
    await waitFor(() => {
      expect(standing()).toHaveAttribute('data-public', 'withdrawn');
    });
    expect(at('delivery')).toHaveTextContent('পাঠক পাচ্ছেন না');
    expect(screen.queryByTestId('open-public')).toBeNull();
    expect(document.body).not.toHaveTextContent('প্রকাশিত হয়েছে');
    expect(at('publish')).toHaveAccessibleName(`“${content().headline}” আবার প্রকাশ করুন`);
  });

  test('a kill wants a second, deliberate step', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'kill');
    await user.type(at('down-reason'), 'আদালতের নির্দেশ{Control>}{Enter}{/Control}');
    expect(given(desk, 'kill')).toEqual([]);
    expect(at('kill-sure')).toHaveFocus();
    expect(await screen.findByText(/ওপরের ঘরে টিক দিন/)).toBeInTheDocument();
    await user.keyboard(' ');
    await user.click(at('confirm-down'));
    await waitFor(() => {
      expect(given(desk, 'kill')).toEqual([{ story: 's1', reason: 'আদালতের নির্দেশ' }]);
    });
  });

  test('that the desk refuses keeps the reason on the screen', async () => {
    desk.failing.set('withdraw', failure('store_broken'));
    const { user } = await openFirst(desk);
    await choose(user, 'withdraw');
    await user.type(at('down-reason'), 'তথ্য ভুল{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/ডিস্ক থেকে ত্রুটি/)).toBeInTheDocument();
    expect(at('down-reason')).toHaveValue('তথ্য ভুল');
  });

  test('Escape does nothing but close', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'kill');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(given(desk, 'kill')).toEqual([]);
  });
});
