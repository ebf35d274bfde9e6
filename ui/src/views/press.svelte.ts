/** The way of the open story to its readers: asked for, confirmed, sent, taken back, looked at. */
import { publishLabel, readiness, type Readiness } from '../features/story/publishing';
import type { StoryPorts } from '../features/story/ports';
import { asText } from '../features/inspector/history.svelte';
import { count, m } from '../i18n';
import { failureOf } from '../platform';
import type { IntentView } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

export class Press implements StoryPorts {
  readonly #room: Newsroom;
  readonly attach: () => void;

  constructor(room: Newsroom, attach: () => void) {
    this.#room = room;
    this.attach = attach;
  }

  get ready(): Readiness {
    const { session, portals } = this.#room;
    if (!session) return { kind: 'not_yet', reason: '', go: 'wait' };
    const { autosave, fields, view } = session;
    return readiness({
      headline: fields.headline,
      view,
      saved: !autosave.dirty,
      failing: autosave.trouble !== null,
      hasPortal: portals.current !== null,
    });
  }

  /** What the button says, for lists of acts. */
  get label(): string {
    const { session } = this.#room;
    return session
      ? publishLabel(session.fields.headline, session.view.axes.public === 'live', 40)
      : m.act_publish();
  }

  /** Asks for confirmation, or leads to what stands in the way. */
  publish = (): void => {
    void this.#askToPublish();
  };

  confirmPublish = async (): Promise<void> => {
    const { session, tools, toasts, platform } = this.#room;
    if (!session) return;
    if (!(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return;
    }
    const asked = { story: session.story, counter: session.autosave.counter };
    const view = await this.#room.act(() => platform.call('publish', asked));
    tools.close();
    if (view) toasts.say(m.publish_queued_toast({ headline: view.content.headline }));
    await this.#room.outbox.load();
  };

  unspike = (): void => {
    const { session } = this.#room;
    if (session) void this.#room.unspike(session.story);
  };

  sendNow = (intent: IntentView): void => {
    void this.#delivery(() => this.#room.outbox.sendNow(intent.intent));
  };

  takeBack = (intent: IntentView): void => {
    const said = () => this.#room.toasts.say(m.outbox_cancelled({ headline: intent.headline }));
    void this.#delivery(() => this.#room.outbox.cancel(intent.intent), said);
  };

  openPublic = (): void => {
    const { session } = this.#room;
    if (session) void this.openPage(session.story);
  };

  async openPage(story: string): Promise<void> {
    try {
      await this.#room.platform.call('open_public_page', { story });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }

  copyAll = (): void => {
    const { session } = this.#room;
    if (session) this.copy(asText(session.content()));
  };

  copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(
      () => this.#room.toasts.say(m.act_copied()),
      (thrown: unknown) => {
        this.#room.complain(failureOf(thrown));
      },
    );
  };

  rescue = (): void => {
    void this.#rescue();
  };

  replaced = (places: number): void => {
    this.#room.toasts.say(m.find_replaced({ count: count(places) }));
  };

  say = (sentence: string): void => {
    this.#room.toasts.say(sentence);
  };

  photoUrl = (id: string): string => this.#room.platform.photoUrl(id, 'display');

  async #askToPublish(): Promise<void> {
    const { session, layout, tools, toasts } = this.#room;
    if (!session) return;
    await session.autosave.flush();
    const { ready } = this;
    if (ready.kind === 'ready') {
      tools.dialog = 'publish';
      return;
    }
    toasts.say(ready.reason);
    if (ready.go === 'checks') layout.showTab('checks');
    if (ready.go === 'portals') {
      this.#room.settingsTab = 'portals';
      this.#room.dialog = 'settings';
    }
  }

  async #delivery(ask: () => Promise<boolean>, done?: () => void): Promise<void> {
    const { outbox, session } = this.#room;
    if (!(await ask())) {
      if (outbox.trouble) this.#room.complain(outbox.trouble);
      return;
    }
    const own = outbox.intents.filter((intent) => intent.story === session?.story);
    for (const intent of own.reverse()) session?.moved(intent);
    this.#room.refreshSoon();
    done?.();
  }

  async #rescue(): Promise<void> {
    const { session, platform, toasts } = this.#room;
    if (!session) return;
    try {
      const rescued = { story: session.story, content: session.content() };
      const { path } = await platform.call('rescue_text', rescued);
      toasts.say(m.save_rescued({ path }), { tone: 'good' });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }
}
