// npx tsx test/campaign/screenshots.ts [--home .throughline]
// Makes the README's picture, the Overview of the sample population that `npm start` publishes.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../support/browser.ts';
import { throughline } from '../support/published.ts';
import { serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { home: { type: 'string', default: join(ROOT, '.throughline') } } });

throughline('build');
const served = await serve(values.home, join(ROOT, 'dist/client'));
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 1820 }, reducedMotion: 'reduce' });
await page.goto(served.link());
await page.waitForURL(`${served.origin}/`);
await page.waitForLoadState('networkidle');
await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
await page.screenshot({ path: join(ROOT, '.github/overview.png') });
await browser.close();
await served.close();
