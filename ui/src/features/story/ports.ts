import type { IntentView, Notice } from '../../wire/generated';
import type { FurtherWay } from './publishing';

/** What the story asks of the window around it. */
export interface StoryPorts {
  publish: () => void;
  /** To the readers; within so many minutes, when the person has set a limit, and with what they are told of it. */
  confirmPublish: (within: number | null, notice: Notice | null) => Promise<void>;
  confirmFile: () => Promise<void>;
  /** Answers whether the desk took it: what was typed stays on the screen otherwise. */
  confirmSchedule: (at: string) => Promise<boolean>;
  confirmDown: (act: 'withdraw' | 'kill', reason: string, glass: boolean) => Promise<boolean>;
  confirmGuard: (act: 'flag' | 'clear_flag', reason: string, glass: boolean) => Promise<boolean>;
  confirmReturn: (reason: string) => Promise<boolean>;
  confirmRecall: () => Promise<boolean>;
  /** Shows a version of the story in its history. */
  seeVersion: (revision: number) => void;
  /** Without a question: of a story whose set time has passed. */
  publishNow: () => void;
  /** Asks what a further way needs to know. */
  further: (way: FurtherWay) => void;
  /** Lets the outbox go on. */
  goOn: () => void;
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
  /** The whole story into a file, for the way without a network. */
  saveAsPackage: () => void;
  /** A note's words were clicked at. */
  showNote: (id: string) => void;
  /** What of the story is still spoken about: the words of its open notes, in their order. */
  openNotes: () => readonly { id: string; quote: string }[];
  /** The portal keeps notes, so that they reach the story's author. */
  notesGo: () => boolean;
  replaced: (count: number) => void;
  say: (sentence: string) => void;
  photoUrl: (id: string) => string;
}
