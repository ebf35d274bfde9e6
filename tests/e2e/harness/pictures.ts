/** Photos as a camera leaves them: drawn by Chromium, with a place, a serial number and an owner in them. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freshFolder } from './paths.ts';
import { asReader } from './reader.ts';

/** What a camera writes and a reader must never get. */
export const SECRETS = ['KSR-SERIAL-77310', 'Khosra Test Owner', '23.8103'] as const;

const RIVER = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000" width="1600" height="1000">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#f6d7a8"/><stop offset="1" stop-color="#e98f5a"/>
    </linearGradient>
    <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#c9784f"/><stop offset="1" stop-color="#274b57"/>
    </linearGradient>
  </defs>
  <rect width="1600" height="560" fill="url(#sky)"/>
  <circle cx="1120" cy="430" r="92" fill="#fff1d6"/>
  <path d="M0 560 Q220 470 470 548 T980 540 T1600 552 V600 H0z" fill="#3d4a3a"/>
  <rect y="560" width="1600" height="440" fill="url(#water)"/>
  <path d="M430 760 q260 90 560 0 l-52 66 h-452z" fill="#21180f"/>
  <path d="M690 760 V560 q150 60 160 190z" fill="#7b2f20"/>
  <path d="M560 752 q0 -62 30 -62 t30 62z" fill="#17120d"/>
  <g stroke="#f3c291" stroke-width="5" opacity=".5">
    <path d="M1010 640h230M980 690h310M1040 740h200M120 700h180M60 820h260M1200 860h260"/>
  </g>
</svg>`;

/** A 1600 × 1000 JPEG with metadata; the answer is its path. */
export async function cameraPhoto(name = 'DSC_0042.JPG'): Promise<string> {
  const path = join(freshFolder('photo'), name);
  await asReader(1600, async (page) => {
    await page.setViewportSize({ width: 1600, height: 1000 });
    await page.setContent(`<body style="margin:0">${RIVER}</body>`);
    await page.screenshot({ path, type: 'jpeg', quality: 90 });
  });
  execFileSync('exiftool', [
    '-overwrite_original',
    '-quiet',
    '-GPSLatitude=23.8103',
    '-GPSLatitudeRef=N',
    '-GPSLongitude=90.4125',
    '-GPSLongitudeRef=E',
    '-SerialNumber=KSR-SERIAL-77310',
    '-OwnerName=Khosra Test Owner',
    '-XMP:Creator=Khosra Test Owner',
    path,
  ]);
  return path;
}

/** Everything that exiftool finds in these bytes, as text. */
export function metadataOf(bytes: Uint8Array): string {
  return execFileSync('exiftool', ['-a', '-u', '-n', '-G1', '-'], { input: bytes, encoding: 'utf8' });
}
