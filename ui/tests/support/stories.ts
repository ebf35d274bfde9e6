/** Stories for tests: made-up news about made-up people. */
import type { Content, Section, StoryPhoto } from '../../src/wire/generated';

export const PHOTO_ID = 'a'.repeat(64);

export function photo(patch: Partial<StoryPhoto> = {}): StoryPhoto {
  const empty = { caption: '', credit: '', alt: '', decorative: false, lead: false, focal: null };
  return { id: PHOTO_ID, ...empty, ...patch };
}

export function content(patch: Partial<Content> = {}): Content {
  return {
    headline: 'দুই দিনের বৃষ্টিতে ডুবেছে ভবদহের ৪০ গ্রাম, পানি নামছে ধীরে',
    standfirst:
      'স্লুইসগেটের সামনে পলি জমে নদীর মুখ বন্ধ। ঘরে পানি ওঠায় পাঁচ শতাধিক পরিবার উঠেছে স্কুলে আর বাঁধের ওপর।',
    byline: 'নিজস্ব প্রতিবেদক',
    dateline: 'যশোর',
    source: '',
    section: 'bangladesh',
    tags: ['জলাবদ্ধতা', 'যশোর', 'ভবদহ'],
    slug: '',
    language: 'bn',
    published_at: null,
    body: BODY,
    photos: [],
    ...patch,
  };
}

const BODY = `টানা দুই দিনের বৃষ্টিতে যশোরের মনিরামপুর ও কেশবপুর উপজেলার অন্তত ৪০টি গ্রাম পানিতে তলিয়ে গেছে। বাড়ির উঠান, রান্নাঘর, স্কুলের মাঠ—সবখানে এখন হাঁটুপানি। সবচেয়ে বিপাকে পড়েছেন দিনমজুর আর বর্গাচাষিরা।

স্থানীয় লোকজন বলছেন, হরি নদের মুখে পলি জমে স্লুইসগেট প্রায় অচল। বৃষ্টির পানি নামার পথ নেই। গত বছরের একই সময়েও এলাকাটি তিন সপ্তাহ ডুবে ছিল।

## স্কুলঘরই এখন বসতবাড়ি

হাটগাছা মাধ্যমিক বিদ্যালয়ের দোতলায় ঠাঁই নিয়েছে ৬২টি পরিবার। দুপুরে সেখানে গিয়ে দেখা যায়, বেঞ্চ জোড়া দিয়ে ঘুমানোর জায়গা করা হয়েছে। নিচতলায় বাঁধা গরু-ছাগল।

> ‘তিন দিন ধরে চুলা জ্বলে না। মুড়ি আর চিঁড়া খেয়ে আছি। ধানের বীজতলা সব পচে গেল।’

পানি উন্নয়ন বোর্ডের স্থানীয় কার্যালয় জানায়, পাম্প বসিয়ে পানি সরানোর কাজ **আজ রাত থেকেই** শুরু হবে। তবে নদ খননের প্রকল্প কবে শুরু হবে, সে বিষয়ে তারা নির্দিষ্ট করে কিছু বলতে পারেনি।

- মনিরামপুরে ডুবেছে ২৭টি গ্রাম
- কেশবপুরে ১৩টি
- বন্ধ রয়েছে ১৮টি বিদ্যালয়
`;

export const MORE: Partial<Content>[] = [
  {
    headline: 'হাওরে আগাম বন্যার শঙ্কা, আধা পাকা ধান কাটছেন কৃষক',
    section: 'bangladesh',
    dateline: 'সুনামগঞ্জ',
  },
  { headline: 'নতুন শিক্ষাক্রমের বই পৌঁছেছে সব উপজেলায়', section: 'education', dateline: 'ঢাকা' },
  {
    headline: 'রপ্তানিতে টানা তৃতীয় মাসে প্রবৃদ্ধি, এগিয়ে পোশাক খাত',
    section: 'economy',
    dateline: 'ঢাকা',
  },
  { headline: 'বরিশালে নৌকাবাইচ দেখতে কীর্তনখোলার দুই তীরে মানুষের ঢল', section: 'culture', dateline: 'বরিশাল' },
  { headline: 'শেষ ওভারের নাটকে সিরিজ জিতল বাংলাদেশের মেয়েরা', section: 'sports', dateline: 'মিরপুর' },
  {
    headline: 'ডেঙ্গু রোগী কমছে, তবু হাসপাতালে শয্যাসংকট',
    section: 'health',
    dateline: 'চট্টগ্রাম',
  },
  { headline: '', section: '', byline: '', body: '' },
  { headline: 'পাহাড়ে জুমের নতুন ধান ঘরে তোলার উৎসব', section: 'culture', dateline: 'রাঙামাটি' },
];

/** What a desk knows of every photo in these stories. */
export const FILE = {
  name: 'DSC_0412.JPG',
  media_type: 'image/jpeg',
  width: 1600,
  height: 1067,
  size: 412_000,
  had_location: false,
};

export function blank(): Content {
  return {
    headline: '',
    standfirst: '',
    byline: '',
    dateline: '',
    source: '',
    section: '',
    tags: [],
    slug: '',
    language: 'bn',
    published_at: null,
    body: '',
    photos: [],
  };
}

const section = (
  slug: string,
  name_bn: string,
  name_en: string,
  position: number,
  parent: string | null = null,
) => ({ slug, name_bn, name_en, parent, position }) satisfies Section;

export const SECTIONS: Section[] = [
  section('bangladesh', 'বাংলাদেশ', 'Bangladesh', 1),
  section('politics', 'রাজনীতি', 'Politics', 1, 'bangladesh'),
  section('education', 'শিক্ষা', 'Education', 2, 'bangladesh'),
  section('health', 'স্বাস্থ্য', 'Health', 3, 'bangladesh'),
  section('world', 'বিশ্ব', 'World', 2),
  section('economy', 'অর্থনীতি', 'Economy', 3),
  section('sports', 'খেলা', 'Sports', 4),
  section('culture', 'সংস্কৃতি', 'Culture', 5),
];
