import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merged, readCodeFile, tidied, writeCodeFile } from './codefile';
import { expansionAt, tableOf, unknownCodes } from './codes';

const table = tableOf([
  { code: 'pm', text: 'প্রধানমন্ত্রী' },
  { code: 'ন\u09df', text: 'নয় নম্বর ওয়ার্ড' },
]);
const at = (value: string) => expansionAt(value, value.length, table)?.text;
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCodeFile(bytes(text));

describe('a code', () => {
  test('is known at its closing sign, wherever it opens', () => {
    expect(expansionAt('মঞ্চে =pm=', 10, table)).toEqual({ from: 6, to: 10, text: 'প্রধানমন্ত্রী' });
    expect(at('(=pm=')).toBe('প্রধানমন্ত্রী');
    expect(at('=PM=')).toBe('প্রধানমন্ত্রী');
  });

  test('is known in either spelling of য়', () => {
    expect(at('=ন\u09af\u09bc=')).toBe('নয় নম্বর ওয়ার্ড');
  });

  test.each(['a=pm=', '১=pm=', 'ক=pm=', '==pm=', '=p m=', '=pm', '=xx=', '= pm='])(
    'is not made of %s',
    (value) => {
      expect(at(value)).toBeUndefined();
    },
  );

  test('is known before other words too', () => {
    expect(expansionAt('=pm= এসেছেন', 4, table)?.to).toBe(4);
  });

  test('that no table has is told, once', () => {
    expect(unknownCodes('=xx= ও =pm= এবং =xx=, =yy=', table)).toEqual(['xx', 'yy']);
    expect(unknownCodes('a=b=c', table)).toEqual([]);
  });
});

describe('a file of codes', () => {
  test('is taken with its mark, with ends of lines of any kind, and without its empty lines', () => {
    const { codes, bad } = read('\ufeffpm\tপ্রধানমন্ত্রী\r\n\r\n=fm=\t অর্থমন্ত্রী \t\t\nlast\tশেষ');
    expect(codes.map(({ code, text }) => [code, text])).toEqual([
      ['pm', 'প্রধানমন্ত্রী'],
      ['fm', 'অর্থমন্ত্রী'],
      ['last', 'শেষ'],
    ]);
    expect(bad).toEqual([]);
  });

  test('tells its bad lines by their numbers, whole, and takes the others', () => {
    const { codes, bad } = read(
      'pm\tক\nno tab here\nfm\t\n\tখ\na b\tগ\nPM\tঘ\nx\ty\tz\n' + `${'c'.repeat(41)}\tঙ\nok\tচ`,
    );
    expect(codes.map(({ code, number }) => [code, number])).toEqual([
      ['pm', 1],
      ['ok', 9],
    ]);
    expect(bad.map(({ number, fault }) => [number, fault])).toEqual([
      [2, 'no_tab'],
      [3, 'no_words'],
      [4, 'no_code'],
      [5, 'bad_code'],
      [6, 'twice'],
      [7, 'many_columns'],
      [8, 'too_long'],
    ]);
    expect(bad[0]?.line).toBe('no tab here');
  });

  test('in another encoding than UTF-8 loses the lines that are not text, and no other', () => {
    const file = new Uint8Array([...bytes('pm\tক\n'), 0x61, 0x09, 0xe9, 0x0a, ...bytes('fm\tখ\n')]);
    const { codes, bad } = readCodeFile(file);
    expect(codes.map(({ code }) => code)).toEqual(['pm', 'fm']);
    expect(bad).toMatchObject([{ number: 2, fault: 'not_text' }]);
  });

  test('of UTF-16 with its mark, as spreadsheets write it, is taken', () => {
    const units = Array.from('\ufeffpm\tক\r\n', (letter) => letter.charCodeAt(0));
    const little = new Uint8Array(units.flatMap((unit) => [unit & 0xff, unit >> 8]));
    const big = new Uint8Array(units.flatMap((unit) => [unit >> 8, unit & 0xff]));
    for (const file of [little, big])
      expect(readCodeFile(file).codes).toMatchObject([{ code: 'pm', text: 'ক' }]);
  });

  test('has its quotation marks taken off as a spreadsheet puts them on', () => {
    expect(read('pm\t"নাম, “পদ” ও ""উপাধি"""').codes[0]?.text).toBe('নাম, “পদ” ও "উপাধি"');
  });

  test('gives known codes other words, and leaves the rest of the table', () => {
    const known = [
      { code: 'pm', text: 'আগের জন' },
      { code: 'fm', text: 'অর্থমন্ত্রী' },
    ];
    const result = merged(known, read('PM\tএখনকার জন\nfm\tঅর্থমন্ত্রী\nhm\tস্বরাষ্ট্রমন্ত্রী'), 10_000);
    expect(result).toMatchObject({ added: 1, changed: 1, bad: [] });
    expect(result.codes.map(({ code, text }) => `${code} ${text}`)).toEqual([
      'pm এখনকার জন',
      'fm অর্থমন্ত্রী',
      'hm স্বরাষ্ট্রমন্ত্রী',
    ]);
  });

  test('that has no room is told line by line, and what fits is taken', () => {
    const result = merged([], read(`a\t${'x'.repeat(80)}\nb\tক\nc\t${'y'.repeat(80)}`), 100);
    expect(result.codes.map(({ code }) => code)).toEqual(['a']);
    expect(result.bad.map(({ number, fault }) => [number, fault])).toEqual([
      [2, 'no_room'],
      [3, 'no_room'],
    ]);
    expect(result.bad[0]?.line).toBe('b\tক');
  });

  test('is read back as it was written', () => {
    const code = fc.record({
      code: fc.string({ minLength: 1, maxLength: 12 }),
      text: fc.string({ minLength: 1, maxLength: 60 }),
    });
    fc.assert(
      fc.property(fc.array(code, { maxLength: 8 }), (raw) => {
        const codes = merged(
          [],
          { codes: raw.map((each) => ({ ...tidied(each), number: 1 })), bad: [] },
          100_000,
        ).codes;
        const fine = codes.filter((each) => /^[^\s=]+$/.test(each.code) && each.text !== '');
        const back = read(writeCodeFile(fine));
        expect(back.bad).toEqual([]);
        expect(back.codes.map((each) => ({ code: each.code, text: each.text }))).toEqual(fine);
      }),
    );
  });
});
