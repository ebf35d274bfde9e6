/** A story goes back to its author with a reason, or is asked back from the desk. */
import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { now } from '../../src/i18n';
import type { Axes } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { AT, failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { choose, openFirst, openMenu, standing } from '../support/ways';
import { at, deskWith, given, openWindow, saves } from '../support/window';

let desk: FakeDesk;

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(AT));
  now.current = Date.now();
  desk = deskWith(content(), content(MORE[0]));
});
afterEach(() => {
  vi.restoreAllMocks();
  now.current = Date.now();
});

function standsAt(state: Axes['desk'], story = 's1'): void {
  const kept = desk.stories.get(story)!;
  kept.axes = { ...kept.axes, desk: state, approval: null, fallen: null, delivery: null, public: 'never' };
}

describe('returning', () => {
  beforeEach(() => {
    standsAt('in_edit');
  });

  test('wants a reason, counts its letters, and goes with the version on the screen', async () => {
    const { user } = await openFirst(desk);
    await user.type(at('headline'), ' আজ');
    await choose(user, 'return');
    await waitFor(() => {
      expect(at('return-reason')).toHaveFocus();
    });
    expect(at('return-reason')).toHaveAccessibleDescription('প্রতিবেদক এটি খবরের ওপরে পড়বেন।');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(at('return-reason')).toHaveAccessibleDescription('কারণ লিখতে হবে।');
    expect(at('return-reason')).toHaveFocus();
    expect(given(desk, 'return_story')).toEqual([]);
    await user.type(at('return-reason'), ' সূত্র কে? ');
    expect(at('return-letters')).toHaveTextContent('১,০০০ অক্ষরের মধ্যে ৯');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'return_story')).toEqual([
        { story: 's1', counter: saves(desk).at(-1)!.counter, reason: 'সূত্র কে?' },
      ]);
    });
    await waitFor(() => {
      expect(screen.queryByTestId('return-reason')).toBeNull();
    });
    expect(standing()).toHaveTextContent('ফেরত');
    expect(at('delivery')).toHaveTextContent('ফেরত পাঠানোর অপেক্ষায়');
    expect(at('cancel-intent')).toHaveTextContent('ফেরত পাঠানো বাদ দিন');
    desk.moveIntent('s1', { state: 'confirmed' });
    expect(await screen.findByText(/প্রতিবেদকের কাছে ফেরত গেছে/)).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent('প্রকাশিত হয়েছে');
  });

  test('a reason that is too long is not cut, and not sent', async () => {
    const { user } = await openFirst(desk);
    await choose(user, 'return');
    await user.click(at('return-reason'));
    await user.paste('ক'.repeat(1_001));
    expect(at('return-reason')).toHaveAccessibleDescription(/সর্বোচ্চ ১,০০০/);
    expect(at('return-letters')).toHaveTextContent('১,০০০ অক্ষরের মধ্যে ১,০০১');
    await user.click(at('confirm-return'));
    expect(given(desk, 'return_story')).toEqual([]);
    expect(at('return-reason')).toHaveValue('ক'.repeat(1_001));
  });

  test('that the desk refuses keeps the reason on the screen', async () => {
    desk.failing.set('return_story', failure('refused_not_filed'));
    const { user } = await openFirst(desk);
    await choose(user, 'return');
    await user.type(at('return-reason'), 'সূত্র কে?{Control>}{Enter}{/Control}');
    expect(await screen.findByText('খবরটি ডেস্কে নেই।')).toBeInTheDocument();
    expect(at('return-reason')).toHaveValue('সূত্র কে?');
  });

  test('by Ctrl+Shift+R, and where it cannot be, the key says why', async () => {
    const { user, room } = await openFirst(desk);
    await user.keyboard('{Control>}{Shift>}R{/Shift}{/Control}');
    expect(await screen.findByTestId('return-reason')).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await room.open('s2');
    await waitFor(() => {
      expect(room.session?.story).toBe('s2');
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    await user.keyboard('{Control>}{Shift>}R{/Shift}{/Control}');
    expect(await screen.findByText('খবরটি ডেস্কে নেই।')).toBeInTheDocument();
    expect(screen.queryByTestId('return-reason')).toBeNull();
  });

  test('is offered to who works at the desk, and to nobody else', async () => {
    desk.role = 'sub_editor';
    const { user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual(['way-return', 'way-flag']);
  });

  test('is not offered to a correspondent, nor by a portal without a desk', async () => {
    desk.role = 'correspondent';
    const { room, user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual(['way-flag']);
    await user.keyboard('{Escape}');
    expect(at('publish')).toHaveAccessibleDescription('খবরটির সম্পাদনা চলছে ডেস্কে');
    room.start = { ...room.start, role: 'editor' };
    room.desk.queue.hasDesk = false;
    await waitFor(() => {
      expect(at('ways-menu')).toBeInTheDocument();
    });
    expect(screen.queryByTestId('way-return')).toBeNull();
  });

  test.each(['bn', 'en'] as const)('the question has no fault in %s', async (language) => {
    desk.settings = { ...desk.settings, language };
    const { user } = await openFirst(desk);
    await choose(user, 'return');
    expect(at('confirm-return')).toHaveTextContent(language === 'bn' ? /ফেরত পাঠান$/ : /^Return “/);
    expect(await faults()).toEqual([]);
  });
});

describe('recalling', () => {
  beforeEach(() => {
    desk.role = 'correspondent';
  });

  test('what has not left this computer asks nothing', async () => {
    await desk.call('file', { story: 's1', counter: 1 });
    const { user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual(['way-recall', 'way-flag']);
    at('way-recall').focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/আবার খসড়ায়; ডেস্কে কিছু পাঠানো হয়নি/)).toBeInTheDocument();
    expect(given(desk, 'recall_story')).toEqual([{ story: 's1' }]);
    expect(standing()).toHaveTextContent('খসড়া');
  });

  test('what the desk has is asked about, and may still be taken until the portal confirms', async () => {
    standsAt('filed');
    const { user } = await openFirst(desk);
    const asked = await choose(user, 'recall');
    expect(asked).toHaveTextContent('এর মধ্যে কেউ হাতে নিয়ে থাকলে তা ডেস্কেই থাকবে');
    expect(given(desk, 'recall_story')).toEqual([]);
    expect(await faults()).toEqual([]);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/ডেস্কের কেউ হাতে নিতে পারেন/)).toBeInTheDocument();
    expect(given(desk, 'recall_story')).toEqual([{ story: 's1' }]);
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(at('cancel-intent')).toHaveTextContent('ডেস্কেই থাকুক');
    desk.moveIntent('s1', { state: 'blocked', cause: 'conflict' });
    await waitFor(() => {
      expect(at('delivery')).toHaveTextContent('ডেস্কের কেউ আগেই খবরটি হাতে নিয়েছেন');
    });
  });

  test('is found in the palette', async () => {
    standsAt('filed');
    const { user } = await openFirst(desk);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByTestId('palette'), 'recall{Enter}');
    expect(await screen.findByTestId('confirm-recall')).toBeInTheDocument();
  });

  test('is not offered of what somebody at the desk works on', async () => {
    standsAt('in_edit');
    const { user } = await openFirst(desk);
    expect(await openMenu(user)).toEqual(['way-flag']);
  });
});

