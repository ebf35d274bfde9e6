/** What a correspondent does at the window, in the desk's words. Shared by the tests and the guided demo. */
import type { WebElement } from 'selenium-webdriver';
import type { App } from './app.ts';
import { focusWindow, press, type } from './keys.ts';
import { until } from './waiting.ts';

/** The part of `StoryView` that is looked at here. */
export interface Story {
  story: string;
  counter: number;
  content: {
    headline: string;
    standfirst: string;
    section: string;
    body: string;
    photos: { id: string; caption: string; credit: string; alt: string }[];
  };
  axes: { desk: string; public: string };
  public_url: string | null;
}

export interface Caption {
  caption: string;
  credit: string;
  alt: string;
}

/** What a story needs to be handed in. */
export interface Words {
  headline: string;
  byline: string;
  paragraph: string;
  section: string;
}

export interface Ready extends Words {
  photo: Caption;
  /** The photo's file. */
  file: string;
}

export interface Account {
  url: string;
  user: string;
  password: string;
  name?: string;
  kind?: 'native' | 'wordpress';
}

/** Each chair by words that the palette finds it and no other by, in either language of the window. */
const CHAIRS = {
  own: 'back to my own desk',
  correspondent: 'sit in the correspondent',
  sub_editor: 'sit in the sub-editor',
  editor: 'sit in the editor',
};

/** What is written in. */
const BODY = '[data-testid="body"] .ProseMirror';

export class Correspondent {
  constructor(readonly app: App) {}

  /** Real keys go to this window from now on. */
  turnTo(): void {
    focusWindow(this.app.pid);
  }

  /** First start: the built-in portal, without an account. */
  async lookAround(): Promise<void> {
    await this.app.click('first-start-look-around');
    await this.app.at('list-drafts', 30_000);
  }

  /** First start: an account on a portal. */
  async connect({ url, user, password, name = '', kind = 'native' }: Account): Promise<void> {
    await this.app.click('first-start-connect');
    await this.app.at('portal-form');
    await (await this.app.css(`[data-testid="portal-form"] label:has([value="${kind}"])`)).click();
    await this.fill('portal-url', url);
    if (name !== '') await this.fill('portal-name', name);
    await this.fill('portal-user', user);
    await this.fill('portal-password', password);
    await this.app.click('portal-connect');
    await this.app.at('list-drafts', 30_000);
  }

  /** Begins a story by its shortcut; the caret stands in the headline. */
  async newStory(): Promise<void> {
    const before = new Set(await this.drafts());
    await press('ctrl+n');
    await until('the new story is open', async () => (await this.drafts()).some((id) => !before.has(id)));
    await until('its headline is empty', async () => (await this.value('headline')) === '');
  }

  /** Goes to a field and types with real keys; done when every letter has arrived. */
  async fill(id: string, text: string): Promise<void> {
    await this.app.click(id);
    await this.typeInto(id, text);
  }

  private async typeInto(id: string, text: string): Promise<void> {
    await type(text);
    await until(`“${text}” stands in ${id}`, async () => (await this.value(id)).endsWith(text));
  }

  /** Puts the caret at the end of the text. */
  async goToBody(): Promise<void> {
    await until('the text takes the caret', async () => {
      await (await this.app.css(BODY)).click();
      return true;
    });
    await press('ctrl+End');
  }

