import type { Content, PhotoView, StoryPhoto, StoryView } from '../../wire/generated';

/** What the inspector needs of an open story; the story's session fits. */
export interface InspectedStory {
  readonly story: string;
  readonly fields: Omit<Content, 'body'>;
  readonly view: Omit<StoryView, 'content'>;
  readonly writable: boolean;
  change(patch: Partial<Omit<Content, 'body'>>): void;
  changePhoto(id: string, patch: Partial<StoryPhoto>): void;
  photo(id: string): PhotoView | undefined;
  content(): Content;
}
