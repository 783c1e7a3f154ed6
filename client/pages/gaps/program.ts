import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Program } from '#contract/program';
import type { Cell } from '#contract/result';

/** Of the programs, the name and year in which a measure is asked for; null where none asks for it. */
export function askedBy(
  programs: readonly Program[],
  { qualityId }: Pick<ServedMetric, 'qualityId'>,
  year: string,
): string | null {
  for (const { title, years } of programs) {
    const asked = years.find((one) => one.year === year);
    if (qualityId !== null && asked?.measures.some((measure) => measure.qualityId === qualityId)) {
      return `${title} ${year}${asked.status === 'proposed' ? ', proposed' : ''}`;
    }
  }
  return null;
}

/** The measures that a program asks for in the year, then the others, then those that no source records. */
export function inProgramFirst(
  measures: readonly ServedMetric[],
  programs: readonly Program[],
  year: string,
): ServedMetric[] {
  const place = (metric: ServedMetric) => (!isRecorded(metric) ? 2 : askedBy(programs, metric, year) === null ? 1 : 0);
  return [...measures].sort((a, b) => place(a) - place(b));
}

const STEP = 10;

/**
 * People whose gap must close until the rate reaches the next step of ten points (the flat benchmark of the program), and
 * that rate in percent. Null where the best step is reached, where nobody counts, and where suppressed.
 */
export function toNextStep(
  { betterIs }: Pick<ServedMetric, 'betterIs'>,
  { numerator, denominator }: Pick<Cell, 'numerator' | 'denominator'>,
): { readonly people: number; readonly rate: number } | null {
  if (numerator === null || denominator === null || denominator === 0) return null;
  const percent = (100 * numerator) / denominator;
  if (betterIs === 'lower') {
    const rate = Math.max(STEP, STEP * (Math.ceil(percent / STEP) - 1));
    return percent <= STEP ? null : { rate, people: Math.ceil(numerator - (rate * denominator) / 100 - 1e-9) };
  }
  const rate = Math.min(100 - STEP, STEP * (Math.floor(percent / STEP) + 1));
  return percent >= 100 - STEP ? null : { rate, people: Math.ceil((rate * denominator) / 100 - numerator - 1e-9) };
}
