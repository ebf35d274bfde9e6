import type { CommandError } from '../wire/generated';

/** What a rejected call says. Anything that is no answer of the desk's becomes `internal`, with its words. */
export function failureOf(thrown: unknown): CommandError {
  if (isCommandError(thrown)) return thrown;
  return { code: 'internal', params: {}, detail: wordsOf(thrown) };
}

function isCommandError(thrown: unknown): thrown is CommandError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'params' in thrown;
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
