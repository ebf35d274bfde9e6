export * as m from './generated/messages.js';
export { locale, type Language } from './locale.svelte';
export { now } from './now.svelte';
export { count, decimal, inDigits } from './digits';
export { bytes } from './size';
export { budgetSentence } from './budget';
export { ago, atWhen, clock, date, exact, fromField, nextHour, timeLeft, toField, when } from './time';
export * from './sentences';
export * from './standing';
