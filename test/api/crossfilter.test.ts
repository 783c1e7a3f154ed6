import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Rule, ruleOf, textOf } from '#contract/cohort';
import {
  type Brushes,
  binsOf,
  type CrossfilterChart,
  formatBrushes,
  NUMBER_CHARTS,
  parseBrushes,
  ruleOfBrushes,
  SharedCrossfilter,
} from '#contract/crossfilter';
import { parseFilter } from '#contract/filter';
import { peopleOf } from '../../client/api/crossfilter.ts';
import { Crossfilter } from '../../client/statistics/crossfilter.ts';
import { encodeTable } from '../../server/http/encode.ts';
import { listViews } from '../../server/store/audit.ts';
import { countSteps } from '../../server/store/cohort.ts';
import { countBins, readCharts, readPeople } from '../../server/store/crossfilter.ts';
import { Random } from '../campaign/random.ts';
import { startServer } from '../support/server.ts';
import { openPopulation, populationOf } from './cohort-population.ts';

const PERSONS = 300;
const COMBINATIONS = 60;

const random = new Random(5);
let opened: Awaited<ReturnType<typeof openPopulation>>;
const explored = new Map<boolean, { charts: readonly CrossfilterChart[]; crossfilter: Crossfilter }>();
beforeAll(async () => {
  opened = await openPopulation(populationOf(7, PERSONS));
  const { queries, catalogue } = opened;
  for (const broad of [false, true]) {
    const charts = await readCharts(queries, catalogue, { broad });
    const columns = await readPeople(queries, catalogue, charts, {});
    const bytes = encodeTable('arrow', columns, { snapshot: 's', dataThrough: '2024-06-15', charts, caveats: [] });
    explored.set(broad, { charts, crossfilter: new Crossfilter(peopleOf(bytes, null)) });
  }
});
afterAll(() => opened.close());

const bySize = ({ broad }: { broad: boolean }) => {
  const found = explored.get(broad);
  if (!found) throw new Error('read before the tests');
  return found;
};

/** Some bars of some charts: runs of them, single ones, now and then "not known". */
function brushesOf(charts: readonly CrossfilterChart[], share: number): Brushes {
  const chosen = charts.flatMap((chart) => {
    const { length } = binsOf(chart);
    if (length === 0 || random.next() > share) return [];
    const start = random.below(length);
    const run = Array.from({ length: 1 + random.below(length - start) }, (_, at) => start + at);
    const places = random.next() < 0.3 ? [start, random.below(length)] : [...run, random.below(length)];
    return [[chart.id, [...new Set(places)].sort((a, b) => a - b)] as const];
  });
  return Object.fromEntries(chosen);
}

/** How many the cohorts of these brushes hold, each by the SQL of its rules. */
async function cohortSizes(brushes: readonly Brushes[], charts: readonly CrossfilterChart[]): Promise<number[]> {
  const { queries, catalogue } = opened;
  const rules = brushes.map((one) => Rule.parse(ruleOfBrushes('', one, charts)));
  const { steps } = await countSteps(queries, catalogue, { kind: 'all', rules });
  return steps.map(({ keepsAlone }) => keepsAlone);
}

test('the address of any brushes gives the same brushes back, and equal brushes have one address', () => {
  const { charts } = bySize({ broad: false });
  for (let at = 0; at < 2000; at += 1) {
    const brushes = brushesOf(charts, 0.3);
    const text = formatBrushes(brushes, charts);
    expect(parseBrushes(text, charts)).toEqual(brushes);
    expect(formatBrushes(parseBrushes(text, charts), charts)).toBe(text);
    expect(text).toMatch(/^[\w:;|.%*-]*$/);
  }
});

test('a number typed between two edges takes in its whole bar, and what no chart has is left out', () => {
  const { charts } = bySize({ broad: false });
  const paid = charts.find(({ id }) => id === 'paid');
  const values = (text: string) =>
    formatBrushes(parseBrushes(text, charts), charts).replaceAll('%7C', '|').replaceAll('%2E', '.');
  expect(paid && binsOf(paid).length).toBe(19);
  expect(values('paid:1500..1600')).toBe('paid:1000..2000');
  expect(values('paid:..5')).toBe('paid:..10');
  expect(values('paid:1000..2000|2000..5000')).toBe('paid:1000..5000');
  expect(values('paid:9..3;nothing:1;sex:x|female;age:65')).toBe('sex:female');
});

