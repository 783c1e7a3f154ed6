import type { Page } from 'playwright-core';
import { textOf } from '#contract/cohort';
import { formatFilter } from '#contract/filter';
import { Timeline } from '#contract/patient';
import { RowsResult } from '#contract/result';
import type { Served } from './serve.ts';

const OLDER_WITHOUT_VISIT = textOf({
  kind: 'all',
  rules: [
    { kind: 'age', from: 65 },
    { kind: 'not', rule: { kind: 'count', event: { of: 'encounter', types: ['office visit'] } } },
  ],
});
/** Every page as a reader would open it; `$person` and `$claim` stand for somebody of the snapshot. */
export const PAGES = [
  '/',
  '/readmissions',
  '/gaps',
  '/gaps/worklist',
  '/quality-score',
  '/utilization',
  '/risk',
  '/providers',
  '/providers/PR01',
  '/patients',
  '/patients/$person',
  '/claims/$claim',
  '/rows/readmission-30-day',
  '/cohorts',
  '/cohorts/dementia',
  '/cohorts/explore?brush=age%3A75..',
  '/cohorts/explore?mode=shareable',
  `/cohorts/build?tree=${OLDER_WITHOUT_VISIT}`,
  '/data',
  '/data/open',
  '/measures',
  '/measures/cms122-1',
  '/pack',
  '/sign-in',
];

/** The pages, with a person who came back within 30 days and a claim of theirs. */
export async function pagesOf({ ask }: Served): Promise<string[]> {
  const { rows } = RowsResult.parse(await (await ask('/api/metrics/readmission-30-day/rows?part=numerator')).json());
  const person = rows[0]?.person_id ?? '';
  const { events } = Timeline.parse(await (await ask(`/api/patients/${person}/timeline`)).json());
  const claim = events.flatMap(({ claim_ids }) => claim_ids)[0] ?? '';
  return PAGES.map((path) => path.replace('$person', person).replace('$claim', encodeURIComponent(claim)));
}

const older = (from: number): string =>
  formatFilter({ cohort: [textOf({ kind: 'all', rules: [{ kind: 'age', from }] })] });

/** What the states in which a page may be add to its address; an error comes by `refuse`. */
export const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  data: {},
  empty: { where: older(120) },
  suppressed: { where: older(95), mode: 'shareable' },
  error: {},
};

/** The address of a page in a state. */
export function inState(origin: string, path: string, state: string): string {
  const url = new URL(path, origin);
  for (const [key, text] of Object.entries(STATES[state] ?? {})) url.searchParams.set(key, text);
  return url.href;
}

/** The id to quote that `refuse` gives. */
export const REFUSED = 'r-1';
const ALWAYS_ANSWERED = /\/api\/(session|catalogue|freshness|health)$/;

/** From now on all that pages ask for fails, but what the frame around them needs. Counts what was refused. */
export async function refuse(page: Page): Promise<{ refused: number }> {
  const told = { refused: 0 };
  const json = { error: { code: 'internal', message: 'something went wrong', requestId: REFUSED } };
  await page.route(
    (url) => url.pathname.startsWith('/api/') && !ALWAYS_ANSWERED.test(url.pathname),
    (route) => {
      told.refused += 1;
      return route.fulfill({ status: 500, json });
    },
  );
  return told;
}
