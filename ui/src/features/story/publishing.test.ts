import { describe, expect, test } from 'vitest';
import type { Axes, DeliveryState, IntentAct, IntentView, Role } from '../../wire/generated';
import {
  clearing,
  currentDelivery,
  furtherWays,
  goingDown,
  isOvertaken,
  publishLabel,
  isUnsent,
  readiness,
  refusal,
  type FurtherWay,
  type PublishFacts,
} from './publishing';
import { standing } from './standing';

const intent = (state: DeliveryState, id: string = state, act: IntentAct = 'publish') =>
  ({ intent: id, state, act, live_at: null }) as IntentView;

function facts(patch: Partial<PublishFacts> = {}, view: Partial<PublishFacts['view']> = {}): PublishFacts {
  const stands = { axes: axes('never'), findings: [], deliveries: [], differs_from_live: false, ...view };
  return {
    role: 'editor',
    saved: true,
    failing: false,
    hasPortal: true,
    hasDesk: true,
    view: stands,
    ...patch,
  };
}

function axes(readers: Axes['public'], desk: Axes['desk'] = 'draft'): Axes {
  const guards = { legal: null, embargo: null, kill: null };
  return { desk, approval: null, fallen: null, delivery: null, public: readers, guards, elsewhere: false };
}

const live = axes('live', 'approved');
const approved: Axes = {
  ...axes('never', 'approved'),
  approval: { version: 'v', by: 'রুমানা', at: '2026-11-24T09:30:00Z', alone: false, sent: false },
};

