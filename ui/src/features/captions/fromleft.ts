/**
 * How many people a caption lists from the left, for the writer to compare with the picture. Counted is what stands between
 * the marker and the end of its sentence, parted by commas and by “and”; where semicolons part the people, commas stand
 * before their offices. “Second from left” names one and lists none.
 */

import { storedText } from '../../editor';

/** The marker is over before the first name, with its own colon, comma or bracket. */
const MARKERS = [
  /(?:বাঁ|বাম)(?:\s+দিক)?\s*থেকে(?:\s+ডানে)?/gu,
  /\b(?:from\s+(?:the\s+)?left(?:\s+to\s+right)?|left\s+to\s+right|L\s*[-–]\s*R)\b/giu,
];
const ORDINAL_AFTER = /^\s*(?:প্রথম|দ্বিতীয়|তৃতীয়|চতুর্থ|পঞ্চম|ষষ্ঠ|সপ্তম|অষ্টম|নবম|দশম|[০-৯]+\s*(?:ম|য়|র্থ|ষ্ঠ|তম))/u;
const ORDINAL_BEFORE = /(?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d(?:st|nd|rd|th))\s+$/iu;
const END = /[।!?\n]|(?<=\p{Ll}{3})(?<!\b(?:Prof|Engr|Capt|Barr))\.(?=\s|$)/u;
const AND = /\s(?:ও|এবং|আর|and|&)\s/iu;

/** 0: nobody is listed from the left; it takes two to make a list. */
export function listedFromLeft(caption: string): number {
  const text = storedText(caption);
  const counts = MARKERS.flatMap((marker) =>
    [...text.matchAll(marker)].map((match) => {
      const after = text.slice(match.index + match[0].length);
      if (ORDINAL_AFTER.test(after) || ORDINAL_BEFORE.test(text.slice(0, match.index))) return 0;
      return namesIn(after.replace(/^[\s):,—–-]+/u, ''));
    }),
  );
  const most = Math.max(0, ...counts);
  return most < 2 ? 0 : most;
}

function namesIn(text: string): number {
  const sentence = text.split(END, 1)[0] ?? '';
  const parts = sentence.includes(';') ? sentence.split(';') : sentence.split(/,|،/u);
  // The last of the list follows its “and”; an “and” between two offices before it would count twice.
  const names = parts.flatMap((part, at) => (at === parts.length - 1 ? part.split(AND) : [part]));
  return names.filter((name) => /\p{L}/u.test(name.replace(/^\s*(?:and|ও|এবং)\s/iu, ''))).length;
}
