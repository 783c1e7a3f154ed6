import * as Plot from '@observablehq/plot';
import type { Timeline, TimelineEvent } from '#contract/patient';
import { day, months } from '../format/date.ts';
import { inSentence, plural, sentence } from '../format/noun.ts';
import { roundScale } from './axis.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, LINE, walkable, write } from './frame.ts';
import { around, clipped, place, placed, spread } from './labels.ts';
import { isResult, type TimeWindow, timeFrame } from './time-window.ts';

export type Lab = {
  label: string;
  /** Observation codes that count as this test (LOINC). */
  codes: readonly string[];
  unit: string;
  target?: { low: number; high: number; label: string };
  threshold?: { value: number; worse: 'above' | 'at or above' | 'below'; label: string };
};

type Options = { window: TimeWindow; lab: Lab };

/** One test's results over time, with its target band and threshold. */
export const labLine: Chart<Timeline, Options> = { finding, subtitle, draw, note, tableOf };

type Result = TimelineEvent & { value: number };

const results = ({ events }: Timeline, { window, lab }: Options): Result[] =>
  events
    .filter((event): event is Result => isResult(event) && event.value !== null && lab.codes.includes(event.code ?? ''))
    .filter(({ start_date }) => start_date >= window.from && start_date <= window.to)
    .toSorted((a, b) => (a.start_date < b.start_date ? -1 : 1));

const withUnit = (value: number, { unit }: Lab): string => (unit === '%' ? `${value}%` : `${value} ${unit}`);

function isBeyond({ value }: Result, { threshold }: Lab): boolean {
  if (!threshold) return false;
  if (threshold.worse === 'below') return value < threshold.value;
  return value > threshold.value || (threshold.worse === 'at or above' && value === threshold.value);
}

function finding(timeline: Timeline, options: Options): string {
  const { lab, window } = options;
  const all = results(timeline, options);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return `No ${inSentence(lab.label)} result in ${months(window.from, window.until)}`;
  const beyond = isBeyond(last, lab) ? `: ${inSentence(lab.threshold?.label ?? '')}` : '';
  const now = `${withUnit(last.value, lab)} on ${day(last.start_date)}${beyond}`;
  if (first === last) return sentence(`${lab.label} was ${now}`);
  if (first.value === last.value) return sentence(`${lab.label} is again ${now}`);
  const moved = last.value > first.value ? 'risen' : 'fallen';
  return sentence(`${lab.label} has ${moved} from ${withUnit(first.value, lab)} to ${now}`);
}

function subtitle(_: Timeline, { lab, window }: Options): string {
  const band = lab.target ? ` Band: ${lab.target.label}.` : '';
  return `${lab.label} results, ${lab.unit}, ${months(window.from, window.until)}.${band}`;
}

function note({ events }: Timeline, { lab, window }: Options): string | null {
  const tests = events.filter((event) => isResult(event) && lab.codes.includes(event.code ?? ''));
  const other = tests.filter(({ value }) => value === null);
  const before = tests.filter(({ value, start_date }) => value !== null && start_date < window.from);
  return (
    [
      other.length > 0 &&
        `${sentence(plural(other.length, { one: 'result', many: 'results' }))} without a number not drawn.`,
      before.length > 0 &&
        `${sentence(plural(before.length, { one: 'earlier result', many: 'earlier results' }))} not drawn.`,
    ]
      .filter(Boolean)
      .join(' ') || null
  );
}

function draw(timeline: Timeline, { window, lab, ...size }: Options & Size): Element {
  const label = `${lab.label} over time`;
  const description = finding(timeline, { window, lab });
  const all = results(timeline, { window, lab });
  if (all.length === 0) return blank(size, label, description);

  const time = timeFrame(timeline, window, size);
  const { target, threshold } = lab;
  const seen = [
    ...all.map(({ value }) => value),
    ...(target ? [target.low, target.high] : []),
    ...(threshold ? [threshold.value] : []),
  ];
  const room = 0.1 * (Math.max(...seen) - Math.min(...seen));
  const scale = roundScale([...seen, Math.min(...seen) - room]);
  const [low, high] = scale.domain;
  const names = [
    ...(target ? [{ value: (target.low + target.high) / 2, text: target.label, fill: 'better' as const }] : []),
    ...(threshold ? [{ value: threshold.value, text: threshold.label, fill: 'worse' as const }] : []),
  ];
  // compact, the names stand above the drawing, where no result can cross them
  const marginTop = time.compact ? 20 + LINE * names.length : 20;
  const marginBottom = 26;
  const height = 150 + marginTop;
  const py = (value: number) => marginTop + ((high - value) / (high - low)) * (height - marginTop - marginBottom);
  const x = ({ start_date }: Result) => time.x(start_date);
  const anchors = all.map((result) => ({
    x: time.px(result.start_date),
    y: py(result.value),
    r: 3,
    texts: [[String(result.value)]],
    side: 'above' as const,
  }));
  // the newest result is named first, and then as many as fit
  const places = place(
    anchors.toReversed(),
    anchors.map(({ x, y }) => around(x, y, 3)),
    { left: time.left, right: size.width, top: 0, bottom: height - marginBottom },
  ).toReversed();
  const heights = spread(names.map(({ value }) => py(value)));

  return frame(
    { ...size, height, label, description },
    {
      ...time.margins,
      marginTop,
      marginBottom,
      x: time.scale,
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.rect(target ? [target] : [], {
          x1: 0,
          x2: time.days,
          y1: 'low',
          y2: 'high',
          fill: colour('better-soft'),
          fillOpacity: 0.7,
        }),
        time.ground(),
        Plot.ruleY(threshold ? [threshold.value] : [], { stroke: colour('worse'), strokeDasharray: '4 3' }),
        Plot.ruleY([low], { stroke: colour('rule') }),
        names.map(({ value, text, fill }, at) =>
          write([time.compact ? text : clipped(text, time.left - 12)], {
            frameAnchor: time.compact ? 'top-left' : 'left',
            textAnchor: 'start',
            ...(!time.compact && { y: value }),
            dx: -time.left,
            dy: time.compact ? LINE * at - marginTop : (heights[at] ?? 0) - py(value),
            fill: colour(fill),
          }),
        ),
        Plot.lineY(all, { x, y: 'value', stroke: colour('accent'), strokeWidth: 1.75 }),
        Plot.dot(all, { x, y: 'value', r: 3.5, fill: colour('accent'), stroke: colour('paper') }),
        all.map((result, at) =>
          placed(places[at], {
            x: x(result),
            y: result.value,
            fontWeight: at === all.length - 1 ? 600 : 400,
            fill: colour(isBeyond(result, lab) ? 'worse' : 'ink'),
          }),
        ),
        time.dataThrough(),
        Plot.dot(all, {
          x,
          y: 'value',
          r: 12,
          ...walkable(all, {
            id: ({ id }) => id,
            label: (result) =>
              `${day(result.start_date)}: ${withUnit(result.value, lab)}${isBeyond(result, lab) ? `, ${threshold?.label}` : ''}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(timeline: Timeline, options: Options): Table {
  return {
    columns: [
      words('date', 'Date'),
      numbers('value', options.lab.label, { unit: options.lab.unit, format: String }),
      words('title', 'Test'),
      words('source', 'Source'),
    ],
    rows: results(timeline, options).map(({ start_date, value, title, source }) => ({
      date: start_date,
      value,
      title,
      source,
    })),
  };
}
