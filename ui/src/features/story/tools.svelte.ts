/** What is open around the text: dialogs, the find bar, the Markdown; and what the toolbar shows. */
import type { ToolbarState } from '../../editor';
import type { FurtherWay } from './publishing';

export type StoryDialog = 'link' | 'embed' | 'related' | 'publish' | FurtherWay;

export class StoryTools {
  toolbar = $state.raw<ToolbarState | null>(null);
  dialog = $state<StoryDialog | null>(null);
  /** The address of the link at the caret, while its dialog is open. */
  href = $state('');
  find = $state(false);
  replace = $state(false);
  source = $state(false);

  askLink(href: string | null): void {
    this.href = href ?? '';
    this.dialog = 'link';
  }

  showFind(replace: boolean): void {
    this.source = false;
    this.find = true;
    this.replace = replace;
  }

  close(): void {
    this.dialog = null;
  }
}
