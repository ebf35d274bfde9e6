import type { Component } from 'svelte';

/** One act of a menu. */
export interface MenuItem {
  label: string;
  run: () => void;
  icon?: Component<{ size?: number }>;
  /** Its shortcut, as shown. */
  keys?: string;
  disabled?: boolean;
  testid?: string;
  /** It opens a dialog, which takes the focus from the menu's button and gives it back there. */
  asks?: boolean;
  /** What it does is grave: it stands apart from what is above it. */
  grave?: boolean;
}
