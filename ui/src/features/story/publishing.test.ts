import { describe, expect, test } from 'vitest';
import type { DeliveryState, IntentView } from '../../wire/generated';
import { currentDelivery, publishLabel, readiness, type PublishFacts } from './publishing';

const intent = (state: DeliveryState, id: string = state) => ({ intent: id, state }) as IntentView;

function facts(patch: Partial<PublishFacts> = {}, view: Partial<PublishFacts['view']> = {}): PublishFacts {
  const axes = { desk: 'draft', approval: null, delivery: null, public: 'never' } as const;
  const stands = { axes, findings: [], deliveries: [], differs_from_live: false, ...view };
  return { headline: 'শিরোনাম', saved: true, failing: false, hasPortal: true, view: stands, ...patch };
}

const live = { desk: 'approved', approval: null, delivery: 'confirmed', public: 'live' } as const;

describe('whether it can be published', () => {
  test('a sound draft can', () => {
    expect(readiness(facts())).toEqual({ kind: 'ready', correction: false });
  });

  test('a blocking finding leads to the checks, an advice does not block', () => {
    const block = { code: 'headline_missing', severity: 'block', photo: null } as const;
    const advice = { code: 'headline_long', severity: 'advice', photo: null } as const;
    expect(readiness(facts({}, { findings: [block, advice] }))).toMatchObject({
      kind: 'not_yet',
      go: 'checks',
    });
    expect(readiness(facts({}, { findings: [advice] })).kind).toBe('ready');
  });

  test.each(['queued', 'sending', 'unknown'] as const)('not while a delivery is %s', (state) => {
    expect(readiness(facts({}, { deliveries: [intent(state)] }))).toMatchObject({
      kind: 'not_yet',
      go: 'wait',
    });
  });

  test.each(['refused', 'blocked', 'cancelled', 'confirmed'] as const)('again after %s', (state) => {
    expect(readiness(facts({}, { deliveries: [intent(state)] })).kind).toBe('ready');
  });

  test('not while saving fails: readers never get what is not on disk', () => {
    expect(readiness(facts({ failing: true })).kind).toBe('not_yet');
  });

  test('without a portal it leads to the portals', () => {
    expect(readiness(facts({ hasPortal: false }))).toMatchObject({ go: 'portals' });
  });

  test('what readers have already is not sent again; a change of it is a correction', () => {
    expect(readiness(facts({}, { axes: live })).kind).toBe('not_yet');
    const changed = facts({}, { axes: live, differs_from_live: true });
    expect(readiness(changed)).toEqual({ kind: 'ready', correction: true });
  });
});

describe('what the button says', () => {
  test('names the story and the moment', () => {
    expect(publishLabel('বৃষ্টি', false)).toBe('“বৃষ্টি” এখনই প্রকাশ করুন');
  });

  test('a long headline is cut between letters and the verb stays', () => {
    expect(publishLabel('ক্ষ্মক্ষ্মক্ষ্মক্ষ্ম', false, 2)).toBe('“ক্ষ্মক্ষ্ম…” এখনই প্রকাশ করুন');
  });

  test('without a headline it still says what it is', () => {
    expect(publishLabel('  ', false)).toContain('শিরোনাম নেই');
  });
});

test('an unsettled delivery is told before a settled one', () => {
  expect(currentDelivery([intent('confirmed'), intent('refused')])?.state).toBe('refused');
  expect(currentDelivery([intent('cancelled', 'b'), intent('confirmed')])?.intent).toBe('b');
  expect(currentDelivery([])).toBeNull();
});
