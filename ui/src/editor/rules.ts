/** Markdown habits while typing. Nothing else is rewritten: Bengali keyboards do enough of that. */
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import type { Attrs, MarkType } from 'prosemirror-model';
import { type EditorState, type Plugin, TextSelection, type Transaction } from 'prosemirror-state';
import { isAllowedLink, schema } from './schema';

const { nodes, marks } = schema;

/** Not within a word: ৫*৩*২ and snake_case are no emphasis. */
const outsideWord = String.raw`(?<![*_\p{L}\p{M}\p{N}])`;
const words = (sign: string): string => String.raw`([^\s${sign}](?:[^${sign}]*[^\s${sign}])?)`;

/** What the last sign of every habit is. */
const endsHabit = /[\s*_~)-]$/;

export function habits(): Plugin {
  const plugin = inputRules({
    rules: [
      textblockTypeInputRule(/^##?\s$/, nodes.heading, { level: 2 }),
      textblockTypeInputRule(/^#{3,6}\s$/, nodes.heading, { level: 3 }),
      wrappingInputRule(/^>\s$/, nodes.quote),
      wrappingInputRule(/^[-*+]\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d{1,3})[.)]\s$/, nodes.ordered_list, orderOf, continuesList),
      new InputRule(/^(?:—|--)\s$/, nameSpeaker),
      new InputRule(/^(?:---|\*\*\*|___)$/, drawRule),
      marking(new RegExp(String.raw`(?<!\*)\*\*${words('*')}\*\*$`, 'u'), marks.bold, 2),
      marking(new RegExp(String.raw`${outsideWord}\*${words('*')}\*$`, 'u'), marks.italic, 1),
      marking(new RegExp(String.raw`${outsideWord}_${words('_')}_$`, 'u'), marks.italic, 1),
      marking(new RegExp(String.raw`(?<!~)~~${words('~')}~~$`, 'u'), marks.strike, 2),
      new InputRule(/\[([^[\]]+)\]\(([^\s()]+)\)$/, makeLink),
    ],
  });
  const { handleTextInput } = plugin.props;
  // Almost no key ends one: the others need not look for twelve patterns in the text before them.
  plugin.props.handleTextInput = (view, from, to, text, plain) =>
    endsHabit.test(text) && handleTextInput?.call(plugin, view, from, to, text, plain);
  return plugin;
}

function orderOf(match: RegExpMatchArray): Attrs {
  return { order: Number(match[1] ?? 1) };
}

function continuesList(match: RegExpMatchArray, before: { childCount: number; attrs: Attrs }): boolean {
  return before.childCount + Number(before.attrs['order']) === Number(match[1] ?? 0);
}

/** The sign typed last is not in the document yet; the others of the delimiters are taken out. */
function marking(pattern: RegExp, type: MarkType, width: number): InputRule {
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const inner = match[1] ?? '';
      const from = start + width;
      if (state.doc.rangeHasMark(from, from + inner.length, marks.code)) return null;
      const tr = state.tr.delete(from + inner.length, end).delete(start, from);
      tr.addMark(start, start + inner.length, type.create());
      return tr.removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

function makeLink(
  state: EditorState,
  match: RegExpMatchArray,
  start: number,
  end: number,
): Transaction | null {
  const [, words, href] = match;
  if (words === undefined || href === undefined || !isAllowedLink(href)) return null;
  const tr = state.tr.delete(start + 1 + words.length, end).delete(start, start + 1);
  tr.addMark(start, start + words.length, marks.link.create({ href }));
  return tr.removeStoredMark(marks.link);
}

/** A dash at the start of a pull quote's last line makes it the attribution. */
function nameSpeaker(
  state: EditorState,
  _match: RegExpMatchArray,
  start: number,
  end: number,
): Transaction | null {
  const $start = state.doc.resolve(start);
  const pull = $start.node(-1);
  const isLast = $start.index(-1) === pull.childCount - 1 && $start.index(-1) > 0;
  if (pull.type !== nodes.pull_quote || $start.parent.type !== nodes.paragraph || !isLast) return null;
  return state.tr.delete(start, end).setBlockType(start, start, nodes.attribution);
}

function drawRule(state: EditorState, _match: RegExpMatchArray, start: number): Transaction | null {
  const $start = state.doc.resolve(start);
  if ($start.parent.type !== nodes.paragraph || $start.depth !== 1) return null;
  const before = $start.before();
  const tr = state.tr.replaceWith(before, $start.after(), [nodes.rule.create(), nodes.paragraph.create()]);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(before + 2)));
}
