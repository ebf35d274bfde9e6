/** WebKit's own driver: it starts the application itself, and looks into its window. */
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { end, freePort, start, type Started } from './processes.ts';
import { until } from './waiting.ts';

/** What Tauri must be told before it lets a driver look into its window. */
const AUTOMATED = { TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };

export interface Driver extends Started {
  port: number;
}

/** A driver that answers; what it starts gets `env`. */
export async function startDriver(env: NodeJS.ProcessEnv): Promise<Driver> {
  const port = await freePort();
  const started = start('WebKitWebDriver', [`--port=${String(port)}`], { ...env, ...AUTOMATED });
  try {
    const status = `http://127.0.0.1:${String(port)}/status`;
    await until('WebKitWebDriver answers', async () => (await fetch(status)).ok);
  } catch (error) {
    await end(started.child);
    throw new Error(`WebKitWebDriver does not answer: ${started.output()}`, { cause: error });
  }
  return { ...started, port };
}

/** Has a driver start a program; returns once its window can be looked into. */
export async function connect(port: number, program: string): Promise<WebDriver> {
  const capabilities = new Capabilities();
  capabilities.set('webkitgtk:browserOptions', { binary: program, args: [] });
  capabilities.setBrowserName('wry');
  return new Builder()
    .disableEnvironmentOverrides()
    .withCapabilities(capabilities)
    .usingServer(`http://127.0.0.1:${String(port)}`)
    .build();
}