  async write(text: string): Promise<void> {
    await this.goToBody();
    await type(text);
    const last = text.split('\n').at(-1) ?? '';
    const end = last.replace(/^[#>-]+ /, '');
    await until(`the text ends with “${end}”`, async () => (await this.bodyShown()).trimEnd().endsWith(end));
  }

  async chooseSection(slug: string): Promise<void> {
    await this.app.click('tab-details');
    await this.app.click('section');
    await (await this.app.css(`[role="option"][data-value="${slug}"]`)).click();
  }

  /** Hands a file to the file chooser, then says what it shows. */
  async attachPhoto(path: string, words: Caption): Promise<void> {
    await this.app.click('tab-photos');
    const chooser = await this.app.at('attach-input');
    await chooser.sendKeys(path);
    await this.app.at('photo', 20_000);
    for (const field of ['caption', 'credit', 'alt'] as const) {
      await this.app.click(field);
      // What the camera wrote into the file stands there already.
      await press('ctrl+a');
      await this.typeInto(field, words[field]);
    }
  }

  /** Writes a story with a photo that nothing blocks, and waits until it is on disk. Its id. */
  async writeReady({ photo, file, ...words }: Ready): Promise<string> {
    await this.beginWith(words);
    await this.attachPhoto(file, photo);
    return this.handIn(words.section, (saved) => saved.content.photos[0]?.alt === photo.alt);
  }

  /** The same without a photo. */
  async writeWords(words: Words): Promise<string> {
    await this.beginWith(words);
    return this.handIn(words.section, (saved) => saved.content.body !== '');
  }

  private async beginWith({ headline, byline, paragraph }: Words): Promise<void> {
    await this.newStory();
    await this.fill('headline', headline);
    await this.fill('byline', byline);
    await this.write(paragraph);
  }

  private async handIn(section: string, isWhole: (saved: Story) => boolean): Promise<string> {
    await this.chooseSection(section);
    const { story } = await until('the story is on disk', async () => {
      const saved = await this.saved();
      return saved.content.section === section && isWhole(saved) && saved;
    });
    return story;
  }

  /** Opens the menu beside the button and goes down to this line, without a mouse. */
  async chooseWay(way: string): Promise<void> {
    await until('the menu is there', async () => {
      await this.app.run(`document.querySelector('[data-testid="ways-menu"]').focus();`);
      return (await this.app.focused()) === 'ways-menu';
    });
    await press('Return');
    await this.app.at(way);
    for (let step = 0; step < 8 && (await this.app.focused()) !== way; step += 1) await press('Down');
    await this.app.hasFocus(way);
    await press('Return');
  }

  /** Puts a time into its field, as the field's own calendar would: that differs from machine to machine. */
  async setTime(id: string, value: string): Promise<void> {
    await this.app.run(
      `arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }));`,
      await this.app.at(id),
      value,
    );
  }

  /** Whether readers have the open story, by the line above it. */
  async stands(readers: string): Promise<boolean> {
    return (await (await this.app.at('standing')).getAttribute('data-public')) === readers;
  }

  /** Gives the command that the palette finds by these words. */
  async byPalette(words: string): Promise<void> {
    await press('ctrl+k');
    await this.app.hasFocus('palette');
    await type(words);
    await press('Return');
  }

  /** Sits down in another chair of the built-in portal's newsroom, by the palette; done when the window stands anew. */
  async sit(chair: keyof typeof CHAIRS): Promise<void> {
    await this.app.run('window.left = true; return null;');
    await this.byPalette(CHAIRS[chair]);
    await until('the window began anew', () => this.app.run<boolean>('return window.left === undefined;'));
    await this.app.at('list-drafts', 30_000);
  }

  /** Takes this story from the portal's queue, by keyboard; done when it is open. */
  async take(story: string): Promise<void> {
    // In a window that stands anew the queue is there a moment later than the lists.
    await this.app.at('list-queue', 30_000);
    await press('ctrl+shift+d');
    await until(
      'the story waits in the queue',
      async () => (await (await this.app.at('queue-row')).getAttribute('data-story')) === story,
      60_000,
    );
    // An empty queue that was gone to gives its first row the keys.
    await this.app.hasFocus('queue-list');
    await press('Return');
    await until(
      'the story is in our hands',
      async () => (await this.story(story)).axes.desk === 'in_edit',
      60_000,
    );
    const { headline } = (await this.story(story)).content;
    await until('the story is open', async () => (await this.value('headline')) === headline);
  }

  /** Gives the queue the keys, wherever they were. */
  async turnToQueue(): Promise<void> {
    await until('the queue has the keys', async () => {
      if ((await this.app.focused()) === 'queue-list') return true;
      await press('ctrl+shift+d');
      return false;
    });
  }

  /** Gives the open story back to its author with this reason, by keyboard. */
  async giveBack(reason: string): Promise<void> {
    await press('ctrl+shift+r');
    await this.app.hasFocus('return-reason');
    await type(reason);
    await press('ctrl+Return');
  }

  /** Changes the standfirst, and waits until that is on disk. */
  async editStandfirst(story: string, words: string): Promise<void> {
    await this.fill('standfirst', words);
    await until('the editing is on disk', async () => {
      return (await this.story(story)).content.standfirst === words;
    });
  }

  /** Reads why the open story came back, adds what was asked for, and hands it in again. */
  async mend(story: string, reason: string, words: string): Promise<void> {
    const reads = async (): Promise<boolean> => (await this.app.text('review-reason')) === reason;
    await until('the reason stands above it', reads, 60_000);
    await this.write(`\n${words}`);
    await until('the mending is on disk', async () => {
      return (await this.story(story)).content.body.includes(words);
    });
    await this.publish();
    await this.delivery('confirmed', 60_000);
  }

  /** Opens the preview and waits until its page has these words; the answer is its frame. */
  async previewShows(words: string): Promise<WebElement> {
    await this.app.click('tab-preview');
    const frame = await this.app.at('preview-frame');
    await until(`the preview shows “${words}”`, () =>
      this.app.run<boolean>(
        'return arguments[0].contentDocument?.body?.innerText.includes(arguments[1]) ?? false;',
        frame,
        words,
      ),
    );
    return frame;
  }

  /** Publishes by its shortcut and confirms by Enter. */
  async publish(): Promise<void> {
    await until('the story may be published', async () => {
      const button = await this.app.at('publish');
      return (await button.getAttribute('data-ready')) === 'true';
    });
    await press('ctrl+Return');
    await this.app.click('confirm-publish');
  }

  /** Publishes a change of what readers have, of this kind and with these words to them. */
  async publishCorrection(kind: string, note: string): Promise<void> {
    await press('ctrl+Return');
    await (await this.app.css(`[data-testid="change"] label:has([value="${kind}"])`)).click();
    await this.fill('change-note', note);
    await this.app.click('confirm-publish');
  }

  /** State of the newest delivery, once it is this one. */
  async delivery(state: string, limit = 30_000): Promise<void> {
    await until(
      `the delivery is ${state}`,
      async () => (await (await this.app.at('delivery')).getAttribute('data-state')) === state,
      limit,
    );
  }

  async value(id: string): Promise<string> {
    return this.app.run<string>('return arguments[0].value;', await this.app.at(id));
  }

  /** A new story with this text on disk, put there past the window: for what would take long to type. Its id. */
  async putDraft(headline: string, body: string): Promise<string> {
    await this.lookAround();
    await this.newStory();
    const { story, content, counter } = await this.saved();
    // Far above whatever the window still saves.
    const save = { story, counter: counter + 1_000, content: { ...content, headline, body }, undo: null };
    await this.app.rpc('save_draft', save);
    return story;
  }

  /** The body as it stands on the screen. */
  async bodyShown(): Promise<string> {
    return this.app.run<string>('return arguments[0].innerText;', await this.app.css(BODY));
  }

  /** The newest draft as it is on disk. */
  async saved(): Promise<Story> {
    const [newest] = await this.drafts();
    if (newest === undefined) throw new Error('no draft');
    return this.story(newest);
  }

  async story(id: string): Promise<Story> {
    return this.app.rpc<Story>('open_story', { story: id });
  }

  private async drafts(): Promise<string[]> {
    const query = { list: 'drafts', section: null, limit: 50, after: null };
    const view = await this.app.rpc<{ rows: { story: string }[] }>('list_stories', query);
    return view.rows.map((row) => row.story);
  }
}
