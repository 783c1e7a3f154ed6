// npx tsx test/campaign/pages.ts --home HOME --out DIR [--only /path,...] [--states data,empty,suppressed,error]
// Every page x light and dark x three widths x four states in a real browser: what axe finds, what the console says,
// what is wider than the window; and a picture of each, to be looked at.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { textOf } from '#contract/cohort';
import { formatFilter } from '#contract/filter';
import { RowsResult } from '#contract/result';
import { launch } from '../support/browser.ts';
import { PAGES } from '../support/pages.ts';
import { throughline } from '../support/published.ts';
import { type Served, serve } from '../support/serve.ts';

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: '.throughline' },
    out: { type: 'string', default: 'pictures' },
    only: { type: 'string' },
    states: { type: 'string', default: 'data,empty,suppressed,error' },
  },
});
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const older = (from: number): string =>
  formatFilter({ cohort: [textOf({ kind: 'all', rules: [{ kind: 'age', from }] })] });

/** What each state adds to the address. */
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  data: {},
  empty: { where: older(120) },
  suppressed: { where: older(95), mode: 'shareable' },
  error: {},
};
const ALWAYS_ANSWERED = /\/api\/(session|catalogue|health)$/;

throughline('build');
const served = await serve(values.home, join(import.meta.dirname, '../../dist/client'));
const browser = await launch();
mkdirSync(values.out, { recursive: true });
const [row] = RowsResult.parse(
  await (await served.ask('/api/metrics/readmission-30-day/rows?part=numerator')).json(),
).rows;
const all = [...PAGES, `/patients/${row?.person_id}`, '/measures/cms122-1', '/rows/readmission-30-day'];
const paths = values.only === undefined ? all : values.only.split(',');

const faults: string[] = [];
let seen = 0;
for (const state of values.states.split(',')) {
  for (const colorScheme of ['light', 'dark'] as const) await walk(browser, served, state, colorScheme);
}
await browser.close();
await served.close();
for (const fault of faults) console.log(fault);
console.log(`${seen} pictures of ${paths.length} pages in ${values.out}; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function walk(browser: Browser, { origin, cookieOf }: Served, state: string, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
  const [name = '', value = ''] = cookieOf('aco_admin').split('=');
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  let place = '';
  const note = (what: string) => faults.push(`${place}: ${what}`);
  page.on('pageerror', ({ message }) => note(message));
  page.on('console', (message) => {
    const isOwnError = state === 'error' && message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isOwnError) note(message.text());
  });
  if (state === 'error') {
    const json = { error: { code: 'internal', message: 'something went wrong', requestId: 'r-1' } };
    await page.route(
      (url) => url.pathname.startsWith('/api/') && !ALWAYS_ANSWERED.test(url.pathname),
      (route) => route.fulfill({ status: 500, json }),
    );
  }
  for (const path of paths) {
    const url = new URL(path, origin);
    for (const [key, text] of Object.entries(STATES[state] ?? {})) url.searchParams.set(key, text);
    for (const width of [1440, 1024, 390]) {
      place = `${state} ${colorScheme} ${width} ${path.slice(0, 60)}`;
      await page.setViewportSize({ width, height: 900 });
      await page.goto(url.href);
      await page.waitForLoadState('networkidle');
      await page
        .locator('[aria-busy="true"]')
        .waitFor({ state: 'detached' })
        .catch(() => note('is busy for ever'));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) note(`is ${wide} px wide`);
      for (const fault of await violations(page)) note(fault);
      const file = `${path.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 40)}.${state}.${width}.${colorScheme}.png`;
      await page.screenshot({ path: join(values.out, file), fullPage: true });
      seen += 1;
    }
  }
  await context.close();
}

/** Everything that axe finds, by rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } = Reflect.get(
      window,
      'axe',
    );
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
