/** The preview of a story that readers have in another version: the draft's page, theirs, and the difference. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { openFirst, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

let desk: FakeDesk;
const pages = () => screen.getByRole('group', { name: 'কোন পাতা' });
const choice = (name: string) => within(pages()).getByRole('radio', { name });

async function openPreview() {
  const opened = await openFirst(desk);
  await opened.user.click(at('tab-preview'));
  await screen.findByTestId('preview-frame');
  return opened;
}

beforeEach(() => {
  desk = deskWith(content(), content(MORE[0]));
  withReaders(desk, 'live');
  const kept = desk.stories.get('s1')!;
  kept.differs = true;
  desk.readers.content.set('s1', { ...kept.content, headline: 'আগের শিরোনাম', section: 'sports' });
});

describe('a story that readers have in another version', () => {
  test('says so above it, and says nothing where they have what stands here', async () => {
    const { room } = await openFirst(desk);
    expect(at('differs')).toHaveTextContent('পাঠক অন্য সংস্করণ দেখছেন');
    await room.open('s2');
    await waitFor(() => {
      expect(room.session?.story).toBe('s2');
    });
    expect(screen.queryByTestId('differs')).toBeNull();
  });

  test('offers the draft, the live page and the difference, by keyboard alone', async () => {
    const { user, room } = await openPreview();
    const written = room.session!.content();
    desk.readers.content.set('s1', { ...written, headline: 'আগের শিরোনাম', section: 'sports' });
    choice('খসড়া').focus();
    await user.keyboard('{ArrowRight}');
    expect(choice('প্রকাশিত পাতা')).toBeChecked();
    await waitFor(() => {
      expect(room.preview?.page?.frame.html).toContain('আগের শিরোনাম');
    });
    expect(at('preview-since')).toHaveTextContent('পাঠক এটি পাচ্ছেন');
    expect(screen.getByTitle('পাঠক এখন যা পাচ্ছেন')).toBeInTheDocument();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => {
      expect(at('preview-changes')).toHaveTextContent('১টি বদল');
    });
    expect(at('preview-unseen')).toHaveTextContent('বিভাগ');
  });

  test('is compared once the keys have rested, and the live page is not asked for at every key', async () => {
    const { user, room } = await openPreview();
    await user.click(choice('প্রকাশিত পাতা'));
    await waitFor(() => {
      expect(room.preview?.live).not.toBeNull();
    });
    const asked = () => given(desk, 'preview').length;
    const before = asked();
    await user.type(at('headline'), ' আরও');
    expect(asked()).toBe(before);
    await user.click(choice('পার্থক্য'));
    await waitFor(() => {
      expect(room.preview?.page?.frame.html).toContain('<ins');
    });
    const first = asked();
    await user.type(at('headline'), ' কিছু কথা');
    expect(asked()).toBe(first);
    await waitFor(
      () => {
        expect(room.preview?.page?.frame.html).toContain('কিছু কথা');
      },
      { timeout: 2_000 },
    );
    expect(asked()).toBe(first + 1);
  });

  test('shows the draft again once readers have it, and offers no choice then', async () => {
    const { user, room } = await openPreview();
    await user.click(choice('পার্থক্য'));
    await waitFor(() => {
      expect(room.preview?.live).not.toBeNull();
    });
    desk.stories.get('s1')!.differs = false;
    await room.lookAgain('s1');
    await waitFor(() => {
      expect(room.preview?.show).toBe('draft');
    });
    await waitFor(() => {
      expect(room.preview?.live).toBeNull();
    });
    expect(screen.queryByRole('group', { name: 'কোন পাতা' })).toBeNull();
  });

  test('that is not on this computer is said so, and the draft is a click away', async () => {
    desk.readers.content.clear();
    const { user } = await openPreview();
    await user.click(choice('প্রকাশিত পাতা'));
    expect(await screen.findByText(/এই কম্পিউটারে নেই/)).toBeInTheDocument();
    await user.click(choice('খসড়া'));
    await waitFor(() => {
      expect(screen.queryByText(/এই কম্পিউটারে নেই/)).toBeNull();
    });
  });
});

test('a story that readers have as it is offers nothing to choose', async () => {
  desk.stories.get('s1')!.differs = false;
  await openPreview();
  expect(screen.queryByRole('group', { name: 'কোন পাতা' })).toBeNull();
});
