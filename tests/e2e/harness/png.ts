/** A picture of the window, made smaller for a page that shows it: sixty-four shades of each colour will do. */
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = 8;
const CHANNELS = 3;
const SHADES = 63;

/** The same picture; only for 8 bits of red, green and blue, which is what WebKit and Chromium write. */
export function smaller(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (head?.[8] !== 8 || head[9] !== 2 || head[12] !== 0) throw new Error('not a plain RGB picture');
  const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const rows = unfiltered(inflateSync(Buffer.concat(packed)), head.readUInt32BE(0) * CHANNELS);
  const image = deflateSync(rows, { level: 9 });
  const written = [chunk('IHDR', head), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([png.subarray(0, SIGNATURE), ...written]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = SIGNATURE; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Undoes each row's filter, then takes the shades together; the rows stay unfiltered. */
function unfiltered(rows: Buffer, width: number): Buffer {
  const exact = Buffer.from(rows);
  const kept = Buffer.from(rows);
  for (let row = 0; row < rows.length; row += width + 1) {
    const filter = rows[row] ?? 0;
    kept[row] = 0;
    for (let at = row + 1; at <= row + width; at += 1) {
      const inRow = at - row > CHANNELS;
      const left = inRow ? (exact[at - CHANNELS] ?? 0) : 0;
      const above = row > 0 ? (exact[at - width - 1] ?? 0) : 0;
      const corner = inRow && row > 0 ? (exact[at - width - 1 - CHANNELS] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      const value = ((rows[at] ?? 0) + guess) & 0xff;
      exact[at] = value;
      kept[at] = Math.round((Math.round((value * SHADES) / 255) * 255) / SHADES);
    }
  }
  return kept;
}

/** The predictor of PNG's specification, 9.4. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((near) => Math.abs(guess - near)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** As PNG wants it; `zlib.crc32` is younger than the oldest Node that runs this. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
