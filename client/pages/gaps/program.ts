import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Benchmark, Collection, Program, ProgramYear } from '#contract/program';
import type { Cell } from '#contract/result';
import { nextDecile } from '../../statistics/quality-score.ts';

/** A program and what it asks for in one of its years. */
export interface Asked {
  readonly program: Program;
  readonly year: ProgramYear;
}

/** "APP Plus 2026", "APP Plus 2027, proposed" */
export const nameOf = ({ program, year }: Asked): string =>
  `${program.title} ${year.year}${year.status === 'proposed' ? ', proposed' : ''}`;

/** What each program asks for in a year. */
export const askedIn = (programs: readonly Program[], year: string): Asked[] =>
  programs.flatMap((program) =>
    program.years.filter((one) => one.year === year).map((year): Asked => ({ program, year })),
  );

/** The first program that asks for a measure in a year; null where none does. */
export const askedBy = (
  programs: readonly Program[],
  { qualityId }: Pick<ServedMetric, 'qualityId'>,
  year: string,
): Asked | null =>
  askedIn(programs, year).find(({ year: { measures } }) => measures.some((one) => one.qualityId === qualityId)) ?? null;

/** What the first program that asks for a measure in a year scores it against; null where there is nothing. */
export const benchmarkOf = (
  programs: readonly Program[],
  { qualityId }: Pick<ServedMetric, 'qualityId'>,
  year: string,
  collection: Collection,
): Benchmark | null =>
  askedBy(programs, { qualityId }, year)?.year.measures.find((one) => one.qualityId === qualityId)?.benchmarks[
    collection
  ] ?? null;

/** What the people are called who must close for a goal: while the year runs there is time. */
export const needLabel = (year: string, dataThrough: string): string =>
  dataThrough < `${year}-12-31` ? 'To close by 31 December' : 'People short of it';

/** The measures that a program asks for in the year, then the others, then those that no source records. */
export function inProgramFirst(
  measures: readonly ServedMetric[],
  programs: readonly Program[],
  year: string,
): ServedMetric[] {
  const place = (metric: ServedMetric) => (!isRecorded(metric) ? 2 : askedBy(programs, metric, year) === null ? 1 : 0);
  return [...measures].sort((a, b) => place(a) - place(b));
}

type Counts = Pick<Cell, 'numerator' | 'denominator'>;
type Direction = Pick<ServedMetric, 'betterIs'>;

/** People whose gap must close until a rate in percent is reached; 0 where it is. Null where nobody counts, and where suppressed. */
export function peopleTo(rate: number, { betterIs }: Direction, { numerator, denominator }: Counts): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null;
  const needed = (rate * denominator) / 100;
  return Math.max(0, Math.ceil((betterIs === 'lower' ? numerator - needed : needed - numerator) - 1e-9));
}

/** 53.935 -> "53.94", 70 -> "70": at most the two decimals of a published benchmark. */
export const asPublished = (rate: number): string => String(Number(rate.toFixed(2)));

const STEP = 10;

/** The next step of ten points; null where the best is reached. */
function nextTen(percent: number, { betterIs }: Direction): number | null {
  if (betterIs === 'lower') return percent <= STEP ? null : Math.max(STEP, STEP * (Math.ceil(percent / STEP) - 1));
  return percent >= 100 - STEP ? null : Math.min(100 - STEP, STEP * (Math.floor(percent / STEP) + 1));
}

export interface Goal {
  readonly people: number;
  /** Percent. */
  readonly rate: number;
  readonly kind: 'target' | 'decile' | 'ten';
}

/**
 * What a rate is to reach next, and how many gaps must close for it: the ACO's own target until it is reached, then the
 * next decile of the benchmark; where there is neither, the next step of ten points. Null where nothing is left to reach.
 */
export function nextGoal(
  direction: Direction,
  counts: Counts,
  target: number | null,
  benchmark: Benchmark | null,
): Goal | null {
  const { numerator, denominator } = counts;
  if (numerator === null || denominator === null || denominator === 0) return null;
  const percent = (100 * numerator) / denominator;
  const toTarget = target === null ? null : peopleTo(target, direction, counts);
  if (target !== null && toTarget !== null && toTarget > 0) return { people: toTarget, rate: target, kind: 'target' };
  const rate = benchmark ? (nextDecile(percent, benchmark)?.rate ?? null) : nextTen(percent, direction);
  const people = rate === null ? null : peopleTo(rate, direction, counts);
  return rate === null || people === null ? null : { people, rate, kind: benchmark ? 'decile' : 'ten' };
}
