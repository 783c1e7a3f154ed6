import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { textOf } from '#contract/cohort';
import { Patients } from '#contract/patient';
import { RowsResult } from '#contract/result';
import { launch, whyNoBrowser } from '../support/browser.ts';
import { throughline } from '../support/published.ts';
import { type Served, serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OLDER_WITHOUT_VISIT = textOf({
  kind: 'all',
  rules: [
    { kind: 'age', from: 65 },
    { kind: 'not', rule: { kind: 'count', event: { of: 'encounter', types: ['office visit'] } } },
  ],
});
const PAGES = [
  '/',
  '/readmissions',
  '/gaps',
  '/gaps/worklist',
  '/quality-score',
  '/utilization',
  '/risk',
  '/patients',
  '/cohorts',
  '/cohorts/dementia',
  `/cohorts/build?tree=${OLDER_WITHOUT_VISIT}`,
  '/data',
  '/measures',
];

let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

async function settle(): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
}

async function open(path: string): Promise<void> {
  await page.goto(`${served.origin}${path}`);
  await settle();
}

/** What axe calls serious or critical, by rule and element. */
async function seriousFaults(): Promise<string[]> {
  // Through evaluate, because the page's own policy forbids script tags that it does not serve.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } =
      Reflect.get(window, 'axe');
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

describe.skipIf(whyNoBrowser !== undefined)(`in a browser${whyNoBrowser ? ` (skipped: ${whyNoBrowser})` : ''}`, () => {
  beforeAll(async () => {
    throughline('build');
    served = await serve(inject('publishedHome'), join(ROOT, 'dist/client'));
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    await page.goto(served.link());
    await page.waitForURL(`${served.origin}/`);
    await settle();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it('a number leads to its people, a person to a claim, a claim to the line of its file', async () => {
    await open('/readmissions');
    const list = page.getByRole('link', { name: /^See all \d+ stays|^See the \d+ stays/ }).first();
    const shown = Number(/\d+/.exec((await list.textContent()) ?? '')?.[0]);
    await list.click();
    await settle();
    await page.getByText(new RegExp(`${shown} of ${shown} stays`)).waitFor();

    const asked = await served.ask('/api/metrics/readmission-30-day/rows?part=numerator');
    const [row] = RowsResult.parse(await asked.json()).rows;
    await open(`/patients/${row?.person_id}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(row?.name);
    await page
      .getByRole('img', { name: /unplanned return/i })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('link').first().click();
    await settle();
    await page
      .getByText(/medical_claim\.csv, line [\d,]+/)
      .first()
      .waitFor();
  });

  it('"How computed" says numerator, denominator, exclusions and SQL, and Escape gives the focus back', async () => {
    await open('/readmissions');
    const button = page.getByRole('button', { name: /How computed/ }).first();
    const link = (await button.count()) > 0 ? button : page.getByRole('link', { name: /How computed/ }).first();
    await link.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('from mart.readmission').first().waitFor();
    for (const word of ['Numerator', 'Denominator']) expect(await drawer.textContent()).toContain(word);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('a link carries the whole state of a page, and no name', async () => {
    await open('/readmissions?where=risk_tier%3Ahigh');
    const before = page.url();
    await page.reload();
    await settle();
    expect(page.url()).toBe(before);
    const { patients } = Patients.parse(await (await served.ask('/api/patients?limit=50')).json());
    await open('/patients');
    await page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/name/))
      .first()
      .fill(patients[0]?.name ?? '');
    await settle();
    expect(decodeURIComponent(page.url())).not.toContain(patients[0]?.name ?? 'nobody');
  });

  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
    [320, 'light'],
  ] as const) {
    it(`every page fits ${width} px in ${colorScheme} and has no serious fault of access`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const [row] = RowsResult.parse(
        await (await served.ask('/api/metrics/readmission-30-day/rows?part=numerator')).json(),
      ).rows;
      for (const path of [...PAGES, `/patients/${row?.person_id}`, '/measures/cms122-1', '/rows/readmission-30-day']) {
        await open(path);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
          `${path} is too wide`,
        ).toBeLessThanOrEqual(width);
        expect(await seriousFaults(), path).toEqual([]);
      }
    });
  }

  /** A home and a page of its own, for a test that writes; what comes after goes on with the others. */
  async function ownHome(): Promise<Served> {
    const home = mkdtempSync(join(tmpdir(), 'throughline-own-'));
    cpSync(inject('publishedHome'), home, { recursive: true });
    const own = await serve(home, join(ROOT, 'dist/client'));
    const before = page;
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    onTestFinished(async () => {
      await page.close();
      page = before;
      await own.close();
      rmSync(home, { recursive: true });
    });
    await page.goto(own.link());
    await page.waitForURL(`${own.origin}/`);
    return own;
  }

  it('a gap is closed by hand from the worklist, by keyboard alone, and taken back', async () => {
    const own = await ownHome();
    await page.goto(`${own.origin}/gaps/worklist?measure=pneumococcal-vaccination-1`);
    await settle();
    const button = page.getByRole('button', { name: /^Close by hand/ }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    await form.getByLabel('Day it was done').fill('2024-05-01');
    await form.getByLabel('Where you found it').fill('state registry');
    expect(await seriousFaults()).toEqual([]);
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    const entered = page.locator('.entered').first();
    expect(await entered.textContent()).toMatch(
      /^Will count from the next run\. Pneumococcal conjugate vaccine, 1 May 2024; state registry\./,
    );
    await entered.getByRole('button', { name: 'Take back' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Why').fill('another person');
    await page.keyboard.press('Enter');
    await entered.waitFor({ state: 'detached' });
  });

  it('a cohort is built, saved, changed, used and deleted by keyboard alone', async () => {
    const press = async (button: ReturnType<Page['getByRole']>, key = 'Enter') => {
      await button.focus();
      await page.keyboard.press(key);
    };
    const size = async () => {
      await settle();
      return Number(
        /^([\d,]+) people/.exec((await page.locator('.answer').textContent()) ?? '')?.[1]?.replace(',', ''),
      );
    };
    const own = await ownHome();
    await page.goto(`${own.origin}/cohorts`);
    await settle();
    await press(page.getByRole('link', { name: 'Build a cohort' }));
    await press(page.getByRole('button', { name: 'Add a rule' }));
    await press(page.getByRole('button', { name: 'Age', exact: true }));
    await page.getByLabel('From, years').fill('');
    await page.getByText('Needs from or to').waitFor();
    await page.getByLabel('From, years').fill('75');
    await page.waitForURL(/tree=/);
    await page.getByText(/left$/).waitFor();
    const older = await size();
    await press(page.getByRole('button', { name: 'Save', exact: true }).first());
    await page.getByLabel('Name').fill('Seventy-five and over');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cohorts\/saved-/);
    expect(await size()).toBe(older);
    expect(await seriousFaults()).toEqual([]);
    await press(page.getByRole('link', { name: 'Change' }));
    await page.getByLabel('From, years').fill('85');
    await press(page.getByRole('button', { name: 'Save changes' }));
    await press(page.locator('[popover]:popover-open').getByRole('button', { name: 'Save' }));
    await page.waitForURL(/\/cohorts\/saved-/);
    await page.getByText('Saved, version 2').waitFor();
    const oldest = await size();
    expect(oldest).toBeLessThan(older);
    await press(page.getByRole('link', { name: 'See the people' }));
    await page.waitForURL(/\/patients\?cohort=saved-/);
    expect(await size()).toBe(oldest);
    await page.goBack();
    await press(page.getByRole('button', { name: 'Delete' }).first());
    await press(page.locator('[popover]:popover-open').getByRole('button', { name: 'Delete' }));
    await page.waitForURL(/\/cohorts$/);
    await page.getByRole('link', { name: 'Seventy-five and over' }).waitFor({ state: 'detached' });
  });

  it('nothing complained in the console', () => expect(complaints).toEqual([]));
});
