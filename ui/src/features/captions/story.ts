import type { Content, PhotoView, StoryPhoto } from '../../wire/generated';

/** What changes of each photo, by its id. */
export type PhotoPatches = Readonly<Record<string, Partial<StoryPhoto>>>;

/** What the caption sheet needs of an open story; the story's session fits. */
export interface CaptionedStory {
  readonly story: string;
  readonly fields: Omit<Content, 'body'>;
  readonly writable: boolean;
  /** Several photos at once are one change of the story. */
  changePhotos(patches: PhotoPatches): void;
  photo(id: string): PhotoView | undefined;
  content(): Content;
}
