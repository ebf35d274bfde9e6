import { describe, expect, it } from 'vitest';
import { storedText } from './text';

// The same examples as in `crates/bangla/src/normalise.rs`.
describe('the stored spelling', () => {
  it('has split letters whole', () => {
    expect(storedText('বা\u09A1\u09BCি যা\u09AF\u09BC ক\u09C7\u09BEন ম\u09C7\u09D7')).toBe(
      'বা\u09DCি যা\u09DF কোন মৌ',
    );
    expect(storedText('\u09DC\u09CD')).toBe('\u09DC\u09CD');
  });

  it('keeps joiners, which spell', () => {
    for (const text of ['র\u200D্যাব', 'উদ্\u200Cযাপন', '👩\u200D🌾']) expect(storedText(text)).toBe(text);
  });

  it('has no control characters, and one kind of line end', () => {
    expect(storedText('ক\0\r\nখ\rগ\tঘ\x07\x85')).toBe('ক\nখ\nগ\tঘ');
  });
});
