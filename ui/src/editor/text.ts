/** Characters that may not stand in a text, wherever it comes from. */

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// Tab and line feed mean something to the caller; the other control characters mean nothing to anyone.
// eslint-disable-next-line no-control-regex -- naming control characters is the point
const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/g;

/** Half characters become U+FFFD: they cannot be written as UTF-8, so they could not be saved. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, '\uFFFD');
}

/** Well-formed, one kind of line end, no control characters. Joiners and direction marks stay. */
export function cleanText(text: string): string {
  return wellFormed(text).replace(/\r\n?/g, '\n').replace(control, '');
}

/** NUL, which Markdown would show as U+FFFD, becomes another control character: {@link cleanText} takes it out. */
export function withoutNul(text: string): string {
  return wellFormed(text).replaceAll('\0', '\x02');
}

// eslint-disable-next-line no-control-regex -- naming control characters is the point
const unkept = /[\0-\x08\x0B-\x1F\x7F-\x9F]/g;
const joint: Readonly<Record<string, string>> = {
  '\u09A1\u09BC': '\u09DC',
  '\u09A2\u09BC': '\u09DD',
  '\u09AF\u09BC': '\u09DF',
  '\u09C7\u09BE': '\u09CB',
  '\u09C7\u09D7': '\u09CC',
};
const parts = /[\u09A1\u09A2\u09AF]\u09BC|\u09C7[\u09BE\u09D7]/g;

/** The text in the spelling in which the desk stores it; `normalise` in `crates/bangla` is the rule's home. */
export function storedText(text: string): string {
  const lines = wellFormed(text).replace(/\r\n?/g, '\n');
  return lines
    .replace(unkept, '')
    .normalize('NFC')
    .replace(parts, (pair) => joint[pair] ?? pair);
}
