/** The window in an ordinary browser, over a desk in memory: for looking at it, never shipped. */
import '../../src/kit/base.css';
import type { Appearance, Language } from '../../src/wire/generated';
import { begin } from '../../src/views/begin';
import { FakeDesk } from '../support/fakeDesk';
import { content, MORE, photo, PHOTO_ID } from '../support/stories';

const CODES = [
  ['uno', 'উপজেলা নির্বাহী কর্মকর্তা নাসরিন চৌধুরী'],
  ['pwd', 'পানি উন্নয়ন বোর্ড'],
];
const asked = new URLSearchParams(location.search);
const desk = new FakeDesk();
desk.now = () => new Date().toISOString();
desk.settings = {
  ...desk.settings,
  language: (asked.get('language') ?? 'bn') as Language,
  appearance: (asked.get('appearance') ?? 'light') as Appearance,
};
desk.firstStart = asked.has('first');
/** Drawing one takes far longer than any key may. */
const drawn = new Map<string, string>();
desk.pictures = (id) => {
  const known = drawn.get(id) ?? picture(id);
  drawn.set(id, known);
  return known;
};
/** A story with so many photos, some with their words. */
const many = Number(asked.get('photos') ?? 0);
if (many > 0) desk.settings = { ...desk.settings, layout: JSON.stringify({ captions: { codes: CODES } }) };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const caption = 'ঘরে হাঁটুপানি। জিনিসপত্র নিয়ে বাঁধের দিকে যাচ্ছে একটি পরিবার।';
const one = [photo({ caption, credit: 'মাহবুব আলম', lead: true })];
desk.add(content({ photos: many > 0 ? shoot(many) : one }), { saved_at: ago(2) });
for (const [at, more] of MORE.entries()) desk.add(content(more), { saved_at: ago(7 + at * at * 31) });
desk.add(content({ headline: 'সুন্দরবনে মধু আহরণ শুরু, বনে গেলেন তিন হাজার মৌয়াল' }), {
  axes: {
    desk: 'approved',
    approval: null,
    fallen: null,
    delivery: 'confirmed',
    public: 'live',
    guards: { legal: null, embargo: null, kill: null },
    elsewhere: false,
  },
  saved_at: ago(90),
});

const held = { name: 'নাসরিন আক্তার', device: 'ডেস্ক ২', until: ago(-4) };
for (const [at, more] of MORE.slice(0, 6).entries()) {
  const patch = at === 2 ? { held, desk: 'in_edit' as const } : {};
  desk.queue.add(content(more), { filed_at: ago(190 - at * 31), photos: at % 3, ...patch });
}
desk.queue.syncedAt = ago(0);

if (asked.has('notes')) {
  const words = (quote: string, field: 'body' | 'headline' = 'body') => {
    return { field, photo: null, quote, prefix: '', suffix: '', at: 0 };
  };
  const author = 'নাসরিন আক্তার';
  const asks = 'কোন বছরের কথা? @আপনি একটু দেখবেন।';
  const first = desk.notes.add('s1', {
    author,
    text: asks,
    waits: true,
    anchor: words('গত বছরের একই সময়েও'),
    written_at: ago(42),
  });
  desk.notes.add('s1', {
    author,
    parent: first.note,
    text: 'উপজেলার তালিকাটা পাঠালাম।',
    written_at: ago(12),
  });
  desk.notes.add('s1', {
    own: true,
    sent: false,
    text: 'শিরোনাম ছোট করা যায়?',
    anchor: words('৪০ গ্রাম', 'headline'),
    written_at: ago(3),
  });
  desk.notes.add('s1', {
    author,
    text: 'এই উক্তিটা কার?',
    anchor: words('চেয়ারম্যান বলেছেন, সব ঠিক হয়ে যাবে'),
    written_at: ago(90),
  });
  desk.notes.add('s1', { author, text: 'ঠিক আছে', anchor: words('স্কুলের মাঠ'), open: false });
}

Object.assign(window, { desk, PHOTO_ID });
const target = document.getElementById('app');
if (target) void begin(desk, target);

function shoot(count: number) {
  return Array.from({ length: count }, (_, at) => {
    const id = (at + 1).toString(16).padStart(64, '0');
    const words = at < 7 ? { caption, credit: 'মাহবুব আলম', alt: 'ডোবা উঠানে কলার ভেলায় একটি পরিবার' } : {};
    return photo({ id, lead: at === 0, ...words });
  });
}

function picture(id: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 1200;
  canvas.height = 800;
  const pen = canvas.getContext('2d');
  if (!pen) return '';
  pen.filter = `hue-rotate(${(Number.parseInt(id.slice(-4), 16) * 47) % 360}deg)`;
  const sky = pen.createLinearGradient(0, 0, 0, 800);
  sky.addColorStop(0, '#9fb4c0');
  sky.addColorStop(0.55, '#d9d3c0');
  sky.addColorStop(0.56, '#8a8d7a');
  sky.addColorStop(1, '#59614f');
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 1200, 800);
  pen.fillStyle = '#3c4a38';
  for (let x = 0; x < 1200; x += 90) pen.fillRect(x, 380 - ((x * 7) % 90), 46, 90 + ((x * 7) % 90));
  return canvas.toDataURL('image/jpeg', 0.8);
}
