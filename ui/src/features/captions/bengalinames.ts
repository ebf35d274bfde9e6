/**
 * Names of people in Bengali, which has no capitals. The rule errs on the side of silence. A name is:
 *
 * 1. the word after an honorific that stands before names only (মো., ডা., ড., জনাব, সৈয়দ, শেখ …), and with it a family
 *    name that follows; or
 * 2. the word before a family name that is no everyday word (হোসেন, চৌধুরী, বেগম, আক্তার …). ইসলাম and হক are names after
 *    a word on -ুল only. Left out are খান, রায়, পাল, বিশ্বাস, সরকার and their like, which captions use as words.
 *
 * Taken for no name are: an office or an everyday word in the place of the given name (“মন্ত্রী চৌধুরী”), a word with a
 * case ending before a family name (“ছবিতে বেগম রোকেয়া”), and what a place is called after (“চৌধুরী বাড়ি”).
 * Offices alone tell nothing: after “প্রধানমন্ত্রী” comes a verb as often as a name.
 */
import { plain, type Word } from './words';

const set = (words: string) => new Set(words.split(/\s+/).map(plain));

/** Without their dot or visarga, which the short ones must have. */
const SHORT = set('মো মোঃ মোছা মোছাঃ মোসা মোসাঃ ডা ডাঃ ড ডঃ');
const HONORIFICS = set('মোহাম্মদ মোহাম্মাদ মুহাম্মদ মোছাম্মৎ মোসাম্মৎ জনাব সৈয়দ সৈয়দা শেখ');
const FAMILY = set(
  `হোসেন হোসাইন রহমান আহমেদ আহমদ উদ্দিন উদ্দীন আলম বেগম খাতুন আক্তার আখতার সুলতানা পারভীন পারভিন ইয়াসমিন মিয়া চৌধুরী
  তালুকদার মজুমদার সিকদার শিকদার হাওলাদার মণ্ডল মন্ডল দাস সাহা ঘোষ চক্রবর্তী ভট্টাচার্য ভূঁইয়া ভুঁইয়া সাহেব`,
);
const FAMILY_AFTER_UL = set('ইসলাম হক');
const OFFICES = set(
  `মন্ত্রী প্রধানমন্ত্রী প্রতিমন্ত্রী উপমন্ত্রী রাষ্ট্রপতি উপদেষ্টা সচিব সভাপতি সম্পাদক মহাসচিব চেয়ারম্যান মেয়র কাউন্সিলর সদস্য সাংসদ
  অধ্যাপক অধ্যক্ষ শিক্ষক শিক্ষিকা চিকিৎসক ডাক্তার প্রকৌশলী ইঞ্জিনিয়ার ব্যারিস্টার অ্যাডভোকেট আইনজীবী বিচারপতি বিচারক মাওলানা
  মুফতি ইমাম হাফেজ ওসি এসপি ডিসি ইউএনও এসআই কর্মকর্তা পরিদর্শক কনস্টেবল মেজর কর্নেল ক্যাপ্টেন জেনারেল কোচ অধিনায়ক
  সাংবাদিক কৃষক শ্রমিক জেলে ব্যবসায়ী গৃহবধূ ছাত্র ছাত্রী শিক্ষার্থী নেতা নেত্রী কবি লেখক শিল্পী গায়ক অভিনেতা বড় ছোট`,
);
const COMMON = set(
  `ও এবং আর এই সেই ওই তার তাঁর এক দুই তিন নিয়ে সঙ্গে হাতে পাশে সামনে পেছনে দাঁড়িয়ে বসে করেন করছেন বলেন বলছেন জানান দেখেন
  দেখছেন দেখান মা বাবা ভাই বোন ছেলে মেয়ে স্ত্রী স্বামী সন্তান পরিবার প্রয়াত নিহত আহত বিধবা`,
);
const PLACES = set(
  'বাড়ি বাড়ির বাড়িতে পাড়া পাড়ার পাড়ায় বাজার বাজারে হাট গ্রুপ সড়ক সড়কে মার্কেট মার্কেটে টাওয়ার পরিবার পরিবারের',
);
/** Case endings, the longest first; a given name before a family name has none. */
const ENDINGS = ['দের', 'য়ের', 'য়েরা', 'েরা', 'ের', 'কে', 'রা', 'তে', 'র'].map(plain);
const INFLECTED = ['দের', 'কে', 'তে', 'থেকে', 'টি', 'টা', 'গুলো'].map(plain);

export interface NamePart {
  /** As it is written. */
  shown: string;
  /** The word by which the person is told from others, as it may be looked up. */
  stems: readonly string[];
}

/** The names that stand in these words, by the rule above. */
export function bengaliNames(words: readonly Word[]): NamePart[] {
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (isHonorific(word) && next?.joined && isGiven(next)) return [afterHonorific(words, at + 1)];
    const before = words[at - 1];
    if (!before || !word.joined || isHonorific(before) || !isFamily(word, before)) return [];
    const place = words[at + 1];
    if (place?.joined && PLACES.has(bare(place))) return [];
    // Told already by what stands before the given name.
    const honorific = words[at - 2];
    if (honorific && before.joined && isHonorific(honorific)) return [];
    if (!isGiven(before) || isInflected(before)) return [];
    return [{ shown: `${trimmed(before)} ${trimmed(word)}`, stems: stems(before) }];
  });
}

function afterHonorific(words: readonly Word[], at: number): NamePart {
  const [honorific, given, family] = [words[at - 1], words[at], words[at + 1]];
  const whole =
    family?.joined && given && isFamily(family, given) ? [honorific, given, family] : [honorific, given];
  const shown = whole.map((word, index) => (index === 0 ? word?.text : word && trimmed(word))).join(' ');
  return { shown, stems: given ? stems(given) : [] };
}

function isHonorific(word: Word): boolean {
  const known = bare(word);
  return HONORIFICS.has(known) || (SHORT.has(known) && /(?:\.|ঃ)$/.test(word.text));
}

function isFamily(word: Word, given: Word): boolean {
  return stems(word).some(
    (stem) => FAMILY.has(stem) || (FAMILY_AFTER_UL.has(stem) && bare(given).endsWith('ুল')),
  );
}

/** A word that may be somebody's own name. */
function isGiven(word: Word): boolean {
  const known = bare(word);
  return (
    /^\p{Script=Bengali}/u.test(known) &&
    known.length > 1 &&
    !/\p{N}/u.test(known) &&
    !isHonorific(word) &&
    ![OFFICES, COMMON, FAMILY, PLACES].some((words) => words.has(known))
  );
}

function isInflected(word: Word): boolean {
  const known = bare(word);
  return INFLECTED.some((ending) => known.length > ending.length + 1 && known.endsWith(ending));
}

/** The word, and what is left of it without a case ending. */
function stems(word: Word): string[] {
  const known = bare(word);
  const shorter = ENDINGS.filter((ending) => known.endsWith(ending)).map((ending) =>
    known.slice(0, -ending.length),
  );
  return [known, ...shorter.filter((stem) => stem.length >= 3)];
}

const trimmed = ({ text }: Word) => text.replace(/\.$/, '');
const bare = (word: Word) => plain(trimmed(word)).replace(/['’-]+$/, '');
