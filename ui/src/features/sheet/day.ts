/** Days as the morning sheet steps through them. */
const DAY = 24 * 3_600_000;

/** A whole day that ended so many days before `now`, in milliseconds. */
export function daysBack(days: number, now: number): { since: string; until: string } {
  const until = now - days * DAY;
  return { since: new Date(until - DAY).toISOString(), until: new Date(until).toISOString() };
}
