import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { completeMessages } from './build/messages.ts';

/**
 * The messages as functions. Compiling them leaves the compiler's project open in the process, and a test
 * run would wait for that at its end: `npm test` compiles them before, in a process of their own.
 */
function messages(): Plugin[] {
  if (process.env['VITEST'] !== undefined) return [];
  return [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/i18n/generated',
      strategy: ['globalVariable', 'baseLocale'],
      emitTsDeclarations: true,
      emitReadme: false,
      outputStructure: 'locale-modules',
    }),
  ].flat();
}

export default defineConfig({
  plugins: [completeMessages(), ...messages(), svelte(), svelteTesting()],
  // The window's policy allows no data: fonts and no inline script, so nothing is inlined.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // It is read from the program itself and not from a network: one file is the quickest.
    chunkSizeWarningLimit: 1_500,
  },
  server: { port: 1420, strictPort: true },
  clearScreen: false,
  test: {
    environment: 'jsdom',
    setupFiles: ['./tests/setup.ts'],
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Starting up for each file takes longer than most of them run; tests/setup.ts leaves each a clean window.
    isolate: false,
    // In another order each time, told as a seed: what one file leaves behind for the next shows itself here first.
    sequence: { shuffle: { files: true, tests: false } },
  },
});
