/** The accounts on portals, and what is being asked of them. */
import { failureOf, type Platform } from '../../platform';
import type { AddPortal, CommandError, PortalCheck, PortalView, StartView } from '../../wire/generated';
import { Trials } from './trials.svelte';

export class Portals {
  list = $state.raw<readonly PortalView[]>([]);
  /** What the portal that was checked last said of itself. */
  checked = $state.raw<{ portal: string; check: PortalCheck } | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  busy = $state(false);
  readonly trials: Trials;
  readonly #platform: Platform;
  /** The sections and the role go with the current portal. */
  readonly #onStart: (view: StartView) => void;

  constructor(platform: Platform, onStart: (view: StartView) => void) {
    this.#platform = platform;
    this.trials = new Trials(platform);
    this.#onStart = onStart;
  }

  get current(): PortalView | null {
    return this.list.find((portal) => portal.current) ?? null;
  }

  nameOf(portal: string): string {
    return this.list.find((known) => known.portal === portal)?.name ?? '';
  }

  useBuiltIn(): Promise<boolean> {
    return this.#take(() => this.#platform.call('use_built_in_portal', {}));
  }

  /** Throws what the portal or the desk answered, for the form to show. */
  async add(portal: AddPortal): Promise<void> {
    this.#onStart(await this.#platform.call('add_portal', portal));
  }

  /** As `add`, for an account that is known; where stories go stays as it was. */
  async signInAgain({ portal, name, kind, url, user }: PortalView, password: string): Promise<void> {
    const { current } = this;
    await this.add({ name, kind, url, user, password });
    if (current && current.portal !== portal) await this.choose(current.portal);
  }

  choose(portal: string): Promise<boolean> {
    return this.#take(() => this.#platform.call('choose_portal', { portal }));
  }

  remove(portal: string): Promise<boolean> {
    return this.#take(() => this.#platform.call('remove_portal', { portal }));
  }

  async check(portal: string): Promise<void> {
    this.checked = null;
    await this.#try(async () => {
      this.checked = { portal, check: await this.#platform.call('check_portal', { portal }) };
    });
  }

  #take(ask: () => Promise<StartView>): Promise<boolean> {
    return this.#try(async () => {
      this.#onStart(await ask());
    });
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.trouble = null;
    try {
      await act();
    } catch (thrown) {
      this.trouble = failureOf(thrown);
    }
    this.busy = false;
    return this.trouble === null;
  }
}
