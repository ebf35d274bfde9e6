/** Puts the person's wishes on the document: colours, text size, language. */
import { locale, m } from '../i18n';
import type { Appearance, Settings } from '../wire/generated';

type Theme = Exclude<Appearance, 'system'>;

export function apply(settings: Settings, prefers: { dark: boolean; contrast: boolean }): void {
  const root = document.documentElement;
  locale.current = settings.language;
  root.lang = settings.language;
  root.dataset['theme'] = themeOf(settings.appearance, prefers);
  root.style.setProperty('--scale', String(settings.text_size / 100));
  document.title = m.app_name();
}

export function themeOf(appearance: Appearance, prefers: { dark: boolean; contrast: boolean }): Theme {
  if (appearance !== 'system') return appearance;
  if (prefers.contrast) return 'contrast';
  return prefers.dark ? 'dark' : 'light';
}

/** Calls `change` when the system's own wishes change; the answer stops that. */
export function watchSystem(change: (prefers: { dark: boolean; contrast: boolean }) => void): () => void {
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
