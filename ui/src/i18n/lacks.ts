/** What a portal cannot do, a sentence for each. */
import type { PortalLack } from '../wire/generated';
import * as m from './generated/messages.js';

const LACKS: Record<PortalLack, () => string> = {
  desk: () => m.lack_desk(),
  others_stories: () => m.lack_others_stories(),
  leases: () => m.lack_leases(),
  approvals: () => m.lack_approvals(),
  guards: () => m.lack_guards(),
  notes: () => m.lack_notes(),
  photos: () => m.lack_photos(),
  notices: () => m.lack_notices(),
  overwriting: () => m.lack_overwriting(),
  duplicates: () => m.lack_duplicates(),
};

export function lackSentence(lack: PortalLack): string {
  return LACKS[lack]();
}
