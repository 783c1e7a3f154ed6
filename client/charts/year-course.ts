import * as Plot from '@observablehq/plot';
import { monthNumber, month as named } from '../format/date.ts';
import { type Noun, plural, sentence } from '../format/noun.ts';
import { amount, count, figure, type MetricWords } from '../format/number.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, walkable, write } from './frame.ts';
import { spread, textWidth } from './labels.ts';

/** How many had met a measure by the end of each month of a year that is told, of those eligible as known today. */
export type Year = { year: string; eligible: number; months: readonly { month: string; met: number }[] };
export type Course = { now: Year; before: Year };

type Options = {
  metric: MetricWords;
  noun: Noun;
  /** What is to be reached by the end of the year: a rate in percent, the people it still takes, what it is called in the title and beside its line. */
  goal: { rate: number; people: number; name: string; label: string } | null;
  /** Why only ends are told; absent where months are. */
  onlyEnds?: string | undefined;
};

/** A measure along its year: who had met it by each month's end, the year before, and the way that is left to the goal. */
export const yearCourse: Chart<Course, Options> = { finding, subtitle, draw, note, tableOf };

type Point = { year: Year; month: string; at: number; met: number; value: number };

const pointsOf = (year: Year): Point[] =>
  year.eligible === 0
    ? []
    : year.months.map(({ month, met }) => ({
        ...{ year, month, met, at: (monthNumber(month) % 12) + 1 },
        value: (100 * met) / year.eligible,
      }));

function finding({ now, before }: Course, { metric, goal }: Options): string {
  const last = pointsOf(now).at(-1);
  if (!last) return `${metric.title}: nobody is eligible`;
  if (goal === null) return `${metric.title}: ${amount(last.value, 'percent')} by ${named(last.month)}`;
  const left = 12 - last.at;
  const what = metric.betterIs === 'lower' ? 'fewer' : 'more';
  if (left === 0) return `${metric.title}: ${count(goal.people)} ${what} would have brought ${goal.name}`;
  const [ended] = pointsOf(before).slice(-1);
  const against = ended ? `; ${before.year} ended at ${amount(ended.value, 'percent')}` : '';
  return `${metric.title}: ${count(goal.people)} ${what} by 31 December bring ${goal.name}, ${count(Math.ceil(goal.people / left))} a month${against}`;
}

function subtitle({ now, before }: Course, { noun, onlyEnds }: Options): string {
  const what = onlyEnds === undefined ? 'who had met it by the end of each month' : 'in the numerator';
  return `% of eligible ${noun.many} ${what}, ${now.year}${before.eligible > 0 ? `; grey: ${before.year}` : ''}. Dashed: the way to the goal.`;
}

function note(_: Course, { noun, onlyEnds }: Options): string {
  const how = onlyEnds
    ? `Only ends are drawn: ${onlyEnds}.`
    : 'By the date of each one’s latest evidence, as known today: earlier months lie lower than they stood then, those of the year before most, so only ends can be held against each other.';
  return `${how} Of the ${noun.many} who are eligible so far; who becomes eligible by 31 December adds to them.`;
}

