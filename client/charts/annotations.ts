import * as Plot from '@observablehq/plot';
import { colour } from './frame.ts';
import { type Placement, placed } from './labels.ts';

/** A quiet vertical with a word: what changed, and when (YYYY-MM-DD). */
export type Annotation = {
  date: string;
  label: string;
  /** Judgement starts over with its month. */
  startsPhase?: boolean;
};

/** Those within the months of a chart, by date. */
export function annotationsIn(
  points: readonly { month: string }[],
  annotations: readonly Annotation[],
): readonly Annotation[] {
  const [first, last] = [points[0]?.month ?? '', points.at(-1)?.month ?? ''];
  return annotations
    .filter(({ date }) => date.slice(0, 7) >= first && date.slice(0, 7) <= last)
    .toSorted((a, b) => a.date.localeCompare(b.date));
}

/** Dashed, or solid where a phase starts; its word stands at the top, where there was a place. */
export const annotationRule = (
  { startsPhase = false }: Annotation,
  where: Placement | null | undefined,
  { x, top }: { x: number | string; top: number },
): Plot.Markish => [
  Plot.ruleX([x], { stroke: colour('ink-3'), ...(!startsPhase && { strokeDasharray: '2 3' }) }),
  placed(where, { x: () => x, y: top, dy: -8, fill: colour('ink-2') }),
];
