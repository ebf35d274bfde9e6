/** At most so many letters as a reader sees them; never half a cluster. */
export function cut(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const clusters = [...new Intl.Segmenter().segment(text)].map((cluster) => cluster.segment);
  return clusters.length <= letters ? text : `${clusters.slice(0, letters).join('').trimEnd()}…`;
}
