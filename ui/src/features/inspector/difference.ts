/** The difference between two texts, word by word. */
export interface Part {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Above this many cells the middle is shown as one change: a quick answer beats an exact one. */
const CELLS = 4_000_000;

export function difference(before: string, after: string): Part[] {
  const old = words(before);
  const fresh = words(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  const room = Math.min(old.length, fresh.length) - start;
  while (end < room && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end++;
  const middle = changes(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  return merged([
    { kind: 'same', text: old.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: old.slice(old.length - end).join('') },
  ]);
}

/** Words with the white space after them. */
function words(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

function changes(old: readonly string[], fresh: readonly string[]): Part[] {
  if (old.length * fresh.length > CELLS) {
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: fresh.join('') },
    ];
  }
  return walk(old, fresh, commonLengths(old, fresh));
}

/** Length of the longest common sequence of each pair of tails, row by row. */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint32Array {
  const width = fresh.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const below = table[(i + 1) * width + j] ?? 0;
      const right = table[i * width + j + 1] ?? 0;
      const both = table[(i + 1) * width + j + 1] ?? 0;
      table[i * width + j] = old[i] === fresh[j] ? both + 1 : Math.max(below, right);
    }
  }
  return table;
}

function walk(old: readonly string[], fresh: readonly string[], table: Uint32Array): Part[] {
  const width = fresh.length + 1;
  const parts: Part[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    const was = old[i];
    const is = fresh[j];
    if (was !== undefined && was === is) {
      parts.push({ kind: 'same', text: was });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || stay(table, i, j, width))) {
      parts.push({ kind: 'removed', text: was });
      i++;
    } else {
      parts.push({ kind: 'added', text: is ?? '' });
      j++;
    }
  }
  return parts;
}

function stay(table: Uint32Array, i: number, j: number, width: number): boolean {
  return (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0);
}

function merged(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts.filter((each) => each.text !== '')) {
    const last = joined.at(-1);
    if (last?.kind === part.kind) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}
