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
