/** Random documents and texts for the tests: what a newsroom may write, and what nobody would. */
import fc from 'fast-check';
import type { Mark, Node } from 'prosemirror-model';
import { schema } from './schema';

const { nodes, marks } = schema;

const bengali = [
  'ক্ষমতা',
  'স্ত্রী',
  'র‍্যাব',
  'বাংলাদেশ',
  'উদ্‌যাপন',
  'ড়',
  'ঢাকা।',
  '“খবর”',
  'এএফপি’র',
  '১০',
  '—',
  '‘সূত্র’',
];
const signs = [
  '*',
  '**',
  '_',
  '~',
  '~~',
  '`',
  '[',
  ']',
  '<',
  '>',
  '&amp;',
  '&',
  '\\',
  '|',
  '#',
  '-',
  '+',
  '1.',
  '!',
  ':',
  '=',
  '"',
  '. ',
];
const latin = ['a', 'BB', 'snake_case', 'https://x.y', '<b>', 'x;'];

const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...bengali) },
  { weight: 2, arbitrary: fc.constantFrom(...signs) },
  { weight: 1, arbitrary: fc.constantFrom(...latin) },
);
/** Text without a space at either end. */
const words = fc
  .array(fc.tuple(word, fc.constantFrom('', ' ', '  ', '\u00A0')), { minLength: 1, maxLength: 5 })
  .map((list) =>
    list
      .map(([text, gap]) => text + gap)
      .join('')
      .trim(),
  )
  .filter((text) => text !== '');

const href = fc.constantFrom(
  'https://x.y/z',
  'http://x.y/(a)b?c=1&amp=2',
  'mailto:a@b.c',
  'https://বাংলা.দেশ/ক খ',
  'https://x.y/<a>\\',
);
const link = href.map((value) => marks.link.create({ href: value }));

const markSet: fc.Arbitrary<readonly Mark[]> = fc
  .tuple(
    fc.subarray([marks.bold.create(), marks.italic.create(), marks.strike.create()]),
    fc.option(link, { freq: 5 }),
    fc.boolean(),
  )
  .map(([set, linked, code]) => {
    const all = linked ? [...set, linked] : set;
    return (code && all.length === 0 ? [marks.code.create()] : all).reduce<readonly Mark[]>(
      (sum, mark) => mark.addToSet(sum),
      [],
    );
  });

const styled = fc.tuple(words, markSet).map(([text, set]) => schema.text(text, set));
const note = fc.constantFrom('1', '2').map((label) => nodes.footnote_ref.create({ label }));
const lineBreak = fc.constant(null).map(() => nodes.hard_break.create());

const line = fc
  .tuple(
    styled,
    fc.array(fc.oneof({ weight: 8, arbitrary: styled }, { weight: 1, arbitrary: note }), { maxLength: 4 }),
  )
  .map(([first, rest]) => [first, ...rest]);
const lines = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .chain((list) => lineBreak.map((gap) => list.flatMap((one, index) => (index === 0 ? one : [gap, ...one]))));

const paragraph = lines.map((content) => nodes.paragraph.create(null, content));
const heading = fc
  .tuple(fc.constantFrom(2, 3), line)
  .map(([level, content]) => nodes.heading.create({ level }, content));
const photo = fc.constant(null).map(() => nodes.photo.create({ id: 'ab'.repeat(32) }));
const related = words.map((headline) =>
  nodes.related.create({
    story: '0190a5c3-7d2e-7b11-9c55-3f6a2b1c4d5e',
    headline: headline.replace(/\s+/g, ' '),
  }),
);
const embed = fc.constant(null).map(() => nodes.embed.create({ url: 'https://example.org/v?a=1&b=2' }));
const rule = fc.constant(null).map(() => nodes.rule.create());
const code = fc
  .constantFrom('a\n\n  b', '```', 'ক')
  .map((text) => nodes.code_block.create(null, schema.text(text)));

const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([columns, rows]) =>
    fc.tuple(
      fc.array(fc.constantFrom(null, 'left', 'right', 'center'), { minLength: columns, maxLength: columns }),
      fc.array(fc.array(line, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    ),
  )
  .map(([aligns, rows]) =>
    nodes.table.create(
      null,
      rows.map((cells, row) => tableRow(cells, aligns, row === 0)),
    ),
  );

function tableRow(cells: Node[][], aligns: (string | null)[], isHead: boolean): Node {
  const type = isHead ? nodes.table_header : nodes.table_cell;
  return nodes.table_row.create(
    null,
    cells.map((content, column) => type.create({ align: aligns[column] }, content)),
  );
}

const leafBlock = fc.oneof(
  { weight: 6, arbitrary: paragraph },
  heading,
  photo,
  related,
  embed,
  rule,
  code,
  table,
);

const { block } = fc.letrec<{ block: Node; list: Node; container: Node }>((tie) => ({
  block: fc.oneof({ depthSize: 'small' }, leafBlock, tie('list'), tie('container')),
  list: fc
    .tuple(
      fc.boolean(),
      fc.constantFrom(1, 7),
      fc.array(fc.array(tie('block'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    )
    .map(([ordered, order, items]) => {
      const children = items.map((content) => nodes.list_item.create(null, content));
      return ordered
        ? nodes.ordered_list.create({ order }, children)
        : nodes.bullet_list.create(null, children);
    }),
  container: fc
    .tuple(fc.boolean(), fc.array(tie('block'), { minLength: 1, maxLength: 3 }), fc.option(line))
    .map(([pulled, content, name]) => {
      if (!pulled) return nodes.quote.create(null, content);
      const attribution = name ? [nodes.attribution.create(null, name)] : [];
      return nodes.pull_quote.create(null, [...content, ...attribution]);
    }),
}));

const footnotes = ['1', '2'].map((label) =>
  fc
    .array(paragraph, { minLength: 1, maxLength: 2 })
    .map((content) => nodes.footnote_def.create({ label }, content)),
);

/** Documents as the editor holds them, before anything is tidied. */
export const documents: fc.Arbitrary<Node> = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 3 }), fc.tuple(...footnotes))
  .map(([content, notes]) => nodes.doc.create(null, [...content, ...notes]));

/** Markdown that no editor wrote. */
export const sources: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...bengali,
      ...signs,
      ...latin,
      '\n',
      '\n\n',
      '\n> ',
      '\n- ',
      '\n    ',
      '\n1. ',
      '\n## ',
      '\n---\n',
      '\n| a | b |\n|---|---|\n| c ',
      '[^1]',
      '\n[^1]: ',
      '[ক](https://x.y)',
      '[খ](javascript:alert)',
      '![গ](http://x.y/p.png)',
      '\n[ref]: https://x.y\n',
      '[ref]',
      ' ',
      '  \n',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '\n<div>\n',
      '```',
      '\n```\n',
      '[!pull]\n',
      '\t',
      '![](photo:' + 'cd'.repeat(32) + ')',
      '<https://x.y>',
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));
