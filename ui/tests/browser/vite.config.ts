import { mergeConfig } from 'vite';
import config from '../../vite.config.ts';

/** Builds the page for looking at the window in an ordinary browser. */
export default mergeConfig(config, { build: { rollupOptions: { input: 'tests/browser/index.html' } } });
