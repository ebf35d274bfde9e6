import { render } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SafeHtml } from '../../wire/generated';
import SafeFrame from './SafeFrame.svelte';

const none = () => undefined;
const rest = { title: 'প্রিভিউ', width: 360, ondrawn: none, onplace: none };
const html = '<!doctype html><html lang="bn"><body>এক<!--text--></body></html>' as SafeHtml;
const page = { frame: { digest: 'f', html }, blocks: [], places: [] };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('a page that is still on its way is not measured', () => {
  const empty = document.implementation.createDocument(null, 'html');
  vi.spyOn(HTMLIFrameElement.prototype, 'contentDocument', 'get').mockReturnValue(empty);
  render(SafeFrame, { ...rest, page, scheme: 'light' });
  expect(() => vi.runAllTimers()).not.toThrow();
});
