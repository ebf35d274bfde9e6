const segmenter = new Intl.Segmenter();

/** How many letters a reader sees: a conjunct with its vowel sign is one. */
export function clusters(text: string): number {
  return [...segmenter.segment(text)].length;
}

/** At most so many letters as a reader sees them; never half a cluster. */
export function cut(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const clusters = [...segmenter.segment(text)].map((cluster) => cluster.segment);
  return clusters.length <= letters ? text : `${clusters.slice(0, letters).join('').trimEnd()}…`;
}
