/** What the palette offers, and how what was typed finds it. */
export interface Act {
  id: string;
  label: string;
  run: () => void;
  /** The shortcut, as shown. */
  keys?: string;
  /** Words in the other language, so that either finds it. */
  also?: string;
  /** Not offered at present. */
  off?: boolean;
}

/** Acts that hold every typed word, in any order; those that begin with it first. */
export function finding(acts: readonly Act[], typed: string): Act[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const fits = acts.filter((act) => !act.off && words.every((word) => haystack(act).includes(word)));
  const first = words[0];
  if (first === undefined) return fits;
  return [...fits].sort((a, b) => Number(begins(b, first)) - Number(begins(a, first)));
}

function haystack(act: Act): string {
  return fold(`${act.label} ${act.also ?? ''}`);
}

function begins(act: Act, word: string): boolean {
  return fold(act.label).startsWith(word);
}

/** Two ways of writing ড় ঢ় য় exist, and joiners are not seen: neither may hide an act. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\u200b-\u200d]/g, '');
}
