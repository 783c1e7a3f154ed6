import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMonths } from '#contract/months';
import type { Cell } from '#contract/result';
import { answer } from '../../server/statistics/answer.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { questionOf } from '../../server/store/question.ts';
import { type Snapshot, Snapshots } from '../../server/store/snapshot.ts';
import type { Random } from '../campaign/random.ts';
import { publishSnapshot } from '../support/snapshot.ts';

/** Publishes a snapshot of the tests in a home of its own, and opens it for as long as it is used. */
export async function overSnapshot<T>(persons: number, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'throughline-disclosure-'));
  await publishSnapshot(home, { snapshot: 'a', persons });
  const snapshots = await Snapshots.open(
    home,
    (message) => {
      throw new Error(message);
    },
    DuckDB.open,
  );
  try {
    return await use(snapshots.hold().snapshot);
  } finally {
    await snapshots.close();
    rmSync(home, { recursive: true });
  }
}

/** A question about one number. */
export interface Asked {
  readonly metric: string;
  /** Clauses of the filter: dimension, and its values. */
  readonly clauses: readonly (readonly [string, readonly string[]])[];
  readonly from: string;
  readonly to: string;
}

const FIRST = '2023-01';
const LAST = '2024-12';
const VALUES: Readonly<Record<string, readonly string[]>> = {
  practice: ['p1', 'p2', 'p3', ''],
  sex: ['female', 'male'],
  age_band: ['0-64', '65-74', '75+'],
  risk_tier: ['low', 'moderate', 'high', 'very high'],
  condition: ['diabetes', 'heart-failure', 'gout'],
};

const months = (random: Random): Pick<Asked, 'from' | 'to'> => {
  const [a, b] = [random.below(24), random.below(24)];
  return { from: addMonths(FIRST, Math.min(a, b)), to: addMonths(FIRST, Math.max(a, b)) };
};

function clause(random: Random): Asked['clauses'][number] {
  const dimension = random.pick(Object.keys(VALUES));
  const values = VALUES[dimension] ?? [];
  const chosen = values.filter(() => random.below(2) === 0);
  return [dimension, dimension === 'condition' || chosen.length === 0 ? [random.pick(values)] : chosen];
}

/** Two questions of which the second is about some of those whom the first is about, and by little fewer. */
export function anyPair(random: Random, metrics: readonly string[]): readonly [Asked, Asked] {
  const more: Asked = {
    metric: random.pick(metrics),
    clauses: random.below(3) === 0 ? [] : [clause(random)],
    ...(random.below(4) === 0 ? { from: FIRST, to: LAST } : months(random)),
  };
  const [own] = more.clauses;
  const narrower: (() => Asked)[] = [
    () => ({ ...more, from: addMonths(more.from, 1) }),
    () => ({ ...more, to: addMonths(more.to, -1) }),
    () => ({
      ...more,
      clauses: [...more.clauses, clause(random)].filter(
        ([id], at, all) => all.findIndex(([other]) => other === id) === at,
      ),
    }),
    () => ({ ...more, clauses: own && own[1].length > 1 ? [[own[0], own[1].slice(1)]] : [clause(random)] }),
  ];
  const less = own && random.below(8) === 0 ? more : random.pick(narrower)();
  return own && less === more ? [{ ...more, clauses: [] }, less] : [more, less];
}

/** What a number tells: of money not the dollars, of a part also what it leaves over. */
function counts({ catalogue }: Snapshot, { metric }: Asked, { numerator, denominator, rows }: Cell): number[] {
  if (numerator === null || denominator === null || rows === null) return [];
  const unit = catalogue.metrics.get(metric)?.unit ?? '';
  const events = unit.startsWith('dollars') ? [] : [numerator];
  return [...events, ...(unit === 'percent' ? [denominator - numerator] : []), denominator, rows];
}

const isSmall = (count: number): boolean => count > 0 && count < 11;

/** Answers each question once, as shared and as it is. */
export function asker(snapshot: Snapshot) {
  const known = new Map<string, Promise<{ readonly shared: Cell; readonly whole: Cell }>>();
  const answered = async ({ metric, clauses, from, to }: Asked) => {
    const where = clauses.map(([id, values]) => `${id}:${values.map(encodeURIComponent).join('|')}`).join(';');
    const question = questionOf(snapshot.catalogue, metric, { by: '', from, to, where });
    const [shared, whole] = await Promise.all([
      answer(snapshot, question, 'shareable'),
      answer(snapshot, question, 'identified'),
    ]);
    return { shared: shared.total, whole: whole.total };
  };
  return (asked: Asked) => {
    const key = JSON.stringify(asked);
    const answer = known.get(key) ?? answered(asked);
    known.set(key, answer);
    return answer;
  };
}

export interface PairTally {
  pairs: number;
  /** Pairs of which both numbers are shown. */
  both: number;
  /** Pairs whose numbers, or their difference, are 1 to 10; and shown numbers that are not the true ones. */
  readonly found: string[];
}

/** Subtracts the second number of each pair from the first. */
export async function subtract(snapshot: Snapshot, pairs: readonly (readonly [Asked, Asked])[]): Promise<PairTally> {
  const ask = asker(snapshot);
  const tally: PairTally = { pairs: 0, both: 0, found: [] };
  for (const pair of pairs) {
    const [more, less] = [await ask(pair[0]), await ask(pair[1])];
    tally.pairs += 1;
    const [shown, shownLess] = [counts(snapshot, pair[0], more.shared), counts(snapshot, pair[1], less.shared)];
    const [is, isLess] = [counts(snapshot, pair[0], more.whole), counts(snapshot, pair[1], less.whole)];
    if (shown.some((count, kind) => count !== is[kind]) || shownLess.some((count, kind) => count !== isLess[kind])) {
      tally.found.push(`not true: ${JSON.stringify(pair)}`);
    }
    if ([...shown, ...shownLess].some(isSmall)) tally.found.push(`small: ${JSON.stringify(pair)}`);
    if (shown.length === 0 || shownLess.length === 0) continue;
    tally.both += 1;
    if (isWithin(pair[1], pair[0]) && shown.some((count, kind) => isSmall(count - (shownLess[kind] ?? 0)))) {
      tally.found.push(`differ by few: ${JSON.stringify(pair)}`);
    }
  }
  return tally;
}

/** Whether all whom one question is about are among those of another. */
const isWithin = (less: Asked, more: Asked): boolean =>
  less.from >= more.from &&
  less.to <= more.to &&
  more.clauses.every(([id, values]) =>
    less.clauses.some(([other, own]) => other === id && own.every((value) => values.includes(value))),
  );
