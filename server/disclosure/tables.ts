import { type Filter, formatFilter } from '#contract/filter';
import { isInDollars, lawOf } from '#contract/metric';
import { latestMatureMonth } from '#contract/months';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import { textAt } from '../store/columns.ts';
import type { Key, Period, Question } from '../store/question.ts';
import type { Groups, Sums } from '../store/sums.ts';
import type { Place } from './lattice.ts';
import { type Span, spansOf } from './periods.ts';
import {
  type Counts,
  type Hidden,
  type Line,
  releaseAlone,
  releaseParts,
  releaseShared,
  releaseWithin,
} from './release.ts';

/** Reads the groups of a question with the persons behind them. */
export type Read = (question: Question) => Promise<Groups>;

/** Which numbers of a metric may be shown, of everybody and of the lines at one place. */
export interface Table {
  readonly years: readonly Span[];
  /** The spans in which the number that the lines add up to is shown: of everybody, or of all who are excluded. */
  readonly whole: ReadonlySet<string>;
  readonly hidden: Hidden;
}

/** The line of those who are in the group that a filter names. */
export const MEMBER = 'member';

type Metric = Question['metric'];
type LinePlace = Exclude<Place, { kind: 'everybody' }>;

interface Everybody {
  readonly years: readonly Span[];
  readonly line: Line;
  readonly whole: ReadonlySet<string>;
}

const everybodies = new WeakMap<SnapshotCatalogue, Map<string, Promise<Everybody>>>();
const tables = new WeakMap<SnapshotCatalogue, Map<string, Promise<Table>>>();

/** The released table of a metric at a place: the same for every question, so it is made once for each snapshot. */
export function tableOf(catalogue: SnapshotCatalogue, metric: Metric, place: Place, read: Read): Promise<Table> {
  const id = place.kind === 'everybody' ? '' : place.kind === 'member' ? formatFilter(place.filter) : place.key.id;
  return once(tables, catalogue, `${metric.id} ${id}`, async () => {
    const everybody = await everybodyOf(catalogue, metric, read);
    const { years, whole } = everybody;
    if (place.kind === 'everybody') return { years, whole, hidden: new Map() };
    return hiddenAt(catalogue, metric, place, everybody, read);
  });
}

/** Who waits for what another asks for asks for it, should the other go away. */
function once<T>(
  kept: WeakMap<SnapshotCatalogue, Map<string, Promise<T>>>,
  catalogue: SnapshotCatalogue,
  id: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = kept.get(catalogue) ?? new Map<string, Promise<T>>();
  kept.set(catalogue, known);
  const asked = known.get(id);
  if (asked) return asked.catch(make);
  const made = make();
  known.set(id, made);
  made.catch(() => known.delete(id));
  return made;
}

const everybodyOf = (catalogue: SnapshotCatalogue, metric: Metric, read: Read): Promise<Everybody> =>
  once(everybodies, catalogue, metric.id, async () => {
    const { years, lines } = await readLines(catalogue, metric, null, {}, read);
    const line = lines.find(({ name }) => name === '') ?? { name: '', counts: new Map() };
    return { years, line, whole: releaseAlone(line, years) };
  });

async function hiddenAt(
  catalogue: SnapshotCatalogue,
  metric: Metric,
  place: LinePlace,
  everybody: Everybody,
  read: Read,
): Promise<Table> {
  const { years, whole } = everybody;
  const linesOf = async (key: Key | null, filter: Filter) =>
    (await readLines(catalogue, metric, key, filter, read, years)).lines;
  if (place.kind === 'member') {
    const [line] = await linesOf(null, place.filter);
    return { years, whole, hidden: apart(line ? [{ ...line, name: MEMBER }] : [], everybody) };
  }
  if (place.kind === 'sets') {
    const lines = await linesOf(place.key, {});
    return { years, whole, hidden: apart(lines, everybody) };
  }
  if (place.key.kind === 'exclusion') return excluded(catalogue, metric, place.key, read);
  const lines = await linesOf(place.key, {});
  if (place.key.kind === 'component') return { years, whole, hidden: releaseParts(lines, whole, years) };
  const flat = (some: readonly Line[]) =>
    releaseShared(some, everybody.line, SHARED, years, (own, shown, atLeast) =>
      releaseParts(own, shown, years, atLeast),
    );
  const parent = place.key.kind === 'dimension' ? parentOf(catalogue, metric, place.key.id) : null;
  if (!parent) return { years, whole, hidden: flat(lines) };
  const [above, pairs] = await Promise.all([
    linesOf(parent, {}),
    read({ metric, by: [parent, place.key], from: null, to: null, filter: {} }),
  ]);
  const parents = new Map<string, string[]>();
  pairs.sums.forEach((_, row) => {
    const [over = '', own = ''] = pairs.keys.map((key) => textAt(key, row) ?? '');
    parents.set(own, [...(parents.get(own) ?? []), over]);
  });
  const hiddenAbove = flat(above);
  const hidden = releaseShared(lines, everybody.line, SHARED, years, (own, shown, atLeast) =>
    releaseWithin(own, parents, hiddenAbove, shown, years, atLeast),
  );
  return { years, whole, hidden };
}

/** Dimensions of which everybody knows what lies in what. */
const PARENT: Readonly<Record<string, string>> = { practitioner: 'practice', county: 'state', contract: 'payer' };

