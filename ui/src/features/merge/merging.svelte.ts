/** The text in the window and somebody else's version, brought together place by place. Nothing is written before the end. */
import type { Choice, MergeView, Part, Place } from '../../wire/generated';

export type Take = Choice['take'];

export class Merging {
  readonly view: MergeView;
  /** By place; null leaves what is settled. */
  choices = $state.raw<readonly (Choice | null)[]>([]);
  /** Places that stood in front of the person. */
  seen = $state.raw<readonly number[]>([]);
  /** The place that is being decided; null where there is none. */
  current = $state<number | null>(null);
  /** The new draft is on its way to the disk. */
  working = $state(false);

  constructor(view: MergeView) {
    this.view = view;
    this.choices = view.places.map(() => null);
    this.go(this.steps[0] ?? null);
  }

  /** What has to be looked at: what they changed, and what both did. What only we changed is known here. */
  get steps(): readonly number[] {
    const { places } = this.view;
    return places.flatMap(({ settled }, at) => (settled === 'ours' ? [] : [at]));
  }

  /** Places that nobody has chosen for yet. */
  get open(): number {
    return this.steps.filter((at) => this.isOpen(at)).length;
  }

  get unseen(): number {
    return this.steps.filter((at) => !this.seen.includes(at)).length;
  }

  /** Nothing is merged unseen. */
  get ready(): boolean {
    return this.open === 0 && this.unseen === 0;
  }

  get place(): Place | null {
    return this.current === null ? null : (this.view.places[this.current] ?? null);
  }

  isOpen(at: number): boolean {
    return this.view.places[at]?.settled === null && !this.choices[at];
  }

  go(at: number | null): void {
    this.current = at;
    if (at !== null && !this.seen.includes(at)) this.seen = [...this.seen, at];
  }

  step(by: 1 | -1): void {
    const { steps } = this;
    if (steps.length === 0) return;
    const at = this.current === null ? -1 : steps.indexOf(this.current);
    this.go(steps[(at + by + steps.length) % steps.length] ?? null);
  }

  /** Whether this can be chosen for the place. */
  can(take: Take, place: Place): boolean {
    if (take === 'both') return place.both !== null;
    return take !== 'text' || isText(place);
  }

  /** Chooses for the current place; by hand begins with what stands there. */
  choose(take: Take): void {
    const { current, place } = this;
    if (current === null || !place || !this.can(take, place)) return;
    this.#set(current, take === 'text' ? { take, text: this.says(current) } : { take });
  }

  /** What is written by hand for the current place. */
  write(text: string): void {
    if (this.current !== null) this.#set(this.current, { take: 'text', text });
  }

  taken(at: number): Take | null {
    return this.choices[at]?.take ?? this.view.places[at]?.settled ?? null;
  }

  /** What stands at a place as it is now chosen; both sides while it is open. */
  says(at: number): string {
    const place = this.view.places[at];
    if (!place) return '';
    const choice = this.choices[at];
    if (choice?.take === 'text') return choice.text;
    const take = this.taken(at);
    if (take === 'ours') return place.ours;
    if (take === 'theirs') return place.theirs;
    return place.both ?? place.ours;
  }

  /** The body in its order, each stretch with its place. */
  get body(): readonly Part[] {
    return this.view.body;
  }

  #set(at: number, choice: Choice): void {
    this.choices = this.choices.map((each, number) => (number === at ? choice : each));
  }
}

const NO_TEXT: readonly Place['field'][] = [
  'section',
  'language',
  'published_at',
  'photo',
  'decorative',
  'lead',
  'focal',
  'photo_order',
];

function isText({ field }: Place): boolean {
  return !NO_TEXT.includes(field);
}
