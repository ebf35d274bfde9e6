/** The real window: the application as it is built, through WebDriver to look, and real keys to write. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { By, type WebDriver, type WebElement } from 'selenium-webdriver';
import { APPLICATION, freshFolder, outputFolder } from './paths.ts';
import { focusWindow, windowOf } from './keys.ts';
import { alive, end, processBelow, tree } from './processes.ts';
import { until, within } from './waiting.ts';
import { connect, startDriver, type Driver } from './webdriver.ts';

export interface Begin {
  /** The store's folder; a fresh one when it is not given. */
  store?: string;
  env?: NodeJS.ProcessEnv;
}

/** Whether an element is at the same place two frames later. */
const STANDS_STILL = `
  const [element, done] = arguments;
  const place = () => { const { x, y } = element.getBoundingClientRect(); return x + ' ' + y; };
  const before = place();
  requestAnimationFrame(() => requestAnimationFrame(() => done(place() === before)));`;

export class App {
  private constructor(
    readonly store: string,
    readonly driver: WebDriver,
    readonly pid: number,
    private readonly bridge: Driver,
  ) {}

  /** Starts the application on a store and waits until its window can be used. */
  static async open(begin: Begin = {}): Promise<App> {
    if (!existsSync(APPLICATION)) throw new Error(`${APPLICATION} is not built`);
    const store = begin.store ?? freshFolder('store');
    const bridge = await startDriver({ ...begin.env, KHOSRA_STORE: store });
    try {
      const driver = await within('the window opens', 60_000, connect(bridge.port, APPLICATION));
      const pid = await until('the application runs', () =>
        Promise.resolve(processBelow(bridge.child.pid ?? 0, APPLICATION)),
      );
      const app = new App(store, driver, pid, bridge);
      await app.settled();
      focusWindow(pid);
      return app;
    } catch (error) {
      await end(bridge.child);
      throw new Error(`the window did not open: ${bridge.output()}`, { cause: error });
    }
  }

  /** The element with this test id, once it is there. */
  async at(id: string, limit?: number): Promise<WebElement> {
    return until(`[data-testid="${id}"] is there`, async () => (await this.all(id))[0], limit);
  }

  async all(id: string): Promise<WebElement[]> {
    return this.driver.findElements(By.css(`[data-testid="${id}"]`));
  }

  async css(selector: string, limit?: number): Promise<WebElement> {
    const find = async (): Promise<WebElement | undefined> =>
      (await this.driver.findElements(By.css(selector)))[0];
    return until(`${selector} is there`, find, limit);
  }

  /** Clicks as soon as a click can arrive: what still moves would be missed. */
  async click(id: string): Promise<void> {
    await until(`[data-testid="${id}"] takes a click`, async () => {
      const element = await this.at(id);
      if (!(await this.driver.executeAsyncScript<boolean>(STANDS_STILL, element))) return false;
      await element.click();
      return true;
    });
  }

  async text(id: string): Promise<string> {
    return (await this.at(id)).getText();
  }

  /** The test id of what has the focus; empty when it has none. */
  async focused(): Promise<string> {
    return this.run<string>(`return document.activeElement?.getAttribute('data-testid') ?? '';`);
  }

  /** Waits until the focus is there. */
  async hasFocus(id: string): Promise<void> {
    await until(`the focus is on ${id}`, async () => (await this.focused()) === id);
  }

  /** Runs a script in the window, as its own page would. */
  async run<T>(body: string, ...values: unknown[]): Promise<T> {
    return this.driver.executeScript<T>(body, ...values);
  }

  /** Gives a command as the window's own page does. */
  async rpc<T>(name: string, args: object): Promise<T> {
    const answer = await this.invoke('rpc', { name, args });
    if ('refused' in answer) throw new Error(`${name}: ${JSON.stringify(answer.refused)}`);
    return answer.value as T;
  }

  /** Calls the shell below the page's own client, with whatever name. */
  async invoke(command: string, args: object): Promise<{ value: unknown } | { refused: unknown }> {
    return this.driver.executeAsyncScript(
      `const [command, args, done] = arguments;
       window.__TAURI_INTERNALS__.invoke(command, args).then(
         (value) => done({ value }),
         (refused) => done({ refused: String(refused?.code ?? refused) }),
       );`,
      command,
      args,
    );
  }

  /** Fonts are there and two frames were painted: a picture taken now shows what a person sees. */
  async settled(): Promise<void> {
    await this.driver.executeAsyncScript(
      `const done = arguments[0];
       document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));`,
    );
  }

  /**
   * What the X server shows of the window. WebDriver's own picture never comes where the engine draws without a
   * graphics card, and would be of the page alone.
   */
  async picture(path: string): Promise<void> {
    await this.settled();
    execFileSync('import', ['-silent', '-window', windowOf(this.pid), path], { timeout: 10_000 });
  }

  /** What a person and an engineer want to see of a test that failed. */
  async evidence(name: string): Promise<void> {
    const file = join(outputFolder('e2e'), name.replaceAll(/[^\p{L}\p{N}]+/gu, '-'));
    writeFileSync(`${file}.txt`, `${tree(this.bridge.child.pid ?? 0)}\n${this.bridge.output()}`);
    await within('a picture of the failure', 10_000, this.picture(`${file}.png`));
    const source = await within('the page as it stands', 10_000, this.driver.getPageSource());
    writeFileSync(`${file}.html`, source);
  }

  /** Closes the window as a person does. */
  async close(): Promise<void> {
    await within('the session ends', 20_000, this.driver.quit()).catch(() => undefined);
    // It holds the store until it is gone, and the next window may want the same one.
    await until('the application is gone', () => Promise.resolve(!alive(this.pid))).catch(() => undefined);
    await end(this.bridge.child);
  }

  /** As a power cut would: no last words. */
  async kill(): Promise<void> {
    execFileSync('kill', ['-KILL', String(this.pid)]);
    await until('the application is gone', () => Promise.resolve(!alive(this.pid)));
    await end(this.bridge.child);
  }
}
