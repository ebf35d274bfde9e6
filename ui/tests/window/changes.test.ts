/** A change to a story that readers have: what kind it is, and what they are told. */
import { screen, waitFor } from '@testing-library/svelte';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeDesk } from '../support/fakeDesk';
import { content, MORE } from '../support/stories';
import { openFirst, withReaders } from '../support/ways';
import { at, deskWith, given } from '../support/window';

let desk: FakeDesk;

const kinds = () => screen.getByRole('group', { name: 'কী ধরনের বদল?' });
const kind = (name: string) => screen.getByRole('radio', { name });

async function askToPublish(): Promise<UserEvent> {
  const { user } = await openFirst(desk);
  await waitFor(() => {
    expect(at('publish')).toHaveAttribute('data-ready', 'true');
  });
  await user.click(at('publish'));
  await screen.findByTestId('confirm-publish');
  return user;
}

describe('a change that readers get', () => {
  beforeEach(() => {
    desk = deskWith(content(), content(MORE[0]));
    withReaders(desk, 'live');
    desk.stories.get('s1')!.differs = true;
  });

  test('is of no kind until a person says so, and the caret is there', async () => {
    const user = await askToPublish();
    await waitFor(() => {
      expect(kinds()).toContainElement(document.activeElement as HTMLElement);
    });
    await user.click(at('confirm-publish'));
    expect(given(desk, 'publish')).toEqual([]);
    expect(kinds()).toContainElement(document.activeElement as HTMLElement);
    expect(screen.getByText('একটি বেছে নিন; পাঠককে সেভাবেই জানানো হবে।')).toHaveClass('fault');
  });

  test('goes with its kind and the words for readers, by keyboard alone', async () => {
    const user = await askToPublish();
    kind('বানান').focus();
    await user.keyboard(' {ArrowRight}{ArrowRight}{ArrowRight}');
    expect(kind('সংশোধনী')).toBeChecked();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(at('change-note')).toHaveFocus();
    expect(at('change-note')).toHaveAccessibleDescription('কী বদলেছে লিখুন; পাঠককে জানানো হবে।');
    expect(given(desk, 'publish')).toEqual([]);
    await user.type(at('change-note'), ' আগে পাঁচজন লেখা ছিল। {Control>}{Enter}{/Control}');
    await waitFor(() => {
      expect(given(desk, 'publish')).toMatchObject([
        { story: 's1', notice: { kind: 'correction', note: 'আগে পাঁচজন লেখা ছিল।' } },
      ]);
    });
  });

  test('that is a slip of the pen asks for no words', async () => {
    const user = await askToPublish();
    await user.click(kind('বানান'));
    expect(screen.queryByTestId('change-note')).toBeNull();
    await user.click(at('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toMatchObject([{ notice: { kind: 'typo', note: '' } }]);
    });
  });

  test('where the portal shows no notice, it promises none and says so beside the words', async () => {
    desk.portals = desk.portals.map((portal) => ({ ...portal, tells_changes: false }));
    const user = await askToPublish();
    expect(at('change')).not.toHaveTextContent('জানানো হবে');
    await user.click(kind('হালনাগাদ'));
    expect(at('change-note')).toHaveAccessibleDescription(/পাতায় এটি দেখায় না/);
  });

  test('a first publication asks nothing of the kind', async () => {
    withReaders(desk, 'never');
    const user = await askToPublish();
    expect(screen.queryByTestId('change')).toBeNull();
    await user.click(at('confirm-publish'));
    await waitFor(() => {
      expect(given(desk, 'publish')).toHaveLength(1);
    });
    expect(given(desk, 'publish')[0]).not.toHaveProperty('notice');
  });
});
