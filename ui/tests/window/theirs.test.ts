/** Another version stands at the portal, or the portal kept something otherwise: a person decides. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Content, IntentView } from '../../src/wire/generated';
import { AT, failure, type FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { openFirst, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

const THEIRS = 'পোর্টালে লেখা অন্য শিরোনাম';
let desk: FakeDesk;

/** The story's correction is stuck before a version that somebody wrote at the portal. */
async function changedThere(patch: Partial<Content> = { headline: THEIRS }): Promise<void> {
  await desk.call('publish', { story: 's1', counter: 1 });
  const kept = desk.stories.get('s1')!;
  const revision = {
    number: 1,
    hash: 'h',
    parent: null,
    at: AT,
    reason: 'portal',
    author: 'দৈনিক',
    words: 9,
  };
  kept.revisions.unshift({
    revision: { ...revision, reason: 'portal' },
    content: { ...kept.content, ...patch },
  });
  desk.moveIntent('s1', {
    state: 'blocked',
    cause: 'changed_on_portal',
    theirs: {
      revision: 1,
      at: AT,
      live: true,
      lost: [
        { kind: 'block', name: 'latest-posts' },
        { kind: 'photo', name: 'ভেজা ঘাট' },
      ],
    },
  });
}

const DIFFERS: Partial<IntentView> = {
  state: 'blocked',
  cause: 'read_back_differs',
  acceptable: true,
  public_url: 'http://127.0.0.1:4000/a',
  differences: [
    { at: '/photos/0/credit', sent: 'রফিক', kept: '' },
    { at: '/kicker', sent: 'ক', kept: 'খ' },
  ],
};

describe('the portal has another version', () => {
  beforeEach(() => {
    desk = deskWith(content(), content(MORE[0]));
    withReaders(desk, 'live');
  });

  test('it is said with four ways on, and what has no place here is named', async () => {
    await changedThere();
    await openFirst(desk);
    const way = await screen.findByTestId('theirs');
    expect(way).toHaveTextContent('পোর্টালে কেউ এই খবর বদলেছেন');
    expect(way).toHaveTextContent('latest-posts');
    expect(way).toHaveTextContent('ভেজা ঘাট');
    expect(within(way).getAllByRole('button')).toHaveLength(4);
    expect(screen.queryByTestId('send-now')).toBeNull();
    expect(at('cancel-intent')).toBeInTheDocument();
  });

  test('in English too', async () => {
    await changedThere();
    desk.settings = { ...desk.settings, language: 'en' };
    await openFirst(desk);
    await waitFor(() => {
      expect(at('theirs')).toHaveTextContent('Somebody changed this story at the portal.');
    });
    expect(screen.getByRole('button', { name: 'Publish mine over it' })).toBeInTheDocument();
  });

  test('the version opens in the history, beside what is written here', async () => {
    await changedThere();
    const { user } = await openFirst(desk);
    await user.click(await screen.findByTestId('see-theirs'));
    expect(await screen.findByTestId('difference')).toHaveTextContent(THEIRS);
    expect(at('revisions')).toHaveTextContent('পোর্টালে বদলানো · দৈনিক');
    expect(given(desk, 'accept_theirs')).toEqual([]);
  });

  test('a change of a caption alone is a difference', async () => {
    const photo = { ...content().photos[0]!, caption: 'পোর্টালে বদলানো ক্যাপশন' };
    await changedThere({ photos: [photo] });
    const { user } = await openFirst(desk);
    await user.click(await screen.findByTestId('see-theirs'));
    expect(await screen.findByTestId('difference')).toHaveTextContent('পোর্টালে বদলানো ক্যাপশন');
  });

  test('taking it over puts its words on the screen, after what was typed is on disk', async () => {
    await changedThere();
    const { user, room } = await openFirst(desk);
    await user.type(at('headline'), ' শেষ কথা');
    await user.click(await screen.findByTestId('accept-theirs'));
    await waitFor(() => {
      expect(at('headline')).toHaveValue(THEIRS);
    });
    const names = desk.calls.map((call) => call.name);
    expect(names.lastIndexOf('save_draft')).toBeLessThan(names.indexOf('accept_theirs'));
    expect(given(desk, 'accept_theirs')).toEqual([{ intent: 'i-s1-0', revision: 1 }]);
    expect(room.session?.content().headline).toBe(THEIRS);
    expect(screen.queryByTestId('theirs')).toBeNull();
  });

  test('publishing over it names the version that was shown, and a refusal is said', async () => {
    await changedThere();
    desk.failing.set('publish_over', failure('moved_on'));
    const { user } = await openFirst(desk);
    await user.click(await screen.findByTestId('publish-over'));
    expect(await screen.findByText(/এর মধ্যে লেখা বদলেছে/)).toBeInTheDocument();
    desk.failing.delete('publish_over');
    await user.click(at('publish-over'));
    await waitFor(() => {
      expect(screen.queryByTestId('theirs')).toBeNull();
    });
    expect(given(desk, 'publish_over').at(-1)).toEqual({ intent: 'i-s1-0', revision: 1 });
  });

  test('the outbox offers the same, and leads to the story', async () => {
    await changedThere();
    const { user, room } = await openFirst(desk);
    await room.open('s2');
    room.dialog = 'outbox';
    const outbox = await screen.findByTestId('outbox');
    await user.click(within(outbox).getByTestId('see-theirs'));
    expect(await screen.findByTestId('difference')).toHaveTextContent(THEIRS);
    expect(room.session?.story).toBe('s1');
  });

  test('a look at the portal says what it found', async () => {
    await desk.call('publish', { story: 's1', counter: 1 });
    const { user, room } = await openFirst(desk);
    room.layout.showTab('history');
    await user.click(await screen.findByTestId('look-at-portal'));
    expect(await screen.findByText('পোর্টালে কেউ খবরটি বদলাননি।')).toBeInTheDocument();
  });
});

