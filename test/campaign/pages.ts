// npx tsx test/campaign/pages.ts --home HOME --out DIR [--only /path,...] [--states data,empty,suppressed,error]
// Every page x light and dark x three widths (and 320 px in light) x four states in a real browser: what axe finds, what
// the console says, what is wider than the window; and a picture of each, to be looked at.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { violations } from '../support/axe.ts';
import { launch } from '../support/browser.ts';
import { inState, pagesOf, REFUSED, refuse } from '../support/pages.ts';
import { throughline } from '../support/published.ts';
import { serve } from '../support/serve.ts';

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: '.throughline' },
    out: { type: 'string', default: 'pictures' },
    only: { type: 'string' },
    states: { type: 'string', default: 'data,empty,suppressed,error' },
  },
});
const WIDTHS = { light: [1440, 1024, 390, 320], dark: [1440, 1024, 390] };
throughline('build');
// A copy, so that a build meanwhile takes no file away.
const client = mkdtempSync(join(tmpdir(), 'throughline-pages-'));
cpSync(join(import.meta.dirname, '../../dist/client'), client, { recursive: true });
const served = await serve(values.home, client);
const browser = await launch();
mkdirSync(values.out, { recursive: true });
const paths = values.only === undefined ? await pagesOf(served) : values.only.split(',');

const faults: string[] = [];
let seen = 0;
for (const state of values.states.split(',')) {
  for (const colorScheme of ['light', 'dark'] as const) await walk(state, colorScheme);
}
await browser.close();
await served.close();
rmSync(client, { recursive: true });
console.log(`${seen} pictures of ${paths.length} pages in ${values.out}; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function walk(state: string, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
  const [name = '', value = ''] = served.cookieOf('aco_admin').split('=');
  await context.addCookies([{ name, value, url: served.origin }]);
  const page = await context.newPage();
  let place = '';
  const note = (what: string) => {
    faults.push(what);
    console.log(`${place}: ${what}`);
  };
  page.on('pageerror', ({ message }) => note(message));
  page.on('console', (message) => {
    const isOwnError = state === 'error' && message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isOwnError) note(message.text());
  });
  const broken = state === 'error' ? await refuse(page) : { refused: 0 };
  for (const path of paths) {
    const [widest = 1440, ...narrower] = WIDTHS[colorScheme];
    place = `${state} ${colorScheme} ${path.slice(0, 60)}`;
    broken.refused = 0;
    await page.setViewportSize({ width: widest, height: 900 });
    await page.goto(inState(served.origin, path, state));
    for (const width of [widest, ...narrower]) {
      place = `${state} ${colorScheme} ${width} ${path.slice(0, 60)}`;
      await page.setViewportSize({ width, height: 900 });
      await page.waitForLoadState('networkidle');
      await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 100)));
      await page
        .locator('[aria-busy="true"]')
        .waitFor({ state: 'detached' })
        .catch(() => note('is busy for ever'));
      if (state !== 'error' && (await page.locator('[role="alert"]').count()) > 0) note('says that something failed');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) note(`is ${wide} px wide`);
      for (const fault of await violations(page)) note(fault);
      const file = `${path.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 40)}.${state}.${width}.${colorScheme}.png`;
      await page.screenshot({ path: join(values.out, file), fullPage: true });
      seen += 1;
    }
    if (broken.refused > 0 && !(await page.locator('main').textContent())?.includes(REFUSED))
      note('fails without the id to quote');
  }
  await context.close();
}
