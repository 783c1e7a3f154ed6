import * as Plot from '@observablehq/plot';
import type { RiskModel } from '#contract/risk-model';
import { inWords } from '../format/noun.ts';
import { figure, SUPPRESSION } from '../format/number.ts';
import { wilson } from '../statistics/proportion.ts';
import { roundScale, tickLabels } from './axis.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, TEXT, walkable, write } from './frame.ts';

type Group = RiskModel['groups'][number];

type Options = {
  /** What came or did not: "admitted". */
  came: string;
};

/** Tenths of people by what was expected of them, against what came: on the diagonal where the model was right. */
export const calibration: Chart<Group[], Options> = { finding, subtitle, draw, note, tableOf };

type Tenth = { decile: number; people: number; expected: number; came: number; low: number; high: number };

/** In percent, the least risk first. Hidden groups are left out. */
const tenthsOf = (groups: readonly Group[]): Tenth[] =>
  groups.flatMap(({ value, subjects, events, expected }) => {
    if (subjects === null || events === null || expected === null || subjects === 0) return [];
    const { low, high } = wilson(events, subjects);
    return {
      decile: Number(value),
      people: subjects,
      expected: (100 * expected) / subjects,
      ...{ came: (100 * events) / subjects, low: 100 * low, high: 100 * high },
    };
  });

const percent = (value: number): string => `${figure(value, 'percent')}%`;

function finding(groups: Group[], { came }: Options): string {
  const tenths = tenthsOf(groups);
  const last = tenths.at(-1);
  if (!last) return 'What was expected cannot be held against what came';
  const off = tenths.filter(({ expected, low, high }) => expected < low || expected > high).length;
  const agrees =
    off === 0
      ? 'Expected and seen agree in every tenth'
      : `Expected and seen differ in ${inWords(off)} of ${inWords(tenths.length)} tenths`;
  return `${agrees}; in the tenth at most risk ${percent(last.expected)} were expected and ${percent(last.came)} ${came}`;
}

function subtitle(_: Group[], { came }: Options): string {
  return `Share ${came} by share expected, in tenths of people by risk, with 95% intervals; on the line where both are alike.`;
}

function note(groups: Group[]): string | null {
  const hidden = groups.length - tenthsOf(groups).length;
  return hidden > 0 ? `${hidden} of ${groups.length} tenths are hidden: ${SUPPRESSION}.` : null;
}

function draw(groups: Group[], { document, width, ...options }: Options & Size): Element {
  const about = { width, ...(document && { document }) };
  const label = `Share ${options.came} by share expected`;
  const description = finding(groups, options);
  const tenths = tenthsOf(groups);
  if (tenths.length === 0) return blank(about, label, description);
  const height = width < COMPACT ? 300 : 340;
  const scale = roundScale([0, ...tenths.flatMap(({ expected, high }) => [expected, high])], { zero: true });
  const axis = {
    tickSize: 4,
    tickFormat: tickLabels(scale, 'percent'),
    label: null,
    color: colour('ink-2'),
    fontSize: TEXT,
  };
  const [start, end] = scale.domain;
  return frame(
    { ...about, height, label, description },
    {
      ...{ marginTop: 12, marginRight: 20, marginBottom: 44, marginLeft: 44 },
      x: { domain: scale.domain, axis: null },
      y: { domain: scale.domain, axis: null },
      marks: [
        Plot.gridY(scale.ticks, { stroke: colour('grid'), strokeOpacity: 1 }),
        Plot.line(
          [
            [start, start],
            [end, end],
          ],
          { stroke: colour('mark'), strokeDasharray: '4 3' },
        ),
        Plot.ruleX(tenths, { x: 'expected', y1: 'low', y2: 'high', stroke: colour('ink-2'), strokeWidth: 1.5 }),
        Plot.dot(tenths, {
          x: 'expected',
          y: 'came',
          r: 4,
          fill: colour('accent'),
          stroke: colour('paper'),
          strokeWidth: 1.5,
        }),
        Plot.axisX(scale.ticks, axis),
        Plot.axisY(scale.ticks, { ...axis, tickSize: 0 }),
        write(['expected'], { frameAnchor: 'bottom-right', textAnchor: 'end', dy: 38, fill: colour('ink-3') }),
        write([options.came], {
          frameAnchor: 'top-left',
          textAnchor: 'start',
          dx: 4,
          dy: 4,
          fill: colour('ink-3'),
          ...halo,
        }),
        Plot.dot(tenths, {
          ...{ x: 'expected', y: 'came', r: 12 },
          ...walkable(tenths, {
            id: ({ decile }) => String(decile),
            label: ({ decile, expected, came }) =>
              `Tenth ${decile} by risk: ${percent(expected)} expected, ${percent(came)} ${options.came}`,
          }),
        }),
      ],
    },
  );
}

function tableOf(groups: Group[], { came }: Options): Table {
  const share = { unit: '%', format: (value: number) => figure(value, 'percent') };
  return {
    columns: [
      words('tenth', 'Tenth by risk'),
      numbers('people', 'People'),
      numbers('expected', 'Expected', share),
      numbers('came', came.charAt(0).toUpperCase() + came.slice(1), share),
      numbers('low', '95% from', share),
      numbers('high', 'to', share),
    ],
    rows: tenthsOf(groups).map(({ decile, ...tenth }) => ({ tenth: String(decile), ...tenth })),
  };
}
