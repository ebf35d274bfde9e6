/** One line of a list to choose from. */
export interface Choice {
  value: string;
  label: string;
  /** Stands under the line before it. */
  depth?: number;
}
