import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser, BrowserContext } from 'playwright-core';
import { launch } from '../support/browser.ts';
import { pagesOf } from '../support/pages.ts';
import { throughline } from '../support/published.ts';
import { type Served, serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLIENT = join(ROOT, 'dist/client');
const PAGES = ['/', '/readmissions', '/gaps', '/risk', '/patients'];
/** Pages on which filters are timed. */
const FILTERED = ['/', '/readmissions', '/gaps', '/utilization', '/risk', '/providers'];
const ROUNDS = 5;

/** Milliseconds from the start of the navigation, as the browser tells them. */
interface Paint {
  readonly firstPaint: number;
  /** When nothing is asked for any more and no part of the page is busy. */
  readonly settled: number;
  /** What tasks of the main thread take beyond 50 ms each. */
  readonly blocked: number;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

async function contextOf(browser: Browser, url: string, cookie?: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await context.addCookies([{ name, value, url: new URL(url).origin }]);
  return context;
}

/** A first visit: nothing is in the browser's cache. */
async function visit(browser: Browser, url: string, cookie?: string): Promise<Paint> {
  const context = await contextOf(browser, url, cookie);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const long: number[] = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    });
    Reflect.set(window, 'longTasks', long);
  });
  await page.goto(url);
  await page.locator('main h1, #empty').first().waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  const paint = await page.evaluate(async () => {
    const settled = performance.now();
    await new Promise(requestAnimationFrame);
    const long: number[] = Reflect.get(window, 'longTasks');
    return {
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      settled,
      blocked: long.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
    };
  });
  await context.close();
  return paint;
}

/** A page that only mounts React, to be held against ours in the same run. */
async function emptyPage(): Promise<{ origin: string; close: () => void }> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.getElementById('root')).render(createElement('p', { id: 'empty' }, 'nothing'));`,
      resolveDir: ROOT,
    },
    bundle: true,
    minify: true,
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/main.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript
        ? script
        : '<!doctype html><html lang="en"><body><div id="root"></div><script src="/main.js"></script></body></html>',
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;

/** Script of the built client, gzipped: what the first view loads, and all of it. */
function printSizes(): void {
  const assets = join(CLIENT, 'assets');
  const zipped = (name: string) => gzipSync(readFileSync(join(assets, name))).length;
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const html = readFileSync(join(CLIENT, 'index.html'), 'utf8');
  const first = scripts.filter((name) => html.includes(name));
  const sum = (names: readonly string[]) => names.reduce((bytes, name) => bytes + zipped(name), 0);
  console.log(
    `script of the client, gzipped   shell ${kilobytes(sum(first))}, in all ${kilobytes(sum(scripts))} in ${scripts.length} files`,
  );
}

/** What a filter takes until the page stands still again, first asked and then from the cache, in milliseconds. */
async function interactions(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage();
  console.log('a filter until the page stands still');
  for (const path of FILTERED) {
    await page.goto(`${origin}${path}`);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    const choose = (where: string): Promise<number> =>
      page.evaluate(async (address) => {
        const began = performance.now();
        // As a link of the page does it: the address changes, and the router follows.
        history.pushState({}, '', address);
        dispatchEvent(new PopStateEvent('popstate'));
        do await new Promise(requestAnimationFrame);
        while (document.querySelector('[aria-busy="true"]') || !document.querySelector('main h1'));
        return performance.now() - began;
      }, `${path}${where}`);
    const [fresh, cached]: [number[], number[]] = [[], []];
    for (const where of ['?where=sex%3Afemale', '?where=sex%3Amale', '?where=age_band%3A75-84']) {
      fresh.push(await choose(where));
      await choose('');
      cached.push(await choose(where));
      await choose('');
    }
    console.log(
      `  ${path.padEnd(14)} asked ${median(fresh).toFixed(0)} ms, cached ${median(cached).toFixed(0)} ms (at most 100 wanted)`,
    );
  }
  await page.close();
}

/** Shapes of the fullest drawing of every page. */
async function printMarks(context: BrowserContext, served: Served): Promise<void> {
  const page = await context.newPage();
  const fullest: { path: string; marks: number }[] = [];
  for (const path of await pagesOf(served)) {
    await page.goto(`${served.origin}${path}`);
    await page.waitForLoadState('networkidle');
    await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    const marks = await page
      .locator('main svg')
      .evaluateAll((all) => Math.max(0, ...all.map((svg) => svg.querySelectorAll(':not(g, svg, title, desc)').length)));
    fullest.push({ path: path.replace(/\?.*/, ''), marks });
  }
  const [first, ...others] = fullest.sort((a, b) => b.marks - a.marks);
  console.log(
    `marks of the fullest drawing, at most 2,000 wanted   ${first?.marks} on ${first?.path}, then ${others[0]?.marks} on ${others[0]?.path}, over ${fullest.length} pages`,
  );
  await page.close();
}

/** Prints what a first visit takes in a headless browser, beside a page that only mounts React. */
export async function benchClient(home: string): Promise<void> {
  throughline('build');
  const [served, empty, browser] = [await serve(home, CLIENT), await emptyPage(), await launch()];
  const cookie = served.cookieOf('aco_admin');
  const rounds: Paint[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const paints = [await visit(browser, empty.origin)];
    for (const path of PAGES) paints.push(await visit(browser, `${served.origin}${path}`, cookie));
    rounds.push(paints);
  }
  printSizes();
  console.log(`first visit in a headless browser, medians of ${ROUNDS}, times of an empty React page in brackets`);
  const of = (page: number, what: keyof Paint) => median(rounds.map((paints) => paints[page]?.[what] ?? Number.NaN));
  for (const [at, path] of ['(empty)', ...PAGES].entries()) {
    const beside = (what: keyof Paint) => `${of(at, what).toFixed(0)} ms (${(of(at, what) / of(0, what)).toFixed(1)}x)`;
    console.log(
      `  ${path.padEnd(14)} first paint ${beside('firstPaint')}, settled ${beside('settled')}, main thread blocked ${of(at, 'blocked').toFixed(0)} ms`,
    );
  }
  const context = await contextOf(browser, served.origin, cookie);
  await interactions(context, served.origin);
  await printMarks(context, served);
  await browser.close();
  empty.close();
  await served.close();
}
