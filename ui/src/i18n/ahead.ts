/** What is wrong with a time that has to lie ahead. The desk refuses the same; here it is said before. */
import * as m from './generated/messages.js';

/** Milliseconds; the desk takes a day more, for leap years. */
const YEAR = 365 * 24 * 3_600_000;

/** A sentence, or nothing when the time will do. `at`: an ISO moment; `now`: milliseconds since 1970. */
export function faultOfTime(at: string, now: number): string {
  const ahead = Date.parse(at) - now;
  if (ahead <= 0) return m.error_time_passed();
  return ahead > YEAR ? m.schedule_far() : '';
}
