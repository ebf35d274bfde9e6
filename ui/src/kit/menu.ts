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
}
