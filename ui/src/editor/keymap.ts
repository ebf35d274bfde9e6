/** The keys, bound. Shortcuts work on every layout: with a Bengali layout the letter comes from the key's place. */
import { baseKeymap, chainCommands } from 'prosemirror-commands';
import { undoInputRule } from 'prosemirror-inputrules';
import { keydownHandler } from 'prosemirror-keymap';
import { splitListItem } from 'prosemirror-schema-list';
import { type Command, Plugin } from 'prosemirror-state';
import { bengaliBackspace } from './backspace';
import { commands, enterInAttribution, enterInTable, leaveContainer, shiftTab, tab } from './commands';
import { commandKeys } from './keys';
import { schema } from './schema';
import type { CommandName } from './types';

/** `askLink` shows the window's link field; false when there is nothing to link, so that others may use the key. */
export function keys(askLink: Command): Plugin {
  const handlers = [keydownHandler(named(askLink)), keydownHandler(writing), keydownHandler(baseKeymap)];
  return new Plugin({
    props: {
      handleKeyDown: (view, event) => {
        if (event.isComposing || isAltGr(event)) return false;
        const latin = withLatinKey(event);
        return handlers.some((handler) => handler(view, latin));
      },
    },
  });
}

function named(askLink: Command): Record<string, Command> {
  const bound: Record<string, Command> = { 'Mod-y': commands.redo };
  for (const [name, key] of Object.entries(commandKeys) as [CommandName, string][]) {
    bound[key] = name === 'link' ? askLink : commands[name];
  }
  return bound;
}

const writing: Record<string, Command> = {
  Backspace: chainCommands(undoInputRule, bengaliBackspace),
  Enter: chainCommands(
    enterInTable,
    enterInAttribution,
    leaveContainer,
    splitListItem(schema.nodes.list_item),
  ),
  Tab: tab,
  'Shift-Tab': shiftTab,
};

/** AltGr reaches the window as Ctrl+Alt on some systems; it types letters. */
function isAltGr(event: KeyboardEvent): boolean {
  return event.getModifierState('AltGraph') || (event.ctrlKey && event.altKey);
}

function withLatinKey(event: KeyboardEvent): KeyboardEvent {
  const isShortcut = event.ctrlKey || event.metaKey;
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code);
  if (!isShortcut || !place || /^[\x20-\x7E]$/.test(event.key)) return event;
  const { ctrlKey, metaKey, shiftKey, altKey, code } = event;
  const key = place[1]?.toLowerCase() ?? place[2] ?? event.key;
  return new KeyboardEvent('keydown', {
    key,
    code,
    ctrlKey,
    metaKey,
    shiftKey,
    altKey,
    keyCode: key.toUpperCase().charCodeAt(0),
  });
}
