import { describe, expect, test } from 'vitest';
import type { StoryPhoto } from '../../wire/generated';
import { moved, PhotoOrder } from './photos.svelte';
import type { InspectedStory } from './story';

function story(...ids: string[]) {
  const photos = ids.map((id) => ({ id, lead: false, caption: `ক্যাপশন ${id}` }) as StoryPhoto);
  const inspected = {
    fields: { photos } as unknown as InspectedStory['fields'],
    change(patch: Partial<InspectedStory['fields']>) {
      inspected.fields = { ...inspected.fields, ...patch };
    },
  };
  const order = new PhotoOrder(() => inspected as unknown as InspectedStory);
  return { order, ids: () => inspected.fields.photos.map((photo) => photo.id).join(''), inspected };
}

describe('the order of photos', () => {
  test('changes by keys and stops at the ends', () => {
    const { order, ids } = story('a', 'b', 'c');
    order.move('a', 1);
    expect(ids()).toBe('bac');
    order.move('a', 1);
    order.move('a', 1);
    expect(ids()).toBe('bca');
  });

  test('changes by dropping one in the place of another', () => {
    const { order, ids } = story('a', 'b', 'c');
    order.dragged = 'c';
    order.drop('a');
    expect(ids()).toBe('cab');
    expect(order.dragged).toBeNull();
  });

  test('nothing out of range moves anything', () => {
    expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
  });
});

test('at most one photo leads, and it can give the lead up', () => {
  const { order, inspected } = story('a', 'b');
  const leads = () => inspected.fields.photos.filter((photo) => photo.lead).map((photo) => photo.id);
  order.lead('a');
  order.lead('b');
  expect(leads()).toEqual(['b']);
  order.lead('b');
  expect(leads()).toEqual([]);
});

test('a removed photo comes back where it stood, with its words', () => {
  const { order, ids, inspected } = story('a', 'b', 'c');
  const undo = order.remove('b');
  expect(ids()).toBe('ac');
  undo();
  undo();
  expect(ids()).toBe('abc');
  expect(inspected.fields.photos[1]?.caption).toBe('ক্যাপশন b');
});
