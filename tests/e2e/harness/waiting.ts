/** Waiting for what must become true, with a limit and a sentence for when it does not. */

export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

let waitedFor = 'nothing yet';

/** What was waited for last: what to look at when a test hangs. */
export function underWay(): string {
  return waitedFor;
}

/** The first answer that is not `undefined`, `null` or `false`; asked again every 50 ms. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  limit = 15_000,
): Promise<T> {
  waitedFor = what;
  const end = Date.now() + limit;
  let trouble: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    await pause(50);
  } while (Date.now() < end);
  throw new Error(`not within ${String(limit)} ms: ${what}`, { cause: trouble });
}

/** Fails a promise that takes longer than it may. */
export async function within<T>(what: string | (() => string), limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not within ${String(limit)} ms: ${typeof what === 'string' ? what : what()}`));
    }, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
