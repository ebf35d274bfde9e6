import { expect, test } from 'vitest';
import { Meanwhile } from './meanwhile';

test('what is told while a question is open comes with its answer, and nothing else does', async () => {
  const meanwhile = new Meanwhile<string>();
  meanwhile.note('before');
  let settle: (answer: number) => void = () => undefined;
  const asked = meanwhile.during(new Promise<number>((resolve) => (settle = resolve)));
  meanwhile.note('during');
  settle(7);
  const answer = await asked;
  meanwhile.note('after');
  expect(answer).toEqual([7, ['during']]);
});

test('a question that fails hears no more', async () => {
  const meanwhile = new Meanwhile<string>();
  await expect(meanwhile.during(Promise.reject(new Error('no')))).rejects.toThrow('no');
  meanwhile.note('after');
  expect(await meanwhile.during(Promise.resolve(1))).toEqual([1, []]);
});
