/** What was done with a version, as its history tells it. */
import type { Command, VersionAct } from '../wire/generated';
import * as m from './generated/messages.js';

const ACTS: Partial<Record<Command, (who: { name: string }) => string>> = {
  file: m.version_filed,
  return: m.version_returned,
  approve: m.version_approved,
  approve_alone: m.version_approved_alone,
  publish: m.version_published,
  correct: m.version_corrected,
  schedule: m.version_scheduled,
};

/** Empty for a command that a version's history does not tell. */
export const versionAct = ({ command, actor }: VersionAct): string => ACTS[command]?.({ name: actor }) ?? '';