function draw(course: Course, { metric, noun, goal, onlyEnds, ...size }: Options & Size): Element {
  const label = `${metric.title} along the year`;
  const description = finding(course, { metric, noun, goal });
  const [now, before] = [pointsOf(course.now), pointsOf(course.before)];
  const last = now.at(-1);
  if (!last) return blank(size, label, description);
  const compact = size.width < COMPACT;
  const scale = roundScale(
    [...now, ...before].map(({ value }) => value).concat(goal ? [goal.rate] : []),
    onlyEnds ? { about: 3 } : {},
  );
  // where only ends are told, the months before the first of them would be empty
  const first = onlyEnds ? Math.min(last.at, 9) : 1;
  const [low, high] = scale.domain;
  const tick = tickLabels(scale, 'percent');
  const height = onlyEnds ? 180 : compact ? 240 : 280;
  const margins = { marginTop: 16, marginBottom: 28 };
  const end = before.at(-1);
  const ends = [
    ...(goal ? [{ value: goal.rate, text: compact ? 'goal' : goal.label }] : []),
    ...(end
      ? [{ value: end.value, text: compact ? end.year.year : `${amount(end.value, 'percent')}, ${end.year.year}` }]
      : []),
  ];
  const py = (value: number) =>
    margins.marginTop + ((high - value) / (high - low)) * (height - margins.marginTop - margins.marginBottom);
  const heights = spread(ends.map(({ value }) => py(value)));
  const xy = { x: 'at', y: 'value' } as const;
  return frame(
    { ...size, height, label, description },
    {
      ...margins,
      marginLeft: 12 + Math.max(...scale.ticks.map((value) => textWidth(tick(value)))),
      marginRight: 16 + Math.max(0, ...ends.map(({ text }) => textWidth(text))),
      x: { domain: [first - (onlyEnds ? 0.6 : 0.25), 12], axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.ruleY(scale.ticks, { stroke: colour('grid') }),
        Plot.ruleY([low], { stroke: colour(low === 0 ? 'ink' : 'rule') }),
        write(scale.ticks, {
          ...{ y: Number, text: tick, frameAnchor: 'left', textAnchor: 'end', dx: -8, fill: colour('ink-2') },
        }),
        write(
          Array.from({ length: 12 }, (_, at) => at + 1).filter((at) => at >= first && (!compact || at % 3 === 0)),
          {
            ...{ x: Number, frameAnchor: 'bottom', dy: 16, fill: colour('ink-2') },
            text: (at: number) => named(`2000-${String(at).padStart(2, '0')}`).slice(0, 3),
          },
        ),
        goal ? Plot.ruleY([goal.rate], { stroke: colour('ink-2'), strokeWidth: 1.25 }) : null,
        Plot.lineY(before, { ...xy, stroke: colour('mark'), strokeWidth: 1.75 }),
        Plot.dot(before, { ...xy, r: 3, fill: colour('mark') }),
        goal && last.at < 12
          ? Plot.lineY([last, { at: 12, value: goal.rate }], {
              ...{ ...xy, stroke: colour('accent'), strokeWidth: 1.5, strokeDasharray: '4 3' },
            })
          : null,
        Plot.lineY(now, { ...xy, stroke: colour('accent'), strokeWidth: 1.75 }),
        Plot.dot(now, { ...xy, r: 3.5, fill: colour('accent'), stroke: colour('paper') }),
        write([last], {
          ...{ ...xy, dx: -6, dy: -12, textAnchor: 'end', fontWeight: 600, fill: colour('ink'), ...halo },
          text: ({ value }: Point) => amount(value, 'percent'),
        }),
        ends.map(({ value, text }, at) =>
          write([text], {
            ...{ frameAnchor: 'right', textAnchor: 'start', y: value, dx: 8, fill: colour('ink-2') },
            dy: (heights[at] ?? 0) - py(value),
          }),
        ),
        Plot.dot([...before, ...now], {
          ...{ ...xy, r: 12 },
          ...walkable([...before, ...now], {
            id: ({ month }) => month,
            label: ({ month, met, value, year }) =>
              `By ${named(month)}: ${count(met)} of ${plural(year.eligible, noun)}, ${amount(value, 'percent')}`,
          }),
        }),
      ],
    },
  );
}

function tableOf({ now, before }: Course, { noun }: Options): Table {
  return {
    columns: [
      words('month', 'By the end of'),
      numbers('met', 'In the numerator'),
      numbers('eligible', `Eligible ${noun.many}`),
      numbers('value', 'Share', { unit: '%', format: (value) => figure(value, 'percent') }),
    ],
    rows: [...pointsOf(before), ...pointsOf(now)].map(({ month, met, value, year }) => ({
      ...{ month: sentence(named(month)), met, eligible: year.eligible, value },
    })),
  };
}
