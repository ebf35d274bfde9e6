/** Whether the story can be published as it stands, and what the button says of it. */
import { count, m } from '../../i18n';
import type { IntentView, StoryView } from '../../wire/generated';

export interface PublishFacts {
  headline: string;
  view: Pick<StoryView, 'axes' | 'findings' | 'deliveries' | 'differs_from_live'>;
  /** Everything that is on the screen is on disk. */
  saved: boolean;
  /** Saving does not work at present. */
  failing: boolean;
  hasPortal: boolean;
}

export type Readiness =
  | { kind: 'ready'; correction: boolean }
  /** `checks`: findings say why; `portals`: there is none to send to; `wait`: something else has to end first. */
  | { kind: 'not_yet'; reason: string; go: 'checks' | 'portals' | 'wait' };

const OPEN: readonly IntentView['state'][] = ['queued', 'sending', 'unknown'];

export function readiness(facts: PublishFacts): Readiness {
  const { view } = facts;
  const blocks = view.findings.filter((finding) => finding.severity === 'block').length;
  if (view.deliveries.some((intent) => OPEN.includes(intent.state))) return wait(m.publish_open());
  if (facts.failing) return wait(m.publish_unsaved());
  if (blocks > 0)
    return { kind: 'not_yet', reason: m.publish_blocked({ count: count(blocks) }), go: 'checks' };
  if (!facts.hasPortal) return { kind: 'not_yet', reason: m.publish_no_portal(), go: 'portals' };
  const correction = view.axes.public === 'live';
  if (correction && facts.saved && !view.differs_from_live) return wait(m.publish_same());
  return { kind: 'ready', correction };
}

/** What the button says: the act, and to what. A long headline is cut, so that the verb stays in sight. */
export function publishLabel(headline: string, correction: boolean, letters = Infinity): string {
  const named = { headline: cut(headline.trim(), letters) || m.row_untitled() };
  return correction ? m.publish_change(named) : m.publish_now(named);
}

/** The delivery that a person should hear of: the newest that is not settled, else the newest. */
export function currentDelivery(deliveries: readonly IntentView[]): IntentView | null {
  const open = deliveries.find((intent) => intent.state !== 'confirmed' && intent.state !== 'cancelled');
  return open ?? deliveries[0] ?? null;
}

function wait(reason: string): Readiness {
  return { kind: 'not_yet', reason, go: 'wait' };
}

/** At most so many letters as a reader sees them; never half a cluster. */
function cut(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const clusters = [...new Intl.Segmenter().segment(text)].map((cluster) => cluster.segment);
  return clusters.length <= letters ? text : `${clusters.slice(0, letters).join('').trimEnd()}…`;
}
