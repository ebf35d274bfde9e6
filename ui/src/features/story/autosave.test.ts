import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandError, Content, SaveDraft, SavedView } from '../../wire/generated';
import { AT_MOST, Autosave, IDLE, LATE } from './autosave.svelte';

const FULL: CommandError = { code: 'store_full', params: {}, detail: 'SQLITE_FULL' };

/** A disk whose answers the test gives, one by one. */
class Disk {
  readonly drafts: SaveDraft[] = [];
  readonly #answers: PromiseWithResolvers[] = [];

  readonly save = (draft: SaveDraft): Promise<SavedView> => {
    this.drafts.push(draft);
    return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }));
  };

  get bodies(): string[] {
    return this.drafts.map((draft) => draft.content.body);
  }

  async answer(counter = this.drafts.at(-1)!.counter): Promise<void> {
    this.#answers.shift()!.resolve({ counter, saved_at: '2026-11-24T08:00:00Z' } as SavedView);
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(error: CommandError = FULL): Promise<void> {
    this.#answers.shift()!.reject(error);
    await vi.advanceTimersByTimeAsync(0);
  }
}

interface PromiseWithResolvers {
  resolve: (view: SavedView) => void;
  reject: (error: CommandError) => void;
}

function desk() {
  const disk = new Disk();
  const text = { body: '' };
  const saved = vi.fn();
  const autosave = new Autosave(
    's',
    { counter: 7, saved_at: '2026-11-24T07:00:00Z' },
    {
      snapshot: () => ({ content: { body: text.body } as Content, undo: `history of ${text.body}` }),
      save: disk.save,
      onSaved: saved,
    },
  );
  const type = (letter: string) => {
    text.body += letter;
    autosave.touch();
  };
  return { autosave, disk, saved, type };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when it saves', () => {
  test('a pause of 400 ms saves, and not sooner', async () => {
    const { disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE - 1);
    expect(disk.bodies).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(disk.bodies).toEqual(['ক']);
  });

  test('typing without a pause is saved at the latest after a second', async () => {
    const { disk, type } = desk();
    for (let key = 0; key < 10; key++) {
      type('ক');
      await vi.advanceTimersByTimeAsync(AT_MOST / 10);
    }
    expect(disk.drafts).toHaveLength(1);
    expect(disk.bodies[0]).toHaveLength(10);
  });

  test('nothing changed, nothing saved', async () => {
    const { autosave, disk } = desk();
    expect(await autosave.flush()).toBe(true);
    expect(disk.drafts).toEqual([]);
  });

  test('a flush saves at once and answers when it is on disk', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(disk.bodies).toEqual(['ক']);
    await disk.answer();
    expect(await flushed).toBe(true);
  });

  test('a flush during a save waits for it and saves what came meanwhile', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    type('খ');
    const flushed = autosave.flush();
    await disk.answer();
    expect(disk.bodies).toEqual(['ক', 'কখ']);
    await disk.answer();
    expect(await flushed).toBe(true);
  });
});

describe('what it sends', () => {
  test('one save is in flight, and the newest content follows it', async () => {
    const { disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    type('খ');
    await vi.advanceTimersByTimeAsync(AT_MOST);
    type('গ');
    await vi.advanceTimersByTimeAsync(AT_MOST);
    expect(disk.bodies).toEqual(['ক']);
    await disk.answer();
    await vi.advanceTimersByTimeAsync(AT_MOST);
    expect(disk.bodies).toEqual(['ক', 'কখগ']);
  });

  test('counters only grow, also after a failure', async () => {
    const { disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    await disk.fail();
    await vi.advanceTimersByTimeAsync(AT_MOST);
    await disk.answer();
    expect(disk.drafts.map((draft) => draft.counter)).toEqual([8, 9]);
  });

  test('every letter typed through 500 saves is on disk in the end', async () => {
    const { autosave, disk, type } = desk();
    for (let save = 0; save < 500; save++) {
      type('ক');
      await vi.advanceTimersByTimeAsync(IDLE);
      type('খ');
      await disk.answer();
    }
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    await disk.answer();
    await flushed;
    expect(disk.bodies.at(-1)).toBe('কখ'.repeat(500));
  });

  test('each text goes with its own undo history: after a power cut the two still fit', async () => {
    const { autosave, disk, type } = desk();
    for (let save = 0; save < 3; save++) {
      type('ক');
      await vi.advanceTimersByTimeAsync(IDLE);
      await disk.answer();
    }
    type('খ');
    void autosave.flush();
    const histories = disk.bodies.map((body) => `history of ${body}`);
    expect(disk.drafts.map((draft) => draft.undo)).toEqual(histories);
    expect(histories).toHaveLength(4);
  });
});

describe('what it says', () => {
  test('saved is said only by the answer to the last save', async () => {
    const { autosave, disk, saved, type } = desk();
    type('ক');
    expect(autosave.dirty).toBe(true);
    await vi.advanceTimersByTimeAsync(IDLE);
    expect(autosave.saving).toBe(true);
    expect(autosave.savedAt).toBe('2026-11-24T07:00:00Z');
    await disk.answer();
    expect(autosave.savedAt).toBe('2026-11-24T08:00:00Z');
    expect(saved).toHaveBeenCalledWith(expect.objectContaining({ counter: 8 }), true);
  });

  test('typing during a save leaves it unsaved', async () => {
    const { autosave, disk, saved, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    type('খ');
    await disk.answer();
    expect(autosave.dirty).toBe(true);
    expect(saved).toHaveBeenCalledWith(expect.anything(), false);
  });

  test('an answer about another save is no receipt: it saves again, above that counter', async () => {
    const { autosave, disk, saved, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    await disk.answer(40);
    expect(saved).not.toHaveBeenCalled();
    expect(autosave.dirty).toBe(true);
    await vi.advanceTimersByTimeAsync(IDLE);
    expect(disk.drafts.at(-1)!.counter).toBe(41);
  });

  test('a failure is told at once, keeps the text, and is tried again with back-off', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    await disk.fail();
    expect(autosave.trouble).toMatchObject({ kind: 'failed', error: FULL });
    expect(await Promise.resolve(autosave.dirty)).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    await disk.fail();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(disk.drafts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(disk.drafts).toHaveLength(3);
    await disk.answer();
    expect(autosave.trouble).toBeNull();
    expect(autosave.dirty).toBe(false);
  });

  test('a person may ask for another try', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE);
    await disk.fail();
    void autosave.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(disk.drafts).toHaveLength(2);
  });

  test('a flush that fails says so', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    await disk.fail();
    expect(await flushed).toBe(false);
  });

  test('a disk that does not answer is trouble too, and stops being so when it does', async () => {
    const { autosave, disk, type } = desk();
    type('ক');
    await vi.advanceTimersByTimeAsync(IDLE + LATE);
    expect(autosave.trouble).toEqual({ kind: 'late' });
    await disk.answer();
    expect(autosave.trouble).toBeNull();
  });
});
