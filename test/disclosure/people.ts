import { releaseAlone, releaseParts } from '../../server/disclosure/release.ts';
import { isSmall, toShare } from '../../server/disclosure/suppress.ts';
import { withoutFew } from '../../server/routes/attribution.ts';
import { Random } from '../campaign/random.ts';
import { type Bounds, between, boundsOf, type Fact, known, sumOf } from './auditor.ts';
import { lineOf, type Population } from './random-tables.ts';
import { ENOUGH } from './tally.ts';

/**
 * People of one dimension as several routes tell them: a metric of its last month (exactly), those of a day (panels, tiers:
 * all of the metric's and some more), those of another page (some more again), who of them is on a list and why not, and a
 * preset cohort of two of the values.
 */
interface People {
  readonly values: readonly string[];
  readonly counted: readonly number[];
  readonly more: readonly number[];
  readonly elsewhere: readonly number[];
  /** Of those of the day who are on no list, by reason. */
  readonly barriers: readonly number[];
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

const few = (random: Random): number => random.pick([0, 0, 1, 2, 5, 9, 10, 11, 14, 30]);

export function anyPeople(random: Random): People {
  const values = Array.from({ length: 2 + random.below(5) }, (_, at) => `v${at}`);
  const scale = random.pick([15, 60, 300]);
  const counted = values.map(() => (random.below(3) === 0 ? few(random) : random.below(scale)));
  const more = values.map(() => few(random));
  const barriers = Array.from({ length: 1 + random.below(4) }, () => few(random));
  while (sum(barriers) > sum(counted) + sum(more)) barriers.pop();
  return { values, counted, more, elsewhere: values.map(() => few(random)), barriers };
}

/** How a page tells a count of a table, or of one by itself: null is hidden. */
interface Tells {
  readonly rows: (counts: readonly number[]) => (number | null)[];
  readonly one: (count: number) => number | null;
  /** The least and the most that a count told so can be. */
  readonly least: (told: number) => number;
  readonly most: (told: number) => number;
}

/** As the product does. */
export const SHARED: Tells = {
  rows(counts) {
    const told = withoutFew(counts.map((persons, at) => ({ at, persons })));
    return counts.map((_, at) => told.find((row) => row.at === at)?.persons ?? null);
  },
  one: toShare,
  least: (told) => (told === 0 ? 0 : Math.max(11, told - 10)),
  most: (told) => (told === 0 ? 0 : told + 9),
};

/** The same tables, each safe by itself, with exact counts. */
export const EXACT: Tells = {
  ...SHARED,
  rows: (counts) => SHARED.rows(counts).map((told, at) => (told === null ? null : (counts[at] ?? 0))),
  one: (count) => (isSmall(count) ? null : count),
  least: (told) => told,
  most: (told) => told,
};

/** What somebody can work out who reads all of it. A row is listed where it counts anybody, hidden or not. */
export function boundsOfPeople(people: People, tells: Tells): Bounds[] {
  const { values, counted, more, elsewhere, barriers } = people;
  const facts: Fact[] = [];
  const truth = new Map<string, number>();
  const add = (name: string, parts: readonly string[]) => {
    facts.push(sumOf(name, parts));
    truth.set(name, sum(parts.map((part) => truth.get(part) ?? 0)));
  };
  const told = (name: string, count: number | null) => {
    if (count !== null) facts.push(between(name, tells.least(count), tells.most(count)));
  };
  const table = (names: readonly string[]) => {
    const there = names.filter((name) => truth.get(name) !== 0);
    tells.rows(there.map((name) => truth.get(name) ?? 0)).forEach((count, at) => {
      told(there[at] ?? '', count);
      if (count === null) facts.push(between(there[at] ?? '', 1, Infinity));
    });
    for (const name of names.filter((name) => !there.includes(name))) facts.push(known(name, 0));
  };
  const alone = (name: string) => {
    const count = tells.one(truth.get(name) ?? 0);
    if (count === null) facts.push(between(name, 1, 10));
    else told(name, count);
  };
  values.forEach((value, at) => {
    truth.set(`${value} counted`, counted[at] ?? 0).set(`${value} more`, more[at] ?? 0);
    truth.set(`${value} elsewhere`, elsewhere[at] ?? 0);
    add(`${value} day`, [`${value} counted`, `${value} more`]);
    add(`${value} page`, [`${value} day`, `${value} elsewhere`]);
  });
  const all = (what: string) => values.map((value) => `${value} ${what}`);
  for (const what of ['counted', 'more', 'elsewhere', 'day', 'page']) add(`all ${what}`, all(what));
  barriers.forEach((count, at) => {
    truth.set(`reason ${at}`, count);
  });
  const reasons = barriers.map((_, at) => `reason ${at}`);
  truth.set('on the list', (truth.get('all day') ?? 0) - sum(barriers));
  facts.push(sumOf('all day', ['on the list', ...reasons]));
  table(reasons);
  alone('on the list');
  add('preset', all('day').slice(0, 2));
  table(all('day'));
  table(all('page'));
  for (const name of ['all day', 'all page', 'preset']) alone(name);
  for (const [name, count] of metricOf(people)) facts.push(known(name, count));
  return boundsOf(
    facts,
    [...truth].filter(([, count]) => isSmall(count)).map(([name, count]) => ({ name, count })),
  );
}

/** What the metric's released table shows of its last month. */
function metricOf({ values, counted }: People): (readonly [string, number])[] {
  const month = { id: '2024-12', from: '2024-12', to: '2024-12', parts: [] };
  const population: Population = {
    atoms: values.map((value, at) => ({ values: [value], month: month.id, rows: counted[at] ?? 0, numerator: 0 })),
    ...{ values: [values], isNested: false, years: [month] },
  };
  const whole = releaseAlone(lineOf(population, null, ''), [month]);
  const lines = values.map((value) => lineOf(population, 0, value));
  const hidden = releaseParts(lines, whole, [month]).get(month.id);
  return [
    ...(whole.has(month.id) ? [['all counted', sum(counted)] as const] : []),
    ...values.flatMap((value, at) =>
      hidden?.has(value) === false ? [[`${value} counted`, counted[at] ?? 0] as const] : [],
    ),
  ];
}

/** Bounds of small counts in many populations: those of which one value alone is possible, and those within less than 10. */
export function peopleTally(tells: Tells, from: number, to: number) {
  const tally = { populations: 0, secrets: 0, narrow: 0, recovered: [] as string[] };
  for (let seed = from; seed < to; seed++) {
    const bounds = boundsOfPeople(anyPeople(new Random(seed)), tells);
    tally.populations += 1;
    tally.secrets += bounds.length;
    tally.narrow += bounds.filter(({ least, most }) => most - least < ENOUGH).length;
    tally.recovered.push(
      ...bounds.filter(({ least, most }) => most - least < 1).map(({ name, count }) => `${seed}: ${name} = ${count}`),
    );
  }
  return tally;
}
