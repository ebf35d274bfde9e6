/** Made-up people in sentences as a newsroom writes them. */
import { describe, expect, test } from 'vitest';
import { missingNames } from './names';
import { Vocabulary } from './words';

const STORY = new Vocabulary([
  'ভবদহে পানি নামছে ধীরে',
  `মনিরামপুরের কৃষক আবদুল গফুর মিয়া বলেন, তিন দিন ধরে ঘরে পানি। উপজেলা নির্বাহী কর্মকর্তা নাসরিন চৌধুরী জানান, ত্রাণ দেওয়া
  হচ্ছে। হাটগাছা বিদ্যালয়ের শিক্ষক রফিকুল ইসলামের ভাষ্য, স্কুল খোলা আছে। ডা. সাবরিনা হোসেনকে পাওয়া গেছে শিবিরে।`,
  'Relief officer Farida Rahman and Dr. Kamal Uddin visited the camp. Abdul Karim waited there.',
]);
const missing = (caption: string) => missingNames(caption, STORY);

describe('in Bengali', () => {
  test.each([
    'ঘরে হাঁটুপানি। জিনিসপত্র নিয়ে বাঁধের দিকে যাচ্ছে একটি পরিবার।',
    'প্রধানমন্ত্রী উদ্বোধন করেন নতুন সেতু। মঞ্চে ছিলেন যোগাযোগমন্ত্রী ও সচিব।',
    'আদালতের রায় শুনে কান্নায় ভেঙে পড়েন স্বজনেরা। বৃহস্পতিবার দুপুরে ঢাকার জজ আদালত প্রাঙ্গণে',
    'মাঠে ফিরছে গরুর পাল। নৌকার পালে হাওয়া লেগেছে।',
    'ভাত খান তাঁরা খোলা আকাশের নিচে। মানুষের বিশ্বাস, সরকার ত্রাণ দেবে।',
    'ছবিতে বেগম রোকেয়ার বাড়ি। চৌধুরী বাড়ির পুকুরে মাছ ধরছে শিশুরা।',
    'চেয়ারম্যান সাহেব এলাকা ঘুরে দেখেন। শান্তির ধর্ম ইসলাম—ব্যানারে লেখা।',
    'নিজের হক আদায়ে রাস্তায় শ্রমিকেরা। মন্ত্রী চৌধুরী সাহেবের গাড়িবহর আটকে যায়।',
    'অধ্যাপক বলেন, নদী বাঁচাতে হবে। চিকিৎসক দেখেন রোগী।',
  ])('nothing is said of everyday words: %s', (caption) => {
    expect(missing(caption)).toEqual([]);
  });

  test.each([
    'পানিতে দাঁড়িয়ে আবদুল গফুর মিয়া',
    'ত্রাণ বিতরণ করেন ইউএনও নাসরিন চৌধুরী',
    'স্কুলের সামনে রফিকুল ইসলাম',
    'রোগী দেখছেন ডা. সাবরিনা',
    'মো. রফিকুল ইসলামকে ঘিরে শিক্ষার্থীরা',
  ])('nothing is said of who is in the story, whatever the ending: %s', (caption) => {
    expect(missing(caption)).toEqual([]);
  });

  test.each([
    ['ত্রাণ বিতরণ করেন ইউএনও নাজনীন চৌধুরী', ['নাজনীন চৌধুরী']],
    ['রোগী দেখছেন ডা. ফারহানা', ['ডা. ফারহানা']],
    ['মো. জসিম উদ্দিনের ঘরে এখন হাঁটুপানি', ['মো. জসিম উদ্দিনের']],
    ['মোঃ জসিম ও জনাব তারেক', ['মোঃ জসিম', 'জনাব তারেক']],
    ['স্কুলের সামনে শফিকুল ইসলাম', ['শফিকুল ইসলাম']],
    ['নৌকায় সালমা বেগম ও তাঁর দুই সন্তান', ['সালমা বেগম']],
  ])('a name that stands nowhere is told: %s', (caption, names) => {
    expect(missing(caption)).toEqual(names);
  });

  test('either spelling of ড় ঢ় য় is the same name', () => {
    const story = new Vocabulary(['মো. \u09a8\u09df\u09a8 এসেছেন']);
    expect(missingNames('মো. \u09a8\u09af\u09bc\u09a8', story)).toEqual([]);
  });
});

describe('in Latin script', () => {
  test.each([
    'Villagers wade through knee-deep water near the Bhabadah sluice.',
    'Relief officer Farida Rahman hands out rice. Dr. Kamal Uddin looks on.',
    'Farmer Abdul Karim’s house',
    'A prayer on Friday. May Day is near. In January February is far.',
    'BNP and UNICEF workers. Prime Minister speaks.',
    'Near Jashore, people wait. In Dhaka, The Daily waits. Under Rupsha bridge.',
    'Water rises.  Boats come. Rice is short.',
  ])('nothing is said of what the story has, nor of what is no name: %s', (caption) => {
    expect(missing(caption)).toEqual([]);
  });

  test.each([
    ['Relief officer Farida Rehman hands out rice.', ['Farida Rehman']],
    ['Dr. Kamal Udin and Abdul Karim’s son', ['Kamal Udin']],
    ['Teacher A. Salam at the school', ['A. Salam']],
  ])('a name in another spelling is told: %s', (caption, names) => {
    expect(missing(caption)).toEqual(names);
  });

  test('the same name twice is told once', () => {
    expect(missing('From left Nasir Hasan. Nasir Hasan speaks')).toEqual(['Nasir Hasan']);
  });
});
