import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const root = dirname(fileURLToPath(import.meta.url));
const FEATURES = [
  'desk',
  'story',
  'inspector',
  'captions',
  'preview',
  'outbox',
  'portals',
  'palette',
  'settings',
  'firststart',
];

/** One wall: files under `target` may import nothing of ours from `from` but `except`. */
const wall = (target, from, except, message) => ({
  target: `./src/${target}`,
  from: `./src/${from}`,
  ...(except.length > 0 ? { except } : {}),
  message,
});

const walls = [
  wall('kit', '.', ['./kit'], 'The kit knows nothing of ours: hand it what it needs as properties.'),
  wall('wire', '.', ['./wire'], 'The wire holds types only.'),
  wall('platform', '.', ['./platform', './wire'], 'The platform knows the wire and nothing else of ours.'),
  wall('i18n', '.', ['./i18n', './wire'], 'The messages know the wire and nothing else of ours.'),
  wall('editor', '.', ['./editor'], 'The editor core is free of the window: hand it what it needs.'),
  ...FEATURES.map((feature) =>
    wall(
      `features/${feature}`,
      '.',
      [`./features/${feature}`, './kit', './wire', './platform', './editor', './i18n'],
      'Features never see each other; only views compose them.',
    ),
  ),
];

/** Raw HTML may be set in one place, which takes only the string that Rust makes. */
const RAW_HTML = './src/features/preview/SafeFrame.svelte';

export default ts.config(
  { ignores: ['dist/', 'src/i18n/generated/', 'src/wire/generated.ts', 'node_modules/'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        project: ['./tsconfig.node.json'],
        tsconfigRootDir: root,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: `${root}/tsconfig.json` })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: walls }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // The linter sees another component's properties as `any`; svelte-check types them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/platform/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only platform knows the desktop shell.' }] },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: [RAW_HTML],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']",
          message: 'The policy of the window allows no style attribute: use style: directives.',
        },
        { selector: "SvelteAttribute[key.name='srcdoc']", message: 'Only SafeFrame shows HTML.' },
        { selector: "Literal[value='srcdoc']", message: 'Only SafeFrame shows HTML.' },
        {
          selector:
            'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML|srcdoc$/]',
          message: 'Only SafeFrame shows HTML.',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.test.ts', 'tests/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
