import { useState } from 'react';
import type { Cell } from '#contract/result';
import type { Chart } from '../charts/chart.ts';
import { controlChart } from '../charts/control-chart.ts';
import { funnel } from '../charts/funnel.ts';
import { ChartDrawing } from '../components/figure.tsx';
import { monthNumber, monthOf } from '../format/date.ts';
import { noun } from '../format/noun.ts';
import type { MetricWords } from '../format/number.ts';
import { funnelOf } from '../statistics/funnel.ts';
import { controlSeries } from '../statistics/spc.ts';

/** A lesson for who never saw the chart: made-up numbers drawn as the figure draws its own, and what each mark says. */
export function HowToRead({ of }: { of: keyof typeof lessons }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="how-to-read" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>How to read this chart</summary>
      {open && lessons[of]()}
    </details>
  );
}

const lessons = {
  control: () => <Lesson chart={controlChart} rows={months} options={returns} says={controlSays} />,
  funnel: () => <Lesson chart={funnel} rows={hospitals} options={byHospital} says={funnelSays} />,
};

interface LessonProps<Rows, Options extends object> {
  readonly chart: Chart<Rows, Options>;
  readonly rows: Rows;
  readonly options: Options;
  readonly says: readonly (readonly [mark: string, meaning: string])[];
}

const Lesson = <Rows, Options extends object>({ chart, rows, options, says }: LessonProps<Rows, Options>) => (
  <div className="lesson">
    <div>
      <p className="quiet">An example, made up. It says: “{chart.finding(rows, options)}”.</p>
      <ChartDrawing chart={chart} rows={rows} options={options} />
    </div>
    <dl className="pairs">
      {says.map(([mark, meaning]) => (
        <div key={mark}>
          <dt>{mark}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </div>
);

const metric: MetricWords = {
  title: 'Returns to hospital',
  unit: 'percent',
  scale: 100,
  isPart: false,
  betterIs: 'lower',
};
const stay = noun('stay');

const counted = (key: Cell['key'], numerator: number, denominator: number, immature = false): Cell => ({
  ...{ key, numerator, denominator, rows: denominator, value: (100 * numerator) / denominator, immature },
  ...{ low: null, high: null, expected: null, ratioLow: null, ratioHigh: null, suppressed: false },
});

const RETURNS = [15, 17, 14, 16, 18, 13, 15, 17, 16, 30, 15, 14, 17, 16, 15, 18, 12, 11, 13, 12, 10, 12, 11, 8];
const months = controlSeries(
  RETURNS.map((x, at) => counted({ month: monthOf(monthNumber('2024-01') + at) }, x, 100, at === RETURNS.length - 1)),
  metric,
);
const returns = { metric, noun: stay };

const controlSays = [
  ['Dot', 'One month.'],
  ['Middle line', 'What is usual here: the centre of the first two years.'],
  ['Band', 'How far a month strays by chance alone. With fewer stays it is wider.'],
  ['Dot in the band', 'Nothing to explain, even if it is higher or lower than the month before.'],
  ['Marked dot', 'A signal that something changed: a month outside the band, or many in a row on one side. Ask why.'],
  ['Hollow dot', 'Claims still arrive for this month; it is not judged yet.'],
] as const;

const STAYS = [40, 60, 85, 110, 140, 170, 210, 250, 300, 380];
const RATES = [22, 8, 18, 12, 17, 13, 25, 14, 16, 15];
const hospitals = funnelOf(
  STAYS.map((n, at) => {
    const label = `Hospital ${String.fromCharCode(65 + at)}`;
    return { id: label, label, cell: counted({ facility: label }, Math.round((n * (RATES[at] ?? 0)) / 100), n) };
  }),
  metric,
);
const byHospital = { metric, units: noun('hospital'), noun: stay };

const funnelSays = [
  ['Dot', 'One hospital or practice: the further right, the more stays; the higher, the more of them returned.'],
  ['Level line', 'The rate of all of them together.'],
  [
    'Curves',
    'How far chance alone carries one: 95 of 100 stay within the dashed curves, 998 of 1,000 within the solid.',
  ],
  ['Wide at the left', 'Few stays stray far by chance, so a small one is never judged by its rate alone.'],
  ['Within the curves', 'They cannot be told apart; ranking them would rank luck.'],
  ['Beyond the solid curve', 'More than luck: look at its patients, its records and its care, in that order.'],
] as const;