describe('the portal kept something otherwise', () => {
  beforeEach(() => {
    desk = deskWith(content(), content(MORE[0]));
  });

  test('it is delivered, in amber, with every difference by its name', async () => {
    await desk.call('publish', { story: 's1', counter: 1 });
    desk.moveIntent('s1', DIFFERS);
    await openFirst(desk);
    const line = await screen.findByTestId('delivery');
    expect(within(line).getByText('পৌঁছেছে, তবে কিছু অমিল আছে').parentElement).toHaveClass('amber');
    expect(at('differences')).toHaveTextContent('ছবি ১, কৃতজ্ঞতা: পাঠানো হয়েছে “রফিক”, পোর্টালে আছে “কিছু নেই”');
    expect(at('differences')).toHaveTextContent('/kicker');
    expect(at('send-now')).toBeInTheDocument();
  });

  test('accepting it ends the matter and keeps the differences with who said so', async () => {
    await desk.call('publish', { story: 's1', counter: 1 });
    desk.moveIntent('s1', DIFFERS);
    const { user } = await openFirst(desk);
    await user.click(await screen.findByTestId('accept-differences'));
    expect(await screen.findByTestId('accepted')).toHaveTextContent('রুমানা');
    expect(at('accepted')).toHaveTextContent('রফিক');
    expect(given(desk, 'accept_differences')).toEqual([{ intent: 'i-s1-0' }]);
    expect(at('delivery')).toHaveAttribute('data-state', 'confirmed');
  });

  test('what readers do not have can only be sent again', async () => {
    await desk.call('publish', { story: 's1', counter: 1 });
    desk.moveIntent('s1', { ...DIFFERS, acceptable: false });
    await openFirst(desk);
    expect(await screen.findByTestId('differences')).toBeInTheDocument();
    expect(screen.queryByTestId('accept-differences')).toBeNull();
    expect(at('send-now')).toBeInTheDocument();
  });
});
