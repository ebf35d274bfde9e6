import type { Editor, EditorOptions } from './types';

export declare function createEditor(mount: HTMLElement, options: EditorOptions): Editor;
