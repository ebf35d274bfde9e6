/** A reader: Chromium, which is not the engine of our own window. */
import { chromium, type Browser, type Page } from 'playwright-core';

const PROGRAM = process.env['KHOSRA_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a page at a size, lets `look` look at it, and closes the browser. */
export async function asReader<T>(width: number, look: (page: Page) => Promise<T>): Promise<T> {
  const browser: Browser = await chromium.launch({ executablePath: PROGRAM, args: ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    page.setDefaultTimeout(20_000);
    return await look(page);
  } finally {
    await browser.close();
  }
}
