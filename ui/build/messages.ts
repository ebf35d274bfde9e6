/** Holds the two message files to each other, so that no sentence is missing in either language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** A sentence, or the forms of one that depends on a number. */
export type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[];
export type Messages = Readonly<Record<string, Message>>;

const PARAMETER = /\{(\w+)\}/g;

/** What keeps the files from being complete: one line for each fault, none when all is well. */
export function messageFaults(bn: Messages, en: Messages): string[] {
  return [...missing('bn', bn, en), ...missing('en', en, bn), ...differing(bn, en)];
}

export function readMessages(language: 'bn' | 'en'): Messages {
  const file = join(import.meta.dirname, '..', 'messages', `${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}

/** Fails the build when a message is missing, empty, or takes other parameters in the other language. */
export function completeMessages(): Plugin {
  return {
    name: 'khosra:complete-messages',
    buildStart() {
      const faults = messageFaults(readMessages('bn'), readMessages('en'));
      if (faults.length > 0) this.error(`The message files differ:\n${faults.join('\n')}`);
    },
  };
}

function missing(language: string, own: Messages, other: Messages): string[] {
  const names = Object.keys(other).filter((name) => !isSaid(own[name]));
  return names.map((name) => `${language}.json: "${name}" is missing or empty`);
}

function differing(bn: Messages, en: Messages): string[] {
  const names = Object.keys(bn).filter((name) => en[name] !== undefined && name !== '$schema');
  const uneven = names.filter((name) => parameters(bn[name]) !== parameters(en[name]));
  return uneven.map((name) => `"${name}" takes ${parameters(bn[name])} in bn, ${parameters(en[name])} in en`);
}

/** Every form of a message. */
export function formsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
}

function isSaid(message: Message = []): boolean {
  const forms = formsOf(message);
  return forms.length > 0 && forms.every((form) => form.trim() !== '');
}

function parameters(message: Message = []): string {
  const text = formsOf(message).join(' ');
  return [...new Set([...text.matchAll(PARAMETER)].map((match) => match[1]))].sort().join(', ');
}
