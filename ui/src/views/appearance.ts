/** Puts the person's wishes on the document: colours, text size, language. */
import { locale, m } from '../i18n';
import type { Appearance, Settings } from '../wire/generated';

export type Theme = Exclude<Appearance, 'system'>;
type Look = Pick<Settings, 'appearance' | 'language' | 'text_size'>;

interface Prefers {
  dark: boolean;
  contrast: boolean;
}

const LOOK = 'look';
const USUAL: Look = { appearance: 'system', language: 'bn', text_size: 100 };

/** Answers with the colours that it put on. */
export function apply(settings: Look, prefers: Prefers): Theme {
  const root = document.documentElement;
  const theme = themeOf(settings.appearance, prefers);
  locale.current = settings.language;
  root.lang = settings.language;
  root.dataset['theme'] = theme;
  root.style.setProperty('--scale', String(settings.text_size / 100));
  document.title = m.app_name();
  const { appearance, language, text_size } = settings;
  localStorage.setItem(LOOK, JSON.stringify({ appearance, language, text_size }));
  return theme;
}

/** For a start that failed: the wishes are in the store, so those of the last good start have to do. */
export function applyLast(): void {
  watchSystem((prefers) => {
    apply(last(), prefers);
  })();
}

function last(): Look {
  try {
    return { ...USUAL, ...(JSON.parse(localStorage.getItem(LOOK) ?? '{}') as Partial<Look>) };
  } catch {
    return USUAL;
  }
}

export function themeOf(appearance: Appearance, prefers: Prefers): Theme {
  if (appearance !== 'system') return appearance;
  if (prefers.contrast) return 'contrast';
  return prefers.dark ? 'dark' : 'light';
}

/** Calls `change` when the system's own wishes change; the answer stops that. */
export function watchSystem(change: (prefers: Prefers) => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const tell = () => {
    change({ dark: dark.matches, contrast: contrast.matches });
  };
  dark.addEventListener('change', tell);
  contrast.addEventListener('change', tell);
  tell();
  return () => {
    dark.removeEventListener('change', tell);
    contrast.removeEventListener('change', tell);
  };
}
