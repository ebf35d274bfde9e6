import { describe, expect, it } from 'vitest';
import { wellFormed } from './wellFormed';

describe('what is sent to the desk', () => {
  it('has no half characters, however deep they stand', () => {
    const sent = wellFormed({ story: 'id', content: { headline: 'ক\ud800খ', tags: ['\udc00', 'ঠিক'] } });
    expect(sent).toEqual({ story: 'id', content: { headline: 'ক\ufffdখ', tags: ['\ufffd', 'ঠিক'] } });
  });

  it('keeps whole pairs, numbers, nulls and booleans as they are', () => {
    const sent = { text: '🛶', counter: 3, undo: null, decorative: true };
    expect(wellFormed(sent)).toEqual(sent);
  });
});
