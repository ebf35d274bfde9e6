/** Stories for the tests, in the Bengali of a district correspondent. No person in them is real. */

export const BRIDGE = {
  headline: 'বর্ষার আগেই শেষ হচ্ছে ধরলা সেতুর সংস্কার',
  standfirst: 'দুই পারের ত্রিশ হাজার মানুষের যাতায়াতের কষ্ট কমবে',
  byline: 'নিজস্ব প্রতিবেদক',
  dateline: 'কুড়িগ্রাম',
  section: 'bangladesh',
  paragraphs: [
    'কুড়িগ্রামের ধরলা নদীর ওপর পুরোনো সেতুটির সংস্কার জ্যৈষ্ঠ মাসেই শেষ হবে বলে জানিয়েছেন প্রকৌশলীরা।',
    'স্থানীয় বাসিন্দারা বলছেন, বৃষ্টি নামলে নৌকাই ছিল একমাত্র ভরসা। কৃষকেরা বাজারে যেতে পারতেন না, শিক্ষার্থীদের স্কুল বন্ধ থাকত।',
    'উপজেলা প্রশাসন জানায়, কাজে ব্যয় হয়েছে প্রায় ১২ কোটি টাকা। দুর্যোগের সময় সেতুটি আশ্রয়কেন্দ্রে যাওয়ার পথও হবে।',
  ],
  photo: {
    caption: 'সন্ধ্যায় ধরলার বুকে একটি নৌকা',
    credit: 'খসড়া সংগ্রহ',
    alt: 'সূর্যাস্তের আলোয় নদীতে পালতোলা একটি নৌকা',
  },
} as const;

/** Conjuncts, reph, ya-phala, joiners' neighbours, precomposed letters and the vowel signs around them. */
export const CONJUNCTS = 'ক্ষুদ্র স্ক্রিপ্ট, রাষ্ট্র, সূর্য, ব্যস্ত, জ্ঞান, বড়, গাঢ়, হয়, উৎসব, চাঁদ, দুঃখ, কৌতূহল, সংখ্যা।';
