import { locale, type Language } from './locale.svelte';

const ZERO = '০'.charCodeAt(0);

/** The same text with the digits of a language; else the interface's. */
export function inDigits(text: string, language: Language = locale.current): string {
  if (language === 'en') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(ZERO + Number(digit)));
}

/** A whole number, grouped as people here count: ১২,৩৪,৫৬৭. */
export function count(value: number): string {
  return inDigits(Math.round(value).toLocaleString('en-IN'));
}

/** A number with at most one decimal. */
export function decimal(value: number): string {
  return inDigits(value.toLocaleString('en-IN', { maximumFractionDigits: 1 }));
}
