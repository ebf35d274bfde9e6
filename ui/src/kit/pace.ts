/** How fast something goes, from how far it was at some moments of late. */
interface Step {
  at: number;
  done: number;
}

/** What is older says nothing of the present pace. */
const LATELY = 12_000;
/** Less than this is too short to tell a pace by. */
const AT_LEAST = 2_000;
const MOMENT = 250;

export class Pace {
  #steps: readonly Step[] = [];

  /** So much is done at this moment. Less than before means that it began anew. */
  note(done: number, at: number): void {
    const last = this.#steps.at(-1);
    const kept = last && done < last.done ? [] : this.#steps.filter((step) => at - step.at <= LATELY);
    // Many steps within a moment are one: what counts is where it came to.
    const before = kept.at(-2);
    const slot = before && at - before.at < MOMENT ? kept.slice(0, -1) : kept;
    this.#steps = [...slot, { at, done }];
  }

  /** Seconds until `total`, if it goes on like this; null while nobody can know. */
  secondsLeft(total: number, now: number): number | null {
    const steps = this.#steps.filter((step) => now - step.at <= LATELY);
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last || last.done <= first.done || last.at - first.at < AT_LEAST) return null;
    const perSecond = ((last.done - first.done) * 1_000) / (Math.max(now, last.at) - first.at);
    return Math.max(0, total - last.done) / perSecond;
  }
}
