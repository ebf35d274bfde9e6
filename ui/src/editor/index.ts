/** The editor's public face: everything else in this folder is its own business. */
export type {
  BlockName,
  CommandName,
  Editor,
  EditorOptions,
  EditorPhoto,
  EditorTexts,
  FindState,
  MarkName,
  Notice,
  PhotoWords,
  ToolbarState,
} from './types';
export { anchorOf, findAnchor, type TextAnchor } from './anchors';
export { caretOf, isField, isWritable, replaceInField, type Field } from './field';
export { endOfChange } from './fieldundo';
export { folded } from './find';
export type { NotedWords } from './notes';
export { narrowed, type SuggestedChange } from './suggestions';
export { createEditor } from './editor';
export { commandKeys } from './keys';
export { storedText } from './text';
export { watchFields } from './watchfields';
