/** Stories that leave and come as files. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, test } from 'vitest';
import { locale } from '../../src/i18n';
import type { PackageView } from '../../src/wire/generated';
import { faults } from '../support/axe';
import { failure, type FakeDesk } from '../support/fakeDesk';
import { content } from '../support/stories';
import { openMenu } from '../support/ways';
import { at, deskWith, given, openWindow } from '../support/window';

let desk: FakeDesk;

const CAME: PackageView = {
  story: 's-other',
  what: 'story',
  by: 'শিউলি',
  fingerprint: 'ffff-0000',
  sealed: true,
  is_new: true,
  versions: 3,
  text: 'draft',
  revision: null,
  filed: true,
  settled: 0,
};
const stick = () => new File(['age'], 'khabar.story');

async function saving() {
  const opened = await openWindow(desk);
  await opened.room.carrying.askToSave();
  await screen.findByTestId('save-package');
  return opened;
}

beforeEach(() => {
  locale.current = 'bn';
  desk = deskWith(content());
});

describe('saving a package', () => {
  test('wants an address before it seals', async () => {
    const { user, room } = await saving();
    expect(at('confirm-package')).toBeDisabled();
    await user.type(at('package-address'), 'age1desk');
    await user.click(at('confirm-package'));
    await waitFor(() => {
      expect(room.dialog).toBeNull();
    });
    const story = room.session?.story;
    expect(given(desk, 'save_package')).toEqual([
      { story, what: 'story', to: { kind: 'desk', address: 'age1desk' } },
    ]);
    expect(screen.getByText(/“khosra-packages” ফোল্ডারে.*“khabar\.story”/)).toBeInTheDocument();
  });

  test('that is called off where the system asks for the place stays on the screen, and says nothing', async () => {
    desk.packages.saved = { name: null, folder: null };
    const { user } = await saving();
    await user.type(at('package-address'), 'age1desk');
    await user.click(at('confirm-package'));
    await waitFor(() => {
      expect(at('confirm-package')).toBeEnabled();
    });
    expect(given(desk, 'save_package')).toHaveLength(1);
    expect(at('package-address')).toHaveValue('age1desk');
    expect(screen.queryByTestId('toast')).toBeNull();
  });

  test('that finds no room there says so and stays on the screen', async () => {
    desk.failing.set('save_package', failure('package_not_written', {}, 'EROFS'));
    const { user } = await saving();
    await user.type(at('package-address'), 'age1desk');
    await user.click(at('confirm-package'));
    expect(await screen.findByText(/অন্য ফোল্ডার বেছে নিন/)).toBeInTheDocument();
    expect(at('save-package')).toBeInTheDocument();
  });

  test("is asked for in the story's menu", async () => {
    const { user } = await openWindow(desk);
    await openMenu(user);
    at('save-as-package').focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('save-package')).toBeInTheDocument();
  });

  test('offers the desk that it went to last, by name', async () => {
    desk.packages.people = [{ name: 'সম্পাদক', fingerprint: '1111-2222', address: 'age1desk' }];
    desk.packages.lastTo = 'age1desk';
    const { user } = await saving();
    expect(at('package-reader')).toHaveTextContent('সম্পাদক');
    await user.click(at('confirm-package'));
    await waitFor(() => {
      expect(given(desk, 'save_package')).toMatchObject([{ to: { kind: 'desk', address: 'age1desk' } }]);
    });
  });

  test('that failed stays on the screen', async () => {
    desk.failing.set('save_package', failure('package_address'));
    const { user } = await saving();
    await user.type(at('package-address'), 'nonsense');
    await user.click(at('confirm-package'));
    expect(await screen.findByText(/কোনো ডেস্কের ঠিকানা নয়/)).toBeInTheDocument();
    expect(at('package-address')).toHaveValue('nonsense');
  });

  test('can be done by everybody', async () => {
    await saving();
    expect(await faults()).toEqual([]);
  });
});

describe('opening a package', () => {
  test('says whose story came, and leads to it', async () => {
    desk.packages.comes = () => CAME;
    const { user } = await openWindow(desk);
    await user.upload(at('package-input'), stick());
    expect(await screen.findByText(/শিউলি-এর খবরটি এসেছে/)).toBeInTheDocument();
  });

  test('asks who a stranger is, and keeps nothing when nobody knows', async () => {
    const asked: (string | null)[] = [];
    desk.packages.comes = (trust) => {
      asked.push(trust);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
      if (!trust) throw failure('package_stranger', { name: 'শিউলি', fingerprint: 'ffff-0000' });
      return CAME;
    };
    const { user } = await openWindow(desk);
    await user.upload(at('package-input'), stick());
    expect(await screen.findByTestId('stranger')).toHaveTextContent('ffff-0000');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByTestId('stranger')).toBeNull();
    });
    expect(asked).toEqual([null]);
    await user.upload(at('package-input'), stick());
    await user.click(await screen.findByTestId('confirm-stranger'));
    expect(await screen.findByText(/শিউলি-এর খবরটি এসেছে/)).toBeInTheDocument();
    expect(asked).toEqual([null, null, 'ffff-0000']);
  });

  test('by dropping it anywhere puts no photo into the open story', async () => {
    desk.packages.comes = () => ({ ...CAME, text: 'known', is_new: false, sealed: false });
    await openWindow(desk);
    await fireEvent.drop(at('headline'), { dataTransfer: { files: [stick()], types: ['Files'] } });
    expect(await screen.findByText(/আগে থেকেই আছে/)).toBeInTheDocument();
    expect(screen.getByText(/সিল করা ছিল না/)).toBeInTheDocument();
  });

  test('that takes its time shows how far it is, and can be left: nothing of it comes in', async () => {
    let come = () => {};
    desk.packages.way = new Promise((resolve) => (come = resolve));
    desk.packages.comes = () => CAME;
    const { user, room } = await openWindow(desk);
    await user.upload(at('package-input'), stick());
    expect(screen.queryByTestId('package-opening')).toBeNull();
    const shown = await screen.findByTestId('package-opening');
    desk.tell({ kind: 'package_step', done: 3, of: 12 });
    await waitFor(() => {
      expect(shown).toHaveTextContent('ছবি: ১২টির মধ্যে ৩টি');
    });
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    expect(await faults()).toEqual([]);
    await user.keyboard('{Escape}');
    expect(given(desk, 'leave_package')).toHaveLength(1);
    come();
    expect(await screen.findByText(/তার কিছুই রাখা হ/)).toBeInTheDocument();
    await waitFor(() => {
      expect(screen.queryByTestId('package-opening')).toBeNull();
    });
    expect(room.carrying.opening).toBe(false);
    expect(screen.queryByText(/খবরটি এসেছে/)).toBeNull();
  });

  test('that was whole before it could be left is told as ever', async () => {
    let come = () => {};
    desk.packages.way = new Promise((resolve) => (come = resolve));
    desk.packages.comes = () => CAME;
    const { user } = await openWindow(desk);
    await user.upload(at('package-input'), stick());
    await user.click(await screen.findByTestId('leave-package'));
    desk.packages.left = false;
    come();
    expect(await screen.findByText(/শিউলি-এর খবরটি এসেছে/)).toBeInTheDocument();
  });

  test('that is damaged is said in plain words', async () => {
    desk.packages.comes = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
      throw failure('package_damaged');
    };
    const { user } = await openWindow(desk);
    await user.upload(at('package-input'), stick());
    expect(await screen.findByText(/কিছু নেওয়া হয়নি/)).toBeInTheDocument();
  });
});
