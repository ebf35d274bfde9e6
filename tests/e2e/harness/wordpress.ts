/** A real WordPress on this machine, as `tests/portals` makes it from the distribution's packages. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT, TARGET } from './paths.ts';

/** The script's word for "the packages cannot be had here". */
const NOT_INSTALLED = 3;

export interface WordPress {
  /** Ends with a slash. */
  url: string;
  users: Record<string, { password: string; login_password: string }>;
}

/** A block as the editor's own data holds it. */
export interface Block {
  name: string;
  isValid: boolean;
  attributes: Record<string, unknown>;
}

/** Starts it, on the data of the last run when there are any; it ends with this process. Or why there is none. */
export function startWordPress(): WordPress | { missing: string } {
  const script = join(ROOT, 'tests/portals/start-wordpress.sh');
  const started = spawnSync(script, [join(TARGET, 'tmp/wordpress'), String(process.pid)], {
    encoding: 'utf8',
  });
  if (started.status === NOT_INSTALLED) return { missing: `no WordPress here: ${started.stderr.trim()}` };
  if (started.status !== 0) throw new Error(`WordPress did not start: ${started.stderr}`);
  return JSON.parse(started.stdout) as WordPress;
}

/** Signs in as a person does, and opens the post in the block editor. */
export async function openInEditor(page: Page, site: WordPress, user: string, post: string): Promise<void> {
  await page.goto(`${site.url}wp-login.php`);
  await page.fill('#user_login', user);
  await page.fill('#user_pass', site.users[user]?.login_password ?? '');
  await page.click('#wp-submit');
  await page.goto(`${site.url}wp-admin/post.php?post=${post}&action=edit`);
  await page.waitForFunction(`window.wp?.data?.select('core/block-editor')?.getBlocks().length > 0`);
  // A greeting lies over the editor the first time.
  await page.evaluate(`wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false)`);
}

/** All blocks of the open post, those within others too. */
export async function blocksOf(page: Page): Promise<Block[]> {
  return page.evaluate<Block[]>(`(() => {
    const flat = (blocks) => blocks.flatMap((block) => [block, ...flat(block.innerBlocks)]);
    const all = flat(wp.data.select('core/block-editor').getBlocks());
    return all.map(({ name, isValid, attributes }) => ({ name, isValid, attributes: { ...attributes } }));
  })()`);
}

/** The photo above the open post, as the library has it. */
export async function featuredPhoto(page: Page): Promise<{ alt_text: string; caption: { raw: string } }> {
  return page.evaluate(`(() => {
    const id = wp.data.select('core/editor').getEditedPostAttribute('featured_media');
    return wp.apiFetch({ path: '/wp/v2/media/' + id + '?context=edit' });
  })()`);
}
