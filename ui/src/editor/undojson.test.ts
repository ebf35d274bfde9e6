import { Fragment, Slice } from 'prosemirror-model';
import { NodeSelection, TextSelection } from 'prosemirror-state';
import { AddMarkStep, ReplaceStep, type Step } from 'prosemirror-transform';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from './read';
import { schema } from './schema';
import { readSelection, readStep, selectionJson, stepJson } from './undojson';

const text = (letters: string, ...marks: Parameters<typeof schema.text>[1][]) =>
  new Slice(
    Fragment.from(
      schema.text(
        letters,
        marks.flatMap((mark) => mark ?? []),
      ),
    ),
    0,
    0,
  );

describe('changes as JSON', () => {
  const opened = new Slice(Fragment.from(schema.nodes.paragraph.create(null, schema.text('ক'))), 1, 0);
  const steps: [string, Step, unknown][] = [
    ['a deletion', new ReplaceStep(3, 7, Slice.empty), [3, 7]],
    ['letters', new ReplaceStep(3, 3, text('ক্ষমতা')), [3, 3, 'ক্ষমতা']],
    ['marked letters', new ReplaceStep(3, 3, text('ক', [schema.marks.bold.create()])), null],
    ['an open slice', new ReplaceStep(3, 3, opened), null],
    ['a step that only moves structure', new ReplaceStep(3, 5, Slice.empty, true), null],
    ['a mark', new AddMarkStep(1, 4, schema.marks.bold.create()), null],
  ];

  it.each(steps)('%s comes back as it was', (_, step, short) => {
    const json = stepJson(step);
    if (short === null) expect(json).toEqual(step.toJSON());
    else expect(json).toEqual(short);
    expect(readStep(JSON.parse(JSON.stringify(json))).toJSON()).toEqual(step.toJSON());
  });

  it('brings selections back, backwards ones too', () => {
    const doc = readMarkdown('ঢাকা শহর\n\n---\n\nখুলনা');
    const rule = doc.firstChild?.nodeSize ?? 0;
    for (const selection of [TextSelection.create(doc, 6, 2), NodeSelection.create(doc, rule)]) {
      const json: unknown = JSON.parse(JSON.stringify(selectionJson(selection)));
      expect(readSelection(doc, json).eq(selection)).toBe(true);
    }
    expect(selectionJson(TextSelection.create(doc, 6, 2))).toEqual([6, 2]);
  });

  it.each([[[4000, 4001]], [[null, 'x']], [[]], [['a']]])('refuses %j', (json) => {
    expect(() => {
      const { doc, failed } = readStep(json).apply(readMarkdown('ঢাকা'));
      if (!doc) throw new Error(failed ?? '');
    }).toThrow();
  });
});
