import type { Page } from 'playwright-core';
import { Catalogue } from '#contract/catalogue';
import { type Part, RowsResult } from '#contract/result';
import { AttributedSearch } from '../../client/pages/attributed-search.ts';

/** What came of clicking each number of a page. */
export interface Crawled {
  /** Numbers that opened a list. */
  clicked: number;
  /** What was clicked, and what its list holds instead. */
  readonly disagreements: string[];
  /** What was clicked and opened no list: it leads to a page of one thing, or nowhere. */
  readonly elsewhere: string[];
  /** Lettered figures no number of which opens a list, by their finding. */
  readonly unlisted: string[];
}

const OPENERS = 'main a[href], main .drawing.selectable [data-point], main button[aria-label^="List "]';
/** Pages that are lists, and where each says what it holds. */
const LISTS = [
  { path: /^\/rows\//, told: 'main:has(nav[aria-label="Parts of the number"]) :is(.answer, .message)' },
  { path: /^\/patients$/, told: 'main:has(#search) :is(.answer b, .message)' },
  { path: /^\/gaps\/worklist$/, told: 'main:has(nav[aria-label="Ways to list the gaps"]) :is(.answer b, .message)' },
];
/** Lists that open below the number: of what the address then says, and of categories. */
const PEOPLE_BELOW = ':is(section.people, section.files-behind) :is(.rows-acts > span, .paging > span)';
const CATEGORIES = '.people:has(> nav[aria-label="Pages of open categories"]) .rows-acts > span';
const BELOW = [...Object.keys(AttributedSearch.shape), 'conflict', 'cell'];

interface Opener {
  readonly at: number;
  readonly kind: string;
  readonly text: string;
  /** The words that the number stands in: its own where they hold one, else those of its row or figure. */
  readonly said: string;
  /** It stands beside a number that it is of. */
  readonly isNear: boolean;
  readonly address: string;
  readonly figure: string;
}

const numbersIn = (text: string): string[] => text.match(/\d[\d,]*(?:\.\d+)?/g) ?? [];

/** Whether two numbers are one, each rounded as it is written. */
function areOne(one: string, other: string): boolean {
  const unit = Math.max(...[one, other].map((text) => 10 ** -(text.split('.')[1]?.length ?? 0)));
  return Math.abs(Number(one.replaceAll(',', '')) - Number(other.replaceAll(',', ''))) <= unit / 2 + 1e-9;
}

/** Nothing is asked for and nothing is grey. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  await page.waitForFunction(() => document.querySelector('main[aria-busy="true"], main .skeleton') === null);
}

const openersOf = (page: Page): Promise<Opener[]> =>
  page.locator(OPENERS).evaluateAll((all) =>
    all.map((element, at) => {
      const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
      const near =
        element.closest<HTMLElement>('tbody tr') ?? element.closest<HTMLElement>('article, figure, .head, .crumbs li');
      const labels = [...(near?.querySelectorAll('[data-point]') ?? [])].map((point) =>
        point.getAttribute('aria-label'),
      );
      return {
        ...{ at, text, kind: element.matches('a') ? 'link' : element.tagName.toLowerCase() },
        said:
          !element.matches('a') || /^[\d,]+$|\b(the|all|these) [\d,]+/.test(text)
            ? text
            : // biome-ignore lint/performance/useDomNodeTextContent: the words of one cell must not run into the next
              [near?.innerText, ...labels].join(' '),
        isNear: near?.tagName === 'TR' || element.matches(':is(article, .head, figure:has([data-point])) .see'),
        address: element instanceof HTMLAnchorElement ? element.href : '',
        figure: element.closest('figure')?.id ?? '',
      };
    }),
  );

/** A drawing's point, a button that lists people, or a link to a list that stands for a number. */
function isNumber({ kind, text, isNear, address }: Opener, here: string): boolean {
  // "…: no data" says none.
  if (kind !== 'link') return numbersIn(text.split(':').at(-1) ?? '').length > 0;
  const { pathname, searchParams } = new URL(address);
  const isBelow = pathname === new URL(here).pathname && BELOW.some((name) => searchParams.has(name));
  const isList = LISTS.some(({ path }) => path.test(pathname));
  return (isBelow || isList) && (isNear || numbersIn(text).length > 0);
}

export class Crawler {
  private readonly page: Page;
  private readonly scales: ReadonlyMap<string, number>;
  /** What a list of rows was asked with, by its address. */
  private readonly asked = new Map<string, URL>();

  private constructor(page: Page, catalogue: Catalogue) {
    this.page = page;
    this.scales = new Map(catalogue.metrics.map(({ id, scale }) => [id, scale]));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^\/api\/metrics\/[^/]+\/rows$/.test(url.pathname)) this.asked.set(page.url(), url);
    });
  }

  /** Of a page that is signed in. */
  static async of(page: Page, origin: string): Promise<Crawler> {
    return new Crawler(page, Catalogue.parse(await (await page.request.get(`${origin}/api/catalogue`)).json()));
  }

  /** Clicks every number of a page that may open a list, and at most so many of each figure. */
  async crawl(address: string, most = Number.POSITIVE_INFINITY): Promise<Crawled> {
    const { page } = this;
    const crawled: Crawled = { clicked: 0, disagreements: [], elsewhere: [], unlisted: [] };
    await page.goto(address);
    await page.locator('main h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await settle(page);
    const here = page.url();
    const tried = new Map<string, number>();
    const listed = new Set<string>();
    for (const opener of (await openersOf(page)).filter((opener) => isNumber(opener, here))) {
      const group = `${opener.figure} ${opener.kind}`;
      tried.set(group, (tried.get(group) ?? 0) + 1);
      if ((tried.get(group) ?? 0) > most) continue;
      const held = await this.open(opener, here);
      if (held === null) crawled.elsewhere.push(opener.text);
      else {
        crawled.clicked += 1;
        listed.add(opener.figure);
        if (!numbersIn(opener.said).some((said) => held.some((number) => areOne(said, number))))
          crawled.disagreements.push(
            `${opener.said.slice(0, 160)} | ${opener.address.slice(-120)} | ${held.join(', ')}`,
          );
      }
      if (page.url() !== here) await page.goBack();
      await page.waitForFunction(([selector, count]) => document.querySelectorAll(selector).length >= count, [
        OPENERS,
        opener.at + 1,
      ] as const);
      await settle(page);
    }
    const figures = await page
      .locator('main figure[id]')
      .evaluateAll((all) => all.map(({ id, textContent }) => ({ id, finding: textContent?.slice(0, 90) ?? '' })));
    crawled.unlisted.push(...figures.filter(({ id }) => !listed.has(id)).map(({ finding }) => finding));
    return crawled;
  }

  /** The numbers that the list behind it holds; null where no list opens. */
  private async open({ at, kind }: Opener, here: string): Promise<readonly string[] | null> {
    const { page } = this;
    await page.locator(OPENERS).nth(at).dispatchEvent('click');
    if (kind !== 'button')
      await page.waitForURL((url) => url.href !== here, { timeout: 500, waitUntil: 'commit' }).catch(() => undefined);
    const { pathname, searchParams } = new URL(page.url());
    // Everybody in an order: the number is its first so many.
    if (searchParams.has('sort')) return null;
    const isBelow = BELOW.some((name) => searchParams.has(name));
    const place =
      LISTS.find(({ path }) => path.test(pathname))?.told ??
      (kind === 'button' ? CATEGORIES : isBelow ? PEOPLE_BELOW : null);
    if (place === null) return null;
    const told = page.locator(place).first();
    await told.waitFor();
    await settle(page);
    const held = numbersIn((await told.textContent()) ?? '');
    // Of one measure, where whoever died or is not shared has a gap too and is named beside the worklist.
    const [, aside = '0'] =
      /(\d+) (?:person|people) who died/.exec((await page.locator('main').textContent()) ?? '') ?? [];
    if (held[1] !== undefined && aside !== '0') held.push(String(Number(held[1].replaceAll(',', '')) + Number(aside)));
    if (held.length === 0) held.push('0');
    const asked = this.asked.get(page.url());
    return asked ? [...held, String(await this.whole(asked))] : held;
  }

  /** What the list is a part of: a rate; of those left out, all there are. */
  private async whole(asked: URL): Promise<number> {
    const part = asked.searchParams.get('part') ?? 'numerator';
    const [numerator, denominator] = [await this.total(asked, 'numerator'), await this.total(asked, 'denominator')];
    if (part === 'exclusion') return denominator.rows + (await this.total(asked, 'exclusion')).rows;
    const scale = this.scales.get(asked.pathname.split('/')[3] ?? '') ?? 1;
    return (scale * numerator.sum) / denominator.sum;
  }

  private async total(asked: URL, part: Part): Promise<RowsResult['total']> {
    const url = new URL(asked);
    url.searchParams.set('part', part);
    url.searchParams.set('limit', '1');
    url.searchParams.delete('offset');
    if (part === 'denominator') url.searchParams.delete('component');
    if (part !== 'exclusion') url.searchParams.delete('reason');
    return RowsResult.parse(await (await this.page.request.get(url.href)).json()).total;
  }
}
