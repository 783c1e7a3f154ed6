import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { Patients } from '#contract/patient';
import { RowsResult } from '#contract/result';
import { violations } from '../support/axe.ts';
import { launch, whyNoBrowser } from '../support/browser.ts';
import { Crawler } from '../support/crawl.ts';
import { enter, pressTo } from '../support/keyboard.ts';
import { inState, pagesOf, REFUSED, refuse, STATES } from '../support/pages.ts';
import { throughline } from '../support/published.ts';
import { type Served, serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
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

describe.skipIf(whyNoBrowser !== undefined)(`in a browser${whyNoBrowser ? ` (skipped: ${whyNoBrowser})` : ''}`, () => {
  beforeAll(async () => {
    throughline('build');
    served = await serve(inject('publishedHome'), join(ROOT, 'dist/client'));
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource') && message.text().includes('500');
      if (['error', 'warning'].includes(message.type()) && !isRefusal)
        complaints.push(`${page.url()}: ${message.text()}`);
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
    await page.getByText(new RegExp(`${shown} of [\\d,]+ stays`)).waitFor();
    await page.getByRole('button', { name: /^Why/ }).first().click();
    const why = page.getByRole('dialog', { name: 'Why this stay counts' });
    await why.getByText('Left against medical advice').waitFor();
    expect(await why.getByText('does not apply').count()).toBe((await why.getByRole('listitem').count()) - 2);
    const [stay, back] = await why.getByRole('link', { name: /^Hospital stay/ }).all();
    expect(await back?.getAttribute('href')).not.toBe(await stay?.getAttribute('href'));
    expect(
      await why
        .getByRole('link', { name: /^claim/ })
        .first()
        .getAttribute('href'),
    ).toMatch(/^\/claims\//);
    expect(await violations(page)).toEqual([]);
    await back?.click();
    await page.getByRole('dialog', { name: /^Hospital stay/ }).waitFor();
    const way = page.getByRole('navigation', { name: 'Where this is' });
    await way.getByText(`the numerator (${shown} stays)`).waitFor();

    const asked = await served.ask('/api/metrics/readmission-30-day/rows?part=numerator');
    const [row] = RowsResult.parse(await asked.json()).rows;
    await open(`/patients/${row?.person_id}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(row?.name);
    await page
      .getByRole('button', { name: /^Why of/ })
      .first()
      .click();
    const gap = page.getByRole('dialog', { name: /^Why this person/ });
    await gap.getByRole('heading', { name: 'Rule by rule' }).waitFor();
    expect(new URL(page.url()).searchParams.get('why')).toMatch(/ \d{4}-12-31$/);
    await page.keyboard.press('Escape');
    await gap.waitFor({ state: 'detached' });
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
    const claim = (await page.getByRole('heading', { level: 1 }).textContent())?.replace('Claim ', '') ?? '';
    await page
      .getByRole('link', { name: /^See the raw line/ })
      .first()
      .click();
    const raw = page.getByRole('dialog', { name: /counted and delivered/ });
    await raw.getByText('The file is unchanged since.').waitFor();
    expect(await raw.getByText(claim, { exact: true }).count()).toBe(2);
    expect(await violations(page)).toEqual([]);
  });

  it('"How computed" says numerator, denominator, exclusions and SQL, and Escape gives the focus back', async () => {
    await open('/readmissions');
    const button = page.getByRole('button', { name: /How computed/ }).first();
    const link = (await button.count()) > 0 ? button : page.getByRole('link', { name: /How computed/ }).first();
    await link.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('from "metric"."readmission_30_day"').first().waitFor();
    for (const word of ['Numerator', 'Denominator']) expect(await drawer.textContent()).toContain(word);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('a link carries the whole state of a page, and no name; back and forward go through it', async () => {
    const told = () => page.locator('.answer').textContent();
    await open('/readmissions');
    const everybody = await told();
    await page.evaluate(() => history.pushState({}, '', '/readmissions?where=risk_tier%3Ahigh'));
    await page.reload();
    await settle();
    const before = page.url();
    const high = await told();
    expect(high).not.toBe(everybody);
    await page.reload();
    await settle();
    expect([page.url(), await told()]).toEqual([before, high]);
    await page.getByRole('navigation').getByRole('link', { name: 'Care gaps' }).first().click();
    await page.waitForURL(/\/gaps\?where=risk_tier%3Ahigh$/);
    await page.goBack();
    await settle();
    expect([page.url(), await told()]).toEqual([before, high]);
    await page.goForward();
    await page.waitForURL(/\/gaps\?where=risk_tier%3Ahigh$/);
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

  it('a link of an administrator shows the shareable page to a role of aggregates, and no list of people', async () => {
    const [name = '', value = ''] = served.cookieOf('analyst_aggregate').split('=');
    const theirs = await browser.newContext({ reducedMotion: 'reduce' });
    onTestFinished(() => theirs.close());
    await theirs.addCookies([{ name, value, url: served.origin }]);
    const other = await theirs.newPage();
    await other.goto(`${served.origin}/readmissions?mode=identified`);
    await other.locator('.colophon', { hasText: 'Shareable.' }).waitFor({ state: 'attached' });
    await other.locator('main[aria-busy="false"] h1').waitFor();
    expect(await other.locator('main a[href^="/rows/"]').count()).toBe(0);
    const { patients } = Patients.parse(await (await served.ask('/api/patients?limit=1')).json());
    for (const path of [
      '/rows/readmission-30-day',
      '/patients',
      '/gaps/worklist',
      `/patients/${patients[0]?.person_id}`,
    ]) {
      await other.goto(`${served.origin}${path}?mode=identified`);
      await other
        .getByText(/closed in shareable mode|no one by name/)
        .first()
        .waitFor();
      expect(await other.locator('main').textContent(), path).not.toContain(patients[0]?.name ?? 'nobody');
    }
  });

  it('numbers of every kind of page lead to lists that hold them', async () => {
    const crawler = await Crawler.of(page, served.origin);
    for (const path of ['/', '/readmissions', '/gaps', '/utilization', '/risk', '/providers', '/cohorts/dementia']) {
      const { clicked, disagreements } = await crawler.crawl(`${served.origin}${path}`, 1);
      expect([path, disagreements]).toEqual([path, []]);
      expect(clicked, path).toBeGreaterThan(0);
    }
  }, 120_000);

  it('every page fits every width and has no fault of access, states, widths and schemes pairwise', async () => {
    const states = Object.keys(STATES);
    for (const [at, path] of (await pagesOf(served)).entries()) {
      const state = states[at % 4] ?? 'data';
      const [first, ...others] = [1440, 390, 320].toSorted((a, b) => (a === [1440, 390, 320][at % 3] ? -1 : b - a));
      const said = `${path} ${state}`;
      await page.setViewportSize({ width: first ?? 1440, height: 900 });
      await page.emulateMedia({ colorScheme: at % 8 < 4 ? 'light' : 'dark' });
      const broken = state === 'error' && (await refuse(page));
      await page.goto(inState(served.origin, path, state));
      await settle();
      expect(await violations(page), said).toEqual([]);
      if (broken && broken.refused > 0) expect(await page.locator('main').textContent(), said).toContain(REFUSED);
      for (const width of [first, ...others]) {
        await page.setViewportSize({ width: width ?? 1440, height: 900 });
        await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 50)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${said} is too wide`).toBeLessThanOrEqual(width ?? 0);
      }
      await page.unrouteAll();
    }
  }, 120_000);

  it('bars are chosen by keyboard alone, narrow all others, stand in the address, and are saved as a cohort of as many', async () => {
    await page.setViewportSize({ width: 1440, height: 1000 });
    await open('/cohorts/explore');
    const left = () => page.locator('.answer b').textContent();
    const bars = page.getByRole('group', { name: 'Sex: bars' }).getByRole('button');
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const everybody = await left();
    await bars.first().focus();
    await press('ArrowDown', 'Enter');
    expect(await bars.nth(1).getAttribute('aria-pressed')).toBe('true');
    const one = await left();
    expect(one).not.toBe(everybody);
    expect(await bars.nth(1).textContent()).toContain(one?.split(' ')[0] ?? '');
    const ages = page.getByRole('group', { name: 'Age: bars', exact: true });
    await ages.locator('button[tabindex="0"]').focus();
    await press('End', 'Shift+PageUp', 'Shift+PageUp');
    await page.getByLabel('Paid in 12 months: from').focus();
    await page.keyboard.type('1500');
    await press('Enter');
    expect(await page.locator('input:focus').inputValue()).toBe('1000');
    await page.waitForURL(/brush=.*paid%3A1000\.\.%3Bsex%3Amale/);
    const chosen = await left();
    expect(chosen).not.toBe(one);
    await page
      .getByRole('status')
      .filter({ hasText: chosen ?? '' })
      .waitFor();
    await page.reload();
    await settle();
    expect(await left()).toBe(chosen);

    await page.getByRole('button', { name: 'Save as cohort' }).focus();
    await press('Enter');
    await page.getByLabel('Name').fill('Men, costly');
    await press('Enter');
    await page.waitForURL(/\/cohorts\/(?!explore)/);
    await settle();
    expect(await left()).toBe(chosen);
  });

  it('the board pack prints on seven pages, each numbered, in shareable numbers and without a person', async () => {
    // What the page before still asks for is not of the pack.
    await page.goto('about:blank');
    const asked: string[] = [];
    const note = (request: Request) => asked.push(request.url());
    page.on('request', note);
    await page.setViewportSize({ width: 1440, height: 1000 });
    await open('/pack?mode=identified');
    page.off('request', note);
    expect(asked.filter((url) => url.includes('mode=identified') && url.includes('/api/'))).toEqual([]);
    const pages = page.locator('.pack-page');
    const feet = await pages.evaluateAll((all) => all.map((one) => one.querySelector('.pack-number')?.textContent));
    expect(feet).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `Page ${number} of 7`));
    for (const format of ['Letter', 'A4']) {
      const printed = await page.pdf({ format });
      expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, format).toBe(7);
    }
    const text = (await pages.allInnerTexts()).join(' ');
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page), `${width}`).toEqual([]);
    }
    const { patients } = Patients.parse(await (await served.ask('/api/patients?limit=500')).json());
    expect(
      patients.filter(({ name, person_id }) => text.includes(name ?? person_id) || text.includes(person_id)),
    ).toEqual([]);
  });

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
    expect(await violations(page)).toEqual([]);
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

  it('what changed is marked on a chart by keyboard, and a shared view shows it to another user', async () => {
    const own = await ownHome();
    const press = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).first().focus();
      await page.keyboard.press('Enter');
    };
    await page.goto(`${own.origin}/readmissions?where=sex%3Afemale`);
    await settle();
    await press('Mark what changed');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^What changed/).fill('Transitions nurse started');
    await dialog.getByLabel('Day', { exact: true }).fill('2026-02-10');
    await dialog.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel(/^Why/).fill('minutes of the board');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.locator('b', { hasText: 'Transitions nurse started' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What changed (1)' }).waitFor();

    await press('Views');
    await dialog.getByLabel(/^Save this page as/).fill('Women');
    await dialog.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel(/^Save this page as/).press('Enter');
    await dialog.getByRole('link', { name: 'Women' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const picture = (of: Page) => of.locator('#A').evaluate((figure) => figure.querySelector('svg')?.outerHTML);
    const mine = await picture(page);
    expect(mine).toContain('Transitions nurse started');

    const cookie = own.cookieOf('aco_admin').split('=');
    const other = await browser.newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    onTestFinished(() => other.close());
    await other.addCookies([{ name: cookie[0] ?? '', value: cookie[1] ?? '', url: own.origin }]);
    const theirs = await other.newPage();
    await theirs.goto(own.origin);
    await theirs.getByRole('button', { name: 'Views' }).first().click();
    await theirs.getByRole('link', { name: 'Women' }).click();
    await theirs.waitForURL(/\/readmissions\?where=sex%3Afemale$/);
    await theirs.locator('#A', { hasText: 'Transitions nurse started' }).waitFor();
    expect(await picture(theirs)).toBe(mine);
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
    expect(await violations(page)).toEqual([]);
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

  it('an ACO administrator goes from the link to what is off course, its list and a file of it, by keyboard alone', async () => {
    await ownHome();
    await settle();
    await enter(page, /^Skip to content/);
    const see = await enter(page, /^See the \d+ stays/);
    const [stays = ''] = /\d+/.exec(see) ?? [];
    await page.locator('.answer', { hasText: new RegExp(`^${stays} of [\\d,]+ stays`) }).waitFor();
    await settle();
    await enter(page, /^Export/);
    const file = page.locator('[popover]:popover-open a[download]');
    await file.filter({ hasText: `Download ${stays} rows` }).waitFor();
    const download = page.waitForEvent('download');
    await enter(page, /^Download/);
    expect((await download).suggestedFilename()).toMatch(/readmission-30-day.*\.csv$/);
    await page.keyboard.press('Escape');
    await enter(page, /^Overview/);
    await page.waitForURL((url) => url.pathname === '/');
    await settle();
    await pressTo(page, /^Skip to content/, 'Shift+Tab');
    await enter(page, /^Export/);
    await enter(page, /^Board pack/);
    await page.waitForURL(/\/pack/);
  });

  it('a quality lead goes from a month to its stays, a person, a claim and the line it was read from, and marks what changed, by keyboard alone', async () => {
    await ownHome();
    await settle();
    await enter(page, /^Readmissions/);
    await page.waitForURL(/\/readmissions/);
    await settle();
    await pressTo(page, /^\w{3} \d{4}: .* stays/);
    const month = await pressTo(page, /, [1-9]\d* of \d+ stays/, 'ArrowRight');
    await page.keyboard.press('Enter');
    const [, stays = ''] = /, (\d+) of \d+ stays/.exec(month) ?? [];
    await page.locator('.answer', { hasText: new RegExp(`^${stays} of [\\d,]+ stay`) }).waitFor();
    await settle();
    await pressTo(page, /^Back after/);
    const name = await enter(page, /^\p{L}+ \p{L}+$/u);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await settle();
    await pressTo(page, /^(Hospital|Office|Emergency|Nursing|.* stay|.* visit)/);
    await pressTo(page, /unplanned return/, 'ArrowRight');
    await page.keyboard.press('Enter');
    const claim = await page.getByRole('dialog').getByRole('link').first().textContent();
    await enter(page, new RegExp(`^${claim}$`));
    await page.waitForURL(/\/claims\//);
    await settle();
    expect(await page.locator('.origin').first().textContent()).toMatch(/medical_claim\.csv, line [\d,]+/);
    await enter(page, /^See the raw line/);
    await page.getByRole('dialog').getByText('The file is unchanged since.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(/\/readmissions/);
    await settle();
    await enter(page, /^Mark what changed/);
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await pressTo(page, /^What changed\s*A few words/);
    await page.keyboard.type('Calls within two days');
    await pressTo(page, /^Why/);
    await page.keyboard.type('minutes of the board');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('b', { hasText: 'Calls within two days' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What changed (1)' }).waitFor();
  });

  it('a program lead goes from the room there is to the list, a person, and a gap closed by hand, by keyboard alone', async () => {
    await ownHome();
    await settle();
    await enter(page, /^Risk/);
    await page.waitForURL(/\/risk/);
    await settle();
    const room = () => page.locator('.planner output').textContent();
    const before = await room();
    await pressTo(page, /^Room for/);
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/hours=/);
    await settle();
    expect(await room()).not.toBe(before);
    await pressTo(page, /^Not to be called/);
    const name = await enter(page, /^\p{L}+ \p{L}+$/u);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await settle();
    await enter(page, /^Close by hand/);
    const form = page.getByRole('dialog');
    await form.waitFor();
    await pressTo(page, /^Day it was done/);
    await page.keyboard.type('05012024');
    await pressTo(page, /^Where you found it/);
    await page.keyboard.type('state registry');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await page.locator('.entered', { hasText: 'Will count from the next run' }).first().waitFor();
  });

  it('nothing complained in the console', () => expect(complaints).toEqual([]));
});
