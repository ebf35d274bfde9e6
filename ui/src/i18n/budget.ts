/** What may be sent in one day, in a sentence. */
import type { BudgetView } from '../wire/generated';
import { count } from './digits';
import * as m from './generated/messages.js';
import { bytes } from './size';

/** Null when nothing is to be said: the machine is not on mobile data. */
export function budgetSentence({ mobile, daily_mb, sent_today, waiting }: BudgetView): string | null {
  if (!mobile) return null;
  const sent = bytes(sent_today);
  if (daily_mb === null) return m.budget_sent({ sent });
  const limit = m.budget_mb({ count: count(daily_mb) });
  return waiting > 0 ? m.budget_used({ limit, count: count(waiting) }) : m.budget_left({ limit, sent });
}
