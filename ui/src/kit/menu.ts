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
  /** What it does is grave: it stands apart from what is above it. */
  grave?: boolean;
}