describe('what the browser counts over the columns', () => {
  test(`is what SQL counts by the rules of the cohort, in ${COMBINATIONS} random combinations of brushes`, async () => {
    const { charts, crossfilter } = bySize({ broad: false });
    let telling = 0;
    for (let at = 0; at < COMBINATIONS; at += 1) {
      const brushes = brushesOf(charts, 0.25);
      const left = crossfilter.count(brushes);
      const chart = random.pick(charts);
      const places = binsOf(chart)
        .map((_, place) => place)
        .filter(() => chart.id !== 'age' || random.next() < 0.2);
      const { [chart.id]: _, ...others } = brushes;
      const wanted = await cohortSizes(
        [brushes, others, ...places.map((place) => ({ ...others, [chart.id]: [place] }))],
        charts,
      );
      const counted = left.charts.get(chart.id);
      const found = [left.persons, counted?.persons, ...places.map((place) => counted?.bins[place])];
      expect(found, `${formatBrushes(brushes, charts)} by ${chart.id}`).toEqual(wanted);
      if (left.persons > 0 && left.persons < PERSONS) telling += 1;
    }
    expect(telling).toBeGreaterThan(COMBINATIONS / 3);
  });

  test('the bars of a chart add up to the people whom the others leave, those chosen to all that are left', () => {
    const { charts, crossfilter } = bySize({ broad: false });
    for (let at = 0; at < 300; at += 1) {
      const brushes = brushesOf(charts, 0.25);
      const left = crossfilter.count(brushes);
      for (const chart of charts.filter(({ kind }) => kind !== 'set')) {
        const { persons = 0, bins = [] } = left.charts.get(chart.id) ?? {};
        expect([...bins].reduce((sum, one) => sum + one, 0)).toBe(persons);
        const chosen = brushes[chart.id] ?? [...bins.keys()];
        expect(chosen.reduce((sum, place) => sum + (bins[place] ?? 0), 0)).toBe(left.persons);
      }
    }
  });

  test('does not depend on the way there', () => {
    const { charts, crossfilter } = bySize({ broad: false });
    const target = brushesOf(charts, 0.25);
    const first = crossfilter.count(target);
    for (let at = 0; at < 20; at += 1) crossfilter.count(brushesOf(charts, 0.4));
    expect(crossfilter.count(target)).toEqual(first);
  });

  test('is what the server counts of everybody in broad bins', async () => {
    const { charts, crossfilter } = bySize({ broad: true });
    const counted = await countBins(opened.queries, opened.catalogue, charts);
    const left = crossfilter.count({});
    for (const chart of charts) {
      const found = binsOf(chart).map(
        (_, bin) => counted.find((one) => one.chart === chart.id && one.place === bin)?.persons ?? 0,
      );
      expect(found, chart.id).toEqual([...(left.charts.get(chart.id)?.bins ?? [])]);
    }
  });
});

test('the people of a filter are those whom its rules keep', async () => {
  const { queries, catalogue } = opened;
  const { charts } = bySize({ broad: false });
  const older = textOf(Rule.parse({ kind: 'all', rules: [{ kind: 'age', from: 65 }, { kind: 'living' }] }));
  for (const where of ['sex:female', 'condition:diabetes;coverage:medicare', `cohort:${older};practice:p1|p2`]) {
    const [column] = await readPeople(queries, catalogue, charts, parseFilter(where));
    const { steps } = await countSteps(queries, catalogue, { kind: 'all', rules: [ruleOfBrushes(where, {}, charts)] });
    expect(column?.length, where).toBe(steps[0]?.keepsAlone);
    expect(column?.length, where).toBeGreaterThan(0);
  }
});

describe('over the network', () => {
  test('people are a look at persons, without any id, and what may be shared has no bin of 1 to 10', async () => {
    const server = await startServer({});
    onTestFinished(() => server.close());
    const admin = server.cookieOf('aco_admin');
    const headers = { accept: 'application/vnd.apache.arrow.stream' };
    const reply = await server.ask('/api/crossfilter/people?where=sex:female', { cookie: admin, headers });
    const bytes = new Uint8Array(await reply.arrayBuffer());
    const people = peopleOf(bytes, null);
    expect(people.length).toBe(150);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('person-0');
    expect(listViews(server.dependencies.database).at(-1)).toMatchObject({
      route: '/api/crossfilter/people',
      shown: 150,
    });

    const analyst = server.cookieOf('analyst_aggregate');
    expect((await server.ask('/api/crossfilter/people', { cookie: analyst, headers })).status).toBe(403);
    const shared = SharedCrossfilter.parse(await (await server.ask('/api/crossfilter', { cookie: analyst })).json());
    expect(shared.persons).toBe(300);
    const told = shared.charts.flatMap(({ bins }) => bins ?? []);
    expect(told.filter((count) => count % 20 !== 0)).toEqual([]);
    expect(told.length).toBeGreaterThan(0);
  });
});

test('the tree of the brushes opens in the builder as it is, its steps after those of the filter', () => {
  const { charts } = bySize({ broad: false });
  for (let at = 0; at < 100; at += 1) {
    const tree = Rule.parse(ruleOfBrushes('sex:female', brushesOf(charts, 0.3), charts));
    expect(ruleOf(textOf(tree))).toEqual(tree);
    expect(tree.kind === 'all' && tree.rules[0]).toEqual({ kind: 'dimension', dimension: 'sex', values: ['female'] });
  }
});

test('the broad bins are unions of the fine ones, and all bars of a page are under 2,000 marks', () => {
  for (const { edges, broad } of NUMBER_CHARTS) expect(edges).toEqual(expect.arrayContaining(broad ?? []));
  const { charts } = bySize({ broad: false });
  expect(charts.reduce((sum, chart) => sum + binsOf(chart).length, 0)).toBeLessThan(1000);
});