function parentOf({ dimensions }: SnapshotCatalogue, metric: Metric, id: string): Key | null {
  const parent = PARENT[id];
  const dimension = parent !== undefined && metric.dimensions.includes(parent) ? dimensions.get(parent) : undefined;
  return dimension ? { kind: 'dimension', id: dimension.id, dimension } : null;
}

/** Lines that overlap: each is told from all the others, and hidden with what it leaves of everybody. */
function apart(lines: readonly Line[], { line: all, years, whole }: Everybody): Hidden {
  const tables = lines.map((line) => ({ line, hidden: releaseParts([line, rest(all, line)], whole, years) }));
  return new Map(
    [...whole].map((id) => [
      id,
      new Set(tables.filter(({ hidden }) => hidden.get(id)?.size !== 0).map(({ line }) => line.name)),
    ]),
  );
}

/** What a line leaves of everybody. Of people, who may be in both, it is the least that there can be. */
const rest = (all: Line, { counts }: Line): Line => ({
  name: 'the rest',
  counts: new Map(
    [...all.counts].map(([id, whole]) => [
      id,
      whole.map((count, kind) => exact(Math.max(0, count - (counts.get(id)?.[kind] ?? 0)))),
    ]),
  ),
});

/** What excludes rows: they add up to all that are excluded. What counts is everybody's own. */
async function excluded(catalogue: SnapshotCatalogue, metric: Metric, key: Key, read: Read): Promise<Table> {
  const { years, lines } = await readLines(catalogue, metric, key, {}, read);
  const reasons = lines.filter(({ name }) => name !== '');
  const ids = new Set(reasons.flatMap(({ counts }) => [...counts.keys()]));
  const sum = (id: string) =>
    reasons
      .map(({ counts }) => counts.get(id) ?? [])
      .reduce((all, counts) => (counts.length === 0 ? all : counts.map((count, kind) => count + (all[kind] ?? 0))), []);
  const all = { name: '', counts: new Map([...ids].map((id) => [id, sum(id)])) };
  const whole = releaseAlone(all, years);
  return { years, whole, hidden: releaseParts(reasons, whole, years) };
}

/** The lines of a key, or of everybody, with what they count in every span of the months that they have. */
async function readLines(
  catalogue: SnapshotCatalogue,
  metric: Metric,
  key: Key | null,
  filter: Filter,
  read: Read,
  given?: readonly Span[],
): Promise<{ readonly years: readonly Span[]; readonly lines: Line[] }> {
  const by = key ? [key] : [];
  const countsOf = countsFor(metric, key);
  const ask = (period: Period, from: string | null, to: string | null) =>
    read({ metric, by: [...by, { kind: 'period', id: period, rolling: null }], from, to, filter });
  const monthly = await ask('month', null, null);
  const months = monthly.sums.map((_, row) => textAt(monthly.keys.at(-1), row) ?? '').sort();
  const years = given ?? spansOf(months[0] ?? '', months.at(-1) ?? '', anchorOf(catalogue, metric));
  const lines = new Map<string, Map<string, Counts>>();
  const put = (name: string | null, span: string, sums: Sums) => {
    const counts = lines.get(name ?? '') ?? new Map<string, Counts>();
    lines.set(name ?? '', counts.set(span, countsOf(sums)));
  };
  const putPeriods = ({ keys, sums }: Groups) =>
    sums.forEach((sum, row) => {
      put(key && textAt(keys[0], row), textAt(keys.at(-1), row) ?? '', sum);
    });
  putPeriods(monthly);
  // Year by year, as gathering the people of every quarter at once takes too much memory where there are many.
  for (const { id, from, to } of years) {
    putPeriods(await ask('quarter', from, to));
    const { keys, sums } = await read({ metric, by, from, to, filter });
    sums.forEach((sum, row) => {
      put(key && textAt(keys[0], row), id, sum);
    });
  }
  return { years, lines: [...lines].map(([name, counts]) => ({ name, counts })) };
}

/** Years end where the default period of a page does: with the latest month whose claims are in, or the measure's own. */
const anchorOf = (catalogue: SnapshotCatalogue, { kind }: Metric): string =>
  kind === 'measure'
    ? `${catalogue.period}-12`
    : latestMatureMonth({ ...catalogue, metrics: [...catalogue.metrics.values()] });

/** The denominator, its rows and its people come first: metrics share them. */
const SHARED = 3;

/** What may not be small of a cell: each count that it shows, what a part leaves over, and the people behind it. */
function countsFor(metric: Metric, key: Key | null): (sums: Sums) => Counts {
  const persons = ({ persons }: Sums) => persons ?? 0;
  const contributors = ({ contributors }: Sums) => contributors ?? 0;
  const events = ({ numerator }: Sums) => (isInDollars(metric) ? [] : [numerator]);
  if (key?.kind === 'exclusion') return (sums) => [sums.rows, persons(sums)];
  if (key?.kind === 'component') return (sums) => [...events(sums), contributors(sums)];
  const left = ({ numerator, denominator }: Sums) =>
    metric.unit === 'percent' || metric.isPart ? [exact(denominator - numerator)] : [];
  const some = (sums: Sums) => (lawOf(metric) === 'binomial' ? [] : [contributors(sums)]);
  return (sums) => [sums.denominator, sums.rows, persons(sums), ...events(sums), ...left(sums), ...some(sums)];
}

/** Without the noise of subtracting. */
const exact = (count: number): number => Math.round(count * 1e6) / 1e6;
