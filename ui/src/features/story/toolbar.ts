/** The toolbar's tools, as data: what news needs and no more. */
import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/file-code';
import Heading2 from '@lucide/svelte/icons/heading-2';
import Heading3 from '@lucide/svelte/icons/heading-3';
import Italic from '@lucide/svelte/icons/italic';
import Link from '@lucide/svelte/icons/link';
import List from '@lucide/svelte/icons/list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Minus from '@lucide/svelte/icons/minus';
import Newspaper from '@lucide/svelte/icons/newspaper';
import Pilcrow from '@lucide/svelte/icons/pilcrow';
import PullQuote from '@lucide/svelte/icons/message-square-quote';
import Quote from '@lucide/svelte/icons/quote';
import Redo from '@lucide/svelte/icons/redo-2';
import Replace from '@lucide/svelte/icons/replace';
import Search from '@lucide/svelte/icons/search';
import Strikethrough from '@lucide/svelte/icons/strikethrough';
import Superscript from '@lucide/svelte/icons/superscript';
import Table from '@lucide/svelte/icons/table';
import Undo from '@lucide/svelte/icons/undo-2';
import Globe from '@lucide/svelte/icons/globe';
import type { Component } from 'svelte';
import { commandKeys, type CommandName, type ToolbarState } from '../../editor';
import { m } from '../../i18n';
import type { MenuItem } from '../../kit/menu';
import { SHORTCUTS, shown } from '../../platform';
import type { StorySession } from './session.svelte';
import type { StoryTools } from './tools.svelte';

export interface ToolPorts {
  session: StorySession;
  tools: StoryTools;
  apple: boolean;
  onattach: () => void;
}

export interface Tool {
  command: CommandName;
  icon: Component<{ size?: number }>;
  label: string;
  keys: string;
}

export function toolGroups(apple: boolean): { name: string; tools: Tool[] }[] {
  const tool = (command: CommandName, icon: Tool['icon'], label: string): Tool => {
    const combo = command === 'link' ? SHORTCUTS.link : (commandKeys[command] ?? '');
    return { command, icon, label, keys: shown(combo, apple) };
  };
  return [
    { name: 'past', tools: [tool('undo', Undo, m.act_undo()), tool('redo', Redo, m.act_redo())] },
    {
      name: 'headings',
      tools: [tool('heading2', Heading2, m.tool_h2()), tool('heading3', Heading3, m.tool_h3())],
    },
    {
      name: 'words',
      tools: [
        tool('bold', Bold, m.tool_bold()),
        tool('italic', Italic, m.tool_italic()),
        tool('link', Link, m.tool_link()),
      ],
    },
    {
      name: 'blocks',
      tools: [
        tool('quote', Quote, m.tool_quote()),
        tool('pull_quote', PullQuote, m.tool_pull()),
        tool('bullet_list', List, m.tool_bullets()),
        tool('ordered_list', ListOrdered, m.tool_numbers()),
      ],
    },
  ];
}

/** Whether the caret stands in what the tool makes. */
export function isOn(state: ToolbarState | null, command: CommandName): boolean {
  if (!state) return false;
  if (command === 'bold' || command === 'italic' || command === 'strike' || command === 'link') {
    return state.marks[command];
  }
  return state.block === command;
}

export function insertItems({ session, tools, apple }: ToolPorts): MenuItem[] {
  const { editor } = session;
  const keys = (command: CommandName) => shown(commandKeys[command] ?? '', apple);
  const open = (dialog: StoryTools['dialog']) => () => {
    tools.dialog = dialog;
  };
  return [
    { label: m.tool_related(), icon: Newspaper, run: open('related'), testid: 'insert-related' },
    { label: m.tool_embed(), icon: Globe, run: open('embed'), testid: 'insert-embed' },
    { label: m.tool_table(), icon: Table, run: () => editor?.insertTable(), testid: 'insert-table' },
    {
      label: m.tool_footnote(),
      icon: Superscript,
      run: () => editor?.run('footnote'),
      keys: keys('footnote'),
    },
    { label: m.tool_rule(), icon: Minus, run: () => editor?.run('rule') },
    { label: m.tool_strike(), icon: Strikethrough, run: () => editor?.run('strike'), keys: keys('strike') },
    {
      label: m.tool_paragraph(),
      icon: Pilcrow,
      run: () => editor?.run('paragraph'),
      keys: keys('paragraph'),
    },
  ];
}

/** The acts on a table, while the caret stands in one. */
export function tableItems({ session, tools }: ToolPorts): MenuItem[] {
  if (!tools.toolbar?.inTable) return [];
  const item = (label: string, command: CommandName): MenuItem => ({
    label,
    run: () => session.editor?.run(command),
  });
  return [
    item(m.table_add_row(), 'add_row'),
    item(m.table_add_column(), 'add_column'),
    item(m.table_delete_row(), 'delete_row'),
    item(m.table_delete_column(), 'delete_column'),
    item(m.table_delete(), 'delete_table'),
  ];
}

export function viewItems({ tools, apple }: ToolPorts): MenuItem[] {
  const find = (replace: boolean) => () => {
    tools.showFind(replace);
  };
  return [
    { label: m.tool_find(), icon: Search, run: find(false), keys: shown(SHORTCUTS.find, apple) },
    { label: m.act_replace(), icon: Replace, run: find(true), keys: shown(SHORTCUTS.replace, apple) },
    {
      label: tools.source ? m.tool_sheet() : m.tool_source(),
      icon: Code,
      run: () => (tools.source = !tools.source),
      keys: shown(SHORTCUTS.source, apple),
      testid: 'toggle-source',
    },
  ];
}