describe('whether it can be published', () => {
  test('a sound draft can', () => {
    expect(readiness(facts())).toEqual({ kind: 'ready', way: 'publish' });
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

  test.each(['refused', 'blocked'] as const)('not while one is %s, and it says what to do', (state) => {
    const ready = readiness(facts({}, { deliveries: [intent(state)] }));
    expect(ready).toMatchObject({ kind: 'not_yet', go: 'wait' });
    expect(ready.kind === 'not_yet' && ready.reason).toContain('ফেরত নিন');
  });

  test.each(['cancelled', 'confirmed'] as const)('again after %s', (state) => {
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
    expect(readiness(changed)).toEqual({ kind: 'ready', way: 'correct' });
  });

  test('a scheduled story may be published now, a withdrawn one again, a killed one never', () => {
    expect(readiness(facts({}, { axes: axes('scheduled', 'approved') }))).toEqual({
      kind: 'ready',
      way: 'publish',
    });
    expect(readiness(facts({}, { axes: axes('withdrawn', 'approved') }))).toEqual({
      kind: 'ready',
      way: 'again',
    });
    const killed = readiness(facts({}, { axes: axes('killed', 'approved') }));
    expect(killed).toMatchObject({ kind: 'not_yet', go: 'wait' });
    expect(killed.kind === 'not_yet' && killed.reason).toContain('স্থায়ীভাবে তুলে নেওয়া হয়েছে');
  });

  test('not while it is being taken down, and that is the reason given', () => {
    const ready = readiness(facts({}, { axes: live, deliveries: [intent('sending', 'w', 'withdraw')] }));
    expect(ready.kind === 'not_yet' && ready.reason).toContain('তুলে নেওয়ার কাজ');
  });
});

describe('who may not publish', () => {
  test.each(['correspondent', 'sub_editor'] as const)('as %s hands it to the desk', (role) => {
    expect(readiness(facts({ role }))).toEqual({ kind: 'ready', way: 'file' });
    expect(furtherWays(facts({ role }, { axes: live, differs_from_live: true }))).toEqual(['flag']);
  });

  test('a correspondent hands it in once; a returned one again', () => {
    const role: Role = 'correspondent';
    expect(readiness(facts({ role }, { axes: axes('never', 'filed') }))).toMatchObject({ kind: 'not_yet' });
    expect(readiness(facts({ role }, { axes: axes('never', 'returned') })).kind).toBe('ready');
  });

  test('an administrator does neither', () => {
    expect(readiness(facts({ role: 'admin' }))).toMatchObject({ kind: 'not_yet', go: 'wait' });
  });
});

describe('further ways of an editor', () => {
  const cases: [string, Partial<PublishFacts['view']>, FurtherWay[]][] = [
    ['a draft', {}, ['approve', 'schedule', 'within', 'file', 'flag']],
    ['an approved draft', { axes: approved }, ['schedule', 'within', 'flag']],
    ['a live story', { axes: live }, ['flag', 'withdraw', 'kill']],
    [
      'a changed live story',
      { axes: live, differs_from_live: true },
      ['approve', 'within', 'flag', 'withdraw', 'kill'],
    ],
    [
      'a scheduled story',
      { axes: axes('scheduled', 'approved') },
      ['approve', 'schedule', 'within', 'flag', 'withdraw', 'kill'],
    ],
    [
      'a withdrawn story',
      { axes: axes('withdrawn', 'approved') },
      ['approve', 'schedule', 'within', 'flag', 'kill'],
    ],
    ['a killed story', { axes: axes('killed', 'approved') }, []],
    ['a story on its way', { deliveries: [intent('sending')] }, ['flag', 'withdraw', 'kill']],
    ['a story on its way to the desk', { deliveries: [intent('sending', 'f', 'file')] }, ['flag']],
    [
      'a story being withdrawn',
      { axes: live, deliveries: [intent('queued', 'w', 'withdraw')] },
      ['flag', 'kill'],
    ],
    ['a story being killed', { axes: live, deliveries: [intent('unknown', 'k', 'kill')] }, ['flag']],
  ];

  test.each(cases)('of %s', (_, view, ways) => {
    expect(furtherWays(facts({}, view))).toEqual(ways);
  });

  test('what blocks publication blocks the time of it, and not the taking down', () => {
    const findings = [{ code: 'credit_missing', severity: 'block', photo: null } as const];
    expect(furtherWays(facts({}, { axes: axes('scheduled', 'approved'), findings }))).toEqual([
      'flag',
      'withdraw',
      'kill',
    ]);
  });
});

describe('a story that is held back', () => {
  const said = { by: 'নাসরিন', account: 'nasrin', at: '2026-11-24T07:00:00Z', reason: 'মামলা' };
  const flagged = { legal: { raised: said, clearing: null }, embargo: null, kill: null };

  test('is filed, and not published; an editor may clear it', () => {
    const view = { axes: { ...axes('never'), guards: flagged } };
    expect(readiness(facts({}, view))).toMatchObject({ kind: 'not_yet', go: 'wait' });
    expect(readiness(facts({ role: 'correspondent' }, view)).kind).toBe('ready');
    expect(furtherWays(facts({}, view))).toEqual(['clear_flag']);
    expect(furtherWays(facts({ role: 'sub_editor' }, view))).toEqual([]);
  });

  test('whose kill waits is killed or left withdrawn', () => {
    const guards = { legal: null, embargo: null, kill: said };
    const ways = furtherWays(facts({}, { axes: { ...axes('withdrawn'), guards } }));
    expect(ways).toEqual(['flag', 'kill', 'call_off_kill']);
  });

  test('takes two, unless there is nobody else', () => {
    const asked = { ...flagged, legal: { raised: said, clearing: said } };
    expect(clearing(flagged, ['mahbub'], false)).toBe('ask');
    expect(clearing(asked, ['mahbub'], false)).toBe('agree');
    expect(clearing(asked, ['nasrin'], false)).toBe('wait');
    expect(clearing(asked, ['nasrin'], true)).toBe('alone');
  });
});

describe('between an author and the desk', () => {
  const filed = axes('never', 'filed');
  const inEdit = axes('never', 'in_edit');

  test.each([
    ['editor', filed, ['return', 'recall']],
    ['editor', inEdit, ['return']],
    ['sub_editor', inEdit, ['return']],
    ['correspondent', filed, ['recall']],
    ['correspondent', inEdit, []],
    ['correspondent', axes('never', 'returned'), []],
    ['admin', filed, []],
  ] as const)('%s of %j may %j', (role, stands, ways) => {
    const offered = furtherWays(facts({ role }, { axes: stands }));
    expect(offered.filter((way) => way === 'return' || way === 'recall')).toEqual(ways);
  });

  test('a portal without a desk gives nothing back; what was never sent comes back all the same', () => {
    expect(refusal(facts({ hasDesk: false }, { axes: inEdit }), 'return')).toContain('ডেস্ক নেই');
    expect(refusal(facts({ hasDesk: false }, { axes: filed }), 'recall')).toContain('ডেস্ক নেই');
    const deliveries = [intent('queued', 'f', 'file')];
    expect(refusal(facts({ hasDesk: false }, { axes: filed, deliveries }), 'recall')).toBeNull();
  });

  test('neither happens while something else is on its way', () => {
    const deliveries = [intent('sending', 'f', 'file')];
    expect(refusal(facts({}, { axes: filed, deliveries }), 'return')).toContain('শেষ হয়নি');
    expect(refusal(facts({}, { axes: filed, deliveries }), 'recall')).toContain('শেষ হয়নি');
    expect(isUnsent(deliveries)).toBe(false);
    expect(isUnsent([])).toBe(false);
  });

  test('the reason names what stands in the way', () => {
    const role = 'correspondent' as const;
    expect(refusal(facts({ role }, { axes: filed }), 'return')).toBe('এই কাজের অনুমতি আপনার নেই।');
    expect(refusal(facts({ role }, { axes: inEdit }), 'recall')).toContain('হাতে নিয়েছেন');
    expect(refusal(facts({}, { axes: axes('killed', 'filed') }), 'return')).toContain('স্থায়ীভাবে');
  });

  test('neither takes a story from its readers', () => {
    const deliveries = [intent('sending', 'r', 'return')];
    expect(furtherWays(facts({}, { axes: axes('never', 'returned'), deliveries }))).toEqual(['flag']);
  });
});

describe('what the button says', () => {
  test('names the story and the moment', () => {
    expect(publishLabel('বৃষ্টি', 'publish')).toBe('“বৃষ্টি” এখনই প্রকাশ করুন');
    expect(publishLabel('বৃষ্টি', 'again')).toBe('“বৃষ্টি” আবার প্রকাশ করুন');
    expect(publishLabel('বৃষ্টি', 'file')).toBe('“বৃষ্টি” ডেস্কে জমা দিন');
  });

  test('a long headline is cut between letters and the verb stays', () => {
    expect(publishLabel('ক্ষ্মক্ষ্মক্ষ্মক্ষ্ম', 'publish', 2)).toBe('“ক্ষ্মক্ষ্ম…” এখনই প্রকাশ করুন');
  });

  test('without a headline it still says what it is', () => {
    expect(publishLabel('  ', 'publish')).toContain('শিরোনাম নেই');
  });
});

test('an unsettled delivery is told before a settled one', () => {
  expect(currentDelivery([intent('confirmed'), intent('refused')])?.state).toBe('refused');
  expect(currentDelivery([intent('cancelled', 'b'), intent('confirmed')])?.intent).toBe('b');
  expect(currentDelivery([])).toBeNull();
});

describe('where it stands', () => {
  const NOW = Date.parse('2026-11-24T08:00:00Z');
  const stands = (readers: Axes['public'], patch = {}) =>
    standing({ axes: axes(readers), deliveries: [], live_at: null, schedule_missed: false, ...patch }, NOW);

  test('a set time is said in words, a missed one as an alarm', () => {
    const live_at = '2026-11-24T12:00:00Z';
    expect(stands('scheduled', { live_at })).toMatchObject({
      tone: 'waiting',
      word: 'প্রকাশ আজ সন্ধ্যা ৬টায়',
    });
    expect(stands('scheduled', { live_at, schedule_missed: true })).toMatchObject({ tone: 'bad' });
  });

  test('what is on its way down is not called live any more, and not yet withdrawn', () => {
    const deliveries = [intent('sending', 'w', 'withdraw')];
    expect(goingDown(deliveries)).toBe(true);
    expect(stands('live', { deliveries }).word).toBe('তুলে নেওয়া হচ্ছে');
    expect(stands('withdrawn')).toMatchObject({ tone: 'gone', word: 'তুলে নেওয়া' });
    expect(stands('killed')).toMatchObject({ tone: 'killed' });
  });
});

const standsAt = (desk: Axes['desk'], schedule_missed = false) => ({
  axes: axes('scheduled', desk),
  schedule_missed,
});

describe('what arrived at the portal', () => {
  test('is told until somebody hands it on', () => {
    const filed = intent('confirmed', 'a', 'file');
    expect(isOvertaken(filed, standsAt('filed'))).toBe(false);
    expect(isOvertaken(filed, standsAt('in_edit'))).toBe(false);
    expect(isOvertaken(filed, standsAt('returned'))).toBe(true);
    expect(isOvertaken(intent('confirmed', 'b', 'return'), standsAt('filed'))).toBe(true);
  });

  test('as a set time is told until the portal has missed it', () => {
    const scheduled = intent('confirmed', 'a', 'schedule');
    expect(isOvertaken(scheduled, standsAt('approved'))).toBe(false);
    expect(isOvertaken(scheduled, standsAt('approved', true))).toBe(true);
    expect(isOvertaken(intent('sending', 'b', 'publish'), standsAt('approved', true))).toBe(false);
  });

  test('is told while it is on its way, and readers always hear of what concerns them', () => {
    expect(isOvertaken(intent('unknown', 'a', 'file'), standsAt('returned'))).toBe(false);
    expect(isOvertaken(intent('confirmed', 'b', 'publish'), standsAt('returned'))).toBe(false);
  });
});
