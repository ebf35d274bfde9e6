/** What a line of the morning sheet says was done, and in spite of what. */
import type { Command } from '../wire/generated';
import * as m from './generated/messages.js';
import { findingSentence } from './sentences';

const ACTS: Partial<Record<Command, () => string>> = {
  approve_alone: () => m.sheet_approve_alone(),
  clear_flag: () => m.sheet_clear_flag(),
  clear_alone: () => m.sheet_clear_alone(),
  ask_kill: () => m.sheet_ask_kill(),
  kill: () => m.sheet_kill(),
  kill_alone: () => m.sheet_kill_alone(),
  override_warning: () => m.sheet_override_warning(),
};

/** `null`: one-person mode was turned on. */
export function sheetAct(command: Command | null): string {
  return command === null ? m.sheet_one_person() : (ACTS[command]?.() ?? command);
}

const WARNINGS = ['headline_long', 'bidi_override', 'caption_missing'] as const;

/** Codes with spaces between them, in words; one of a newer version than this is left as it is. */
export function warnings(codes: string): string {
  const word = (code: string): string => {
    if (code === 'approval_fell') return m.sheet_approval_fell();
    const known = WARNINGS.find((warning) => warning === code);
    return known ? findingSentence(known) : code;
  };
  return codes.split(' ').filter(Boolean).map(word).join(' ');
}
