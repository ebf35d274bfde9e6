import type { Attachment } from 'svelte/attachments';

/** Makes a text field as tall as what it holds. */
export function grow(value: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    const fit = () => {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    };
    if (value === field.value || value.length === 0) fit();
    field.addEventListener('input', fit);
    const watch = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(fit);
    if (field.parentElement) watch?.observe(field.parentElement);
    return () => {
      field.removeEventListener('input', fit);
      watch?.disconnect();
    };
  };
}
