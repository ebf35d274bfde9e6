import type { IntentView } from '../../wire/generated';

/** What the story asks of the window around it. */
export interface StoryPorts {
  publish: () => void;
  confirmPublish: () => Promise<void>;
  unspike: () => void;
  attach: () => void;
  sendNow: (intent: IntentView) => void;
  takeBack: (intent: IntentView) => void;
  openPublic: () => void;
  /** The whole text onto the clipboard. */
  copyAll: () => void;
  copy: (text: string) => void;
  /** The whole text into a file outside the store. */
  rescue: () => void;
  replaced: (count: number) => void;
  say: (sentence: string) => void;
  photoUrl: (id: string) => string;
}
