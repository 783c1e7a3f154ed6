import * as Plot from '@observablehq/plot';
import type { Explain } from '#contract/result';
import { type Noun, plural, sentence } from '../format/noun.ts';
import { count, type MetricWords, SUPPRESSION } from '../format/number.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame } from './frame.ts';
import { rowList } from './row-list.ts';

/** One line of the account. `removed` and `remains` are null where suppressed. */
export type Step = {
  /** The exclusion's own words for a rule; a stable word for the others. */
  id: string;
  label: string;
  /** Everything; a rule that removes; the denominator; what of it counts. */
  kind: 'start' | 'leaves' | 'keeps' | 'counts';
  removed: number | null;
  remains: number | null;
};

type Options = { noun: Noun };

/** Who leaves by which rule, and who remains. `noun` counts the rows: stays, people. */
export const waterfall: Chart<Step[], Options> = { finding, subtitle, draw, note, tableOf };

/**
 * The steps of an explained metric. The numerator follows only where it counts some of the rows, which it does for a
 * percentage and not for events or dollars per member month.
 */
export function stepsOf(
  {
    metric,
    counts,
    waterfall,
  }: Pick<Explain, 'counts' | 'waterfall'> & { metric: Pick<MetricWords, 'title' | 'unit'> },
  { many }: Noun,
): Step[] {
  const [all, ...rules] = waterfall;
  if (!all) return [];
  const steps: Step[] = [
    { id: 'all', label: sentence(all.reason), kind: 'start', removed: null, remains: all.remains },
    ...rules.map(
      ({ reason, rows, remains }): Step => ({ id: reason, label: reason, kind: 'leaves', removed: rows, remains }),
    ),
    {
      id: 'denominator',
      label: `${sentence(many)} counted (denominator)`,
      kind: 'keeps',
      removed: null,
      remains: counts.rows,
    },
  ];
  if (metric.unit !== 'percent') return steps;
  const label = `${metric.title} (numerator)`;
  return [...steps, { id: 'numerator', label, kind: 'counts', removed: null, remains: counts.numerator }];
}

const HIDDEN = 'not shown';
const shown = (value: number | null): string => (value === null ? HIDDEN : count(value));

function finding(steps: Step[], { noun }: Options): string {
  const at = (kind: Step['kind']) => steps.find((step) => step.kind === kind);
  const [start, kept, counted] = [at('start'), at('keeps'), at('counts')];
  if (!start || start.remains === 0) return `No ${noun.many} to count`;
  if (steps.every(({ remains }) => remains === null)) return `Which ${noun.many} count is not shown`;
  const numerator = counted
    ? `, and ${counted.remains === null ? 'the numerator is not shown' : `${count(counted.remains)} are in the numerator`}`
    : '';
  const leaving = steps.filter(({ removed }) => (removed ?? 0) > 0);
  const most = leaving.toSorted((a, b) => (b.removed ?? 0) - (a.removed ?? 0))[0];
  const none = steps.some(({ kind, removed }) => kind === 'leaves' && removed === null) ? '' : '; none leaves';
  const why = most ? `; the most leave for “${most.label}”, ${shown(most.removed)}` : none;
  const all = start.remains === null ? `all ${noun.many}` : plural(start.remains, noun);
  return `Of ${all}, ${kept?.remains == null ? 'those that count are not shown' : `${count(kept.remains)} ${kept.remains === 1 ? 'counts' : 'count'}`}${numerator}${why}`;
}

function subtitle(): string {
  return 'Each rule in order, what it removes and what remains.';
}

function note(steps: Step[]): string | null {
  const hidden = steps.filter(({ kind, removed }) => kind === 'leaves' && removed === null).length;
  return hidden > 0 ? `–: ${SUPPRESSION}.` : null;
}

function draw(steps: Step[], { noun, ...size }: Options & Size): Element {
  const label = `Waterfall of ${noun.many} by exclusion rule`;
  const description = finding(steps, { noun });
  const total = Math.max(0, ...steps.map(({ remains }) => remains ?? 0));
  if (total === 0) return blank(size, label, description);

  const rules = steps.filter(({ kind }) => kind === 'leaves');
  const list = rowList(steps, {
    width: size.width,
    id: ({ id }) => id,
    label: ({ kind, label }) => (kind === 'leaves' ? `less  ${label}` : label),
    strong: ({ kind }) => kind !== 'leaves',
    right: 108,
    top: 24,
  });
  const fill = { start: 'mark', leaves: 'mark-soft', keeps: 'accent', counts: 'accent' } as const;
  const inColumn = (value: number | null) => (value === null ? '–' : count(value));

  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: [0, total], axis: null },
      marks: [
        list.lines(rules, 'rule'),
        list.lines(
          steps.filter(({ kind }) => kind === 'keeps' || kind === 'counts'),
          'ink',
        ),
        Plot.barX(steps, { y: 'id', x1: 0, x2: 'remains', fill: ({ kind }: Step) => colour(fill[kind]), ...list.bar }),
        Plot.barX(rules, {
          y: 'id',
          x1: 'remains',
          x2: ({ remains, removed }: Step) => (remains === null || removed === null ? null : remains + removed),
          fill: colour('worse'),
          ...list.bar,
        }),
        list.labels(),
        list.column(56, {
          head: 'leaves',
          text: ({ kind, removed }) => (kind === 'leaves' ? `${removed ? '−' : ''}${inColumn(removed)}` : ''),
          fill: colour('worse'),
        }),
        list.column(0, { head: 'remains', text: ({ remains }) => inColumn(remains) }),
        list.points(({ kind, label, removed, remains }) =>
          kind === 'leaves'
            ? `${label}: ${shown(removed)} leave, ${shown(remains)} remain`
            : `${label}: ${shown(remains)}`,
        ),
      ],
    },
  );
}

function tableOf(steps: Step[]): Table {
  return {
    columns: [words('label', 'Rule'), numbers('removed', 'Leaves'), numbers('remains', 'Remains')],
    rows: steps.map(({ kind, label, removed, remains }) => ({
      label,
      removed: kind === 'leaves' ? (removed ?? HIDDEN) : null,
      remains: remains ?? HIDDEN,
    })),
  };
}
