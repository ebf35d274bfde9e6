import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from './read';
import { schema } from './schema';
import { documents, sources } from './testdocs';
import { tidyBlock } from './tidy';
import { writeMarkdown } from './write';

const { nodes } = schema;

function tidied(doc: Node): Node {
  const blocks = doc.children.map(tidyBlock).filter((block) => block !== null);
  return nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()]);
}

/**
 * The Bengali characters of a source that a document has fewer of: what must never be lost, however odd the signs
 * around it. Fewer, not other: an address in angle brackets is written once, and is both text and target.
 */
function lost(source: string, doc: Node): string {
  const kept = counted(allWords(doc));
  return [...counted(source)]
    .filter(([character, times]) => times > (kept.get(character) ?? 0))
    .map(([character]) => character)
    .join('');
}

function counted(text: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const character of text.match(/[\u0980-\u09FF\u200C\u200D]/g) ?? []) {
    times.set(character, (times.get(character) ?? 0) + 1);
  }
  return times;
}

function allWords(doc: Node): string {
  const parts: string[] = [];
  doc.descendants((node) => {
    parts.push(
      node.isText ? (node.text ?? '') : Object.values(node.attrs).join(' '),
      node.isBlock ? '\n' : '',
    );
    for (const mark of node.marks) parts.push(' ', Object.values(mark.attrs).join(' '), ' ');
  });
  return parts.join('');
}

describe('the Markdown round trip', () => {
  it('reads back every document exactly as it was written', () => {
    fc.assert(
      fc.property(documents, (doc) => {
        const back = readMarkdown(writeMarkdown(doc));
        expect(back.toString()).toBe(tidied(doc).toString());
        expect(back.eq(tidied(doc))).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('is a fixed point after one pass, for any Markdown', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const once = writeMarkdown(readMarkdown(source));
        expect(writeMarkdown(readMarkdown(once))).toBe(once);
      }),
      { numRuns: 1200 },
    );
  });

  it('loses no Bengali word of any Markdown', () => {
    fc.assert(
      fc.property(sources, (source) => {
        expect(lost(source, readMarkdown(source))).toBe('');
      }),
      { numRuns: 1200 },
    );
  });

  it('keeps a definition that no link uses, on either side of a footnote', () => {
    for (const source of [
      '[ref]:ক্ষমতা\n[^1]: ',
      '[ref]:ক্ষমতা\n\n[^1]: টীকা',
      '[^1]: \n[ref]:ক্ষমতা',
      '[^1]: টীকা\n\n[ref]:ক্ষমতা\n\n[^2]: আরেক টীকা',
      '- ঘাট\n\n  [ref]:ক্ষমতা\n  [^1]: টীকা\n\nশেষ',
      '> [ref]:ক্ষমতা\n>\n> [^1]: টীকা',
      '[^1]: টীকা\n\n    [ref]:ক্ষমতা\n\n    আরও',
    ]) {
      expect(lost(source, readMarkdown(source)), source).toBe('');
    }
  });

  it('says what any string says, when the string is typed as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        fc.pre(text !== '');
        const doc = nodes.doc.create(null, [nodes.paragraph.create(null, schema.text(text))]);
        expect(readMarkdown(writeMarkdown(doc)).textContent).toBe(tidied(doc).textContent);
      }),
      { numRuns: 1000 },
    );
  });
});
