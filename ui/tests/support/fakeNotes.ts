/** Notes of a desk in memory: threads as the desk works them out, and a portal that takes them or does not. */
import type { Commands, NotesView, NotesWay, NoteView } from '../../src/wire/generated';

type Names = 'list_notes' | 'write_note' | 'suggest_change' | 'turn_note' | 'place_notes';

export class FakeNotes {
  way: NotesWay = 'shared';
  people = ['নাসরিন সুলতানা', 'নাদিয়া হক', 'মাহবুব আলম'];
  readonly of = new Map<string, NoteView[]>();
  #next = 1;

  constructor(private readonly now: () => string) {}

  add(story: string, note: Partial<NoteView>): NoteView {
    const whole: NoteView = {
      note: `n${this.#next++}`,
      parent: null,
      author: 'নাসরিন সুলতানা',
      text: '',
      turn: null,
      anchor: null,
      place: null,
      suggestion: null,
      written_at: this.now(),
      own: false,
      sent: true,
      open: note.parent === undefined || note.parent === null,
      waits: false,
      ...note,
    };
    this.of.set(story, [...(this.of.get(story) ?? []), whole]);
    return whole;
  }

  open(story: string): number {
    return (this.of.get(story) ?? []).filter(({ open }) => open).length;
  }

  calls(story: string): number {
    return (this.of.get(story) ?? []).filter(({ open, waits }) => open && waits).length;
  }

  readonly commands: { [N in Names]: (args: Commands[N]['args']) => Commands[N]['answer'] } = {
    list_notes: ({ story }) => this.#view(story),
    write_note: ({ story, parent, anchor, text }) => {
      this.add(story, { parent, anchor, text, author: 'আমি', own: true, sent: false });
      return this.#view(story);
    },
    suggest_change: ({ story, anchor, change, text }) => {
      this.add(story, { anchor, suggestion: change, text, author: 'আমি', own: true, sent: false });
      return this.#view(story);
    },
    turn_note: ({ story, note, turn }) => {
      this.add(story, { parent: note, turn, author: 'আমি', own: true, sent: false });
      const open = turn === 'reopened';
      this.of.set(
        story,
        (this.of.get(story) ?? []).map((each) => (each.note === note ? { ...each, open } : each)),
      );
      return this.#view(story);
    },
    place_notes: () => ({}),
  };

  #view(story: string): NotesView {
    return { story, notes: this.of.get(story) ?? [], way: this.way, people: this.people };
  }
}