describe('a story that came back', () => {
  beforeEach(() => {
    desk.role = 'correspondent';
  });

  test('says who returned it, when and why, and can be handed in again', async () => {
    standsAt('returned');
    const review = { by: 'নাসরিন আক্তার', at: '2026-11-24T07:58:00Z', reason: 'সূত্র কে?', theirs: null };
    desk.stories.get('s1')!.review = review;
    await openFirst(desk);
    expect(at('review')).toHaveTextContent('২ মিনিট আগে ফেরত পাঠিয়েছেন নাসরিন আক্তার।');
    expect(at('review-reason')).toHaveTextContent('সূত্র কে?');
    expect(screen.queryByTestId('see-desk-text')).toBeNull();
    expect(standing()).toHaveTextContent('ফেরত');
    expect(at('publish')).toHaveAttribute('data-ready', 'true');
    expect(await faults()).toEqual([]);
  });

  test('without a reason, because somebody set it back at the portal itself, says that', async () => {
    standsAt('returned');
    desk.stories.get('s1')!.review = { by: 'পদ্মাপাড়ের খবর', at: AT, reason: '', theirs: null };
    await openFirst(desk);
    expect(at('review-reason')).toHaveTextContent('কারণ লেখা হয়নি।');
  });

  test('shows the desk’s text beside the author’s where both were written', async () => {
    standsAt('returned');
    const kept = desk.stories.get('s1')!;
    const revision = { number: 4, hash: 'h', parent: null, at: AT, author: 'নাসরিন আক্তার', words: 9 };
    kept.revisions.unshift({
      revision: { ...revision, reason: 'portal' },
      content: { ...kept.content, headline: 'ডেস্কের শিরোনাম' },
    });
    kept.review = { by: 'নাসরিন আক্তার', at: AT, reason: 'সূত্র কে?', theirs: 4 };
    const { user } = await openFirst(desk);
    expect(at('review')).toHaveTextContent('তাই এখানে আপনার লেখাই আছে; ডেস্কের লেখা ইতিহাসে।');
    await user.click(at('see-desk-text'));
    expect(await screen.findByTestId('difference')).toHaveTextContent('ডেস্কের শিরোনাম');
  });

  test('is told of by a notice that opens it, in few of its words', async () => {
    standsAt('filed', 's2');
    const { user, room } = await openFirst(desk);
    desk.queue.giveBack('s2', { reason: `সূত্র কে? ${'ক'.repeat(300)}` });
    const notice = await screen.findByTestId('toast');
    expect(notice).toHaveTextContent(`“${MORE[0]!.headline}” ফেরত পাঠিয়েছেন নাসরিন আক্তার: সূত্র কে?`);
    expect(notice.textContent.length).toBeLessThan(260);
    await user.click(at('toast-act'));
    await waitFor(() => {
      expect(room.session?.story).toBe('s2');
    });
    expect(at('review-reason')).toHaveTextContent('ক'.repeat(300));
  });

  test('while it is open, shows the desk’s words at once and needs no notice', async () => {
    standsAt('filed');
    const { room } = await openFirst(desk);
    desk.queue.giveBack('s1', {}, { headline: 'ডেস্কের শিরোনাম' });
    expect(await screen.findByTestId('review')).toHaveTextContent('সূত্র কে?');
    await waitFor(() => {
      expect(at('headline')).toHaveValue('ডেস্কের শিরোনাম');
    });
    expect(room.session?.autosave.counter).toBe(2);
    expect(screen.queryByTestId('toast')).toBeNull();
    expect(saves(desk)).toEqual([]);
  });

  test('while it is being written, leaves what was written and keeps the desk’s words as a version', async () => {
    standsAt('filed');
    const { room } = await openFirst(desk);
    // At once, before any of it can be on disk.
    room.session?.change({ headline: `${content().headline} আজ` });
    desk.queue.giveBack('s1', {}, { headline: 'ডেস্কের শিরোনাম' });
    expect(await screen.findByText(/আপনি লেখার মধ্যেই .* ফেরত এসেছে/)).toBeInTheDocument();
    expect(at('headline')).toHaveValue(`${content().headline} আজ`);
    expect(given(desk, 'cut_revision')).toContainEqual({ story: 's1', reason: 'portal' });
    const kept = desk.stories.get('s1')!;
    expect(kept.revisions.map((each) => each.content.headline)).toContain('ডেস্কের শিরোনাম');
    await waitFor(() => {
      expect(kept.content.headline).toBe(`${content().headline} আজ`);
    });
    expect(screen.getAllByTestId('toast')).toHaveLength(1);
  });

  test('an answer from before the last save takes nothing back from the screen', async () => {
    standsAt('filed');
    const { room } = await openFirst(desk);
    const old = await desk.call('open_story', { story: 's1' });
    let settle: () => void = () => undefined;
    const late = async () => {
      await new Promise<void>((resolve) => (settle = resolve));
      return old;
    };
    Object.assign(desk.answers, { open_story: late });
    standsAt('in_edit');
    const { axes } = desk.stories.get('s1')!;
    desk.tell({ kind: 'story_moved', story: 's1', axes, public: axes.public });
    room.session?.change({ headline: 'পরে লেখা শিরোনাম' });
    await room.session?.autosave.flush();
    expect(desk.stories.get('s1')!.content.headline).toBe('পরে লেখা শিরোনাম');
    settle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(at('headline')).toHaveValue('পরে লেখা শিরোনাম');
  });

  test('whoever gave it back may publish it all the same, and is not invited to', async () => {
    desk.role = 'editor';
    standsAt('in_edit');
    const { room } = await openFirst(desk);
    await waitFor(() => {
      expect(at('publish')).toHaveClass('accent');
    });
    standsAt('returned');
    const { axes } = desk.stories.get('s1')!;
    desk.tell({ kind: 'story_moved', story: 's1', axes, public: axes.public });
    await waitFor(() => {
      expect(room.session?.view.axes.desk).toBe('returned');
      expect(at('publish')).not.toHaveClass('accent');
    });
    expect(at('publish')).toHaveAttribute('data-ready', 'true');
  });

  test('in English too', async () => {
    desk.settings = { ...desk.settings, language: 'en' };
    standsAt('returned');
    desk.stories.get('s1')!.review = { by: 'Nasrin', at: AT, reason: 'Who said so?', theirs: 1 };
    await openFirst(desk);
    expect(at('review')).toHaveTextContent('Nasrin returned it just now.');
    expect(screen.getByRole('button', { name: 'See the desk’s text' })).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });
});

test('what was taken over words of our own keeps both, and shows the portal’s', async () => {
  standsAt('in_edit');
  desk.stories.get('s1')!.review = { by: '', at: AT, reason: '', theirs: 1 };
  await openWindow(desk).then(({ room }) => room.open('s1'));
  expect(await screen.findByTestId('review')).toHaveTextContent('পোর্টালেরটি ইতিহাসে');
  expect(screen.queryByTestId('review-reason')).toBeNull();
  expect(at('see-desk-text')).toHaveTextContent('পোর্টালের সংস্করণ দেখুন');
});
