import { useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import { type HeatRow, heatmap } from '../../charts/heatmap.ts';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Message, Suppressed, Waiting } from '../../components/states.tsx';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed, useOpen } from '../onward.tsx';
import { useAsked, useMetric } from '../use-metric.ts';

const PRACTICE = 'practice';
const GROUPS = { one: 'practice', many: 'practices' };

interface MapProps {
  readonly letter: string;
  readonly title: string;
}

/** The parts of a metric, practice by practice, each against everybody here: where spending is above what chance makes. */
export function PartsByPractice({ metric, ...figure }: MapProps & { metric: ServedMetric }) {
  const parts = useMetric(metric, ['component']);
  const cells = useMetric(metric, ['component', PRACTICE]);
  const rows = useMemo(() => {
    if (!parts.data || !cells.data) return null;
    return metric.components.flatMap(({ id, title }) =>
      rowOf(
        id,
        { ...metric, title },
        parts.data.cells.find(({ key }) => key.component === id),
        cells.data.cells.filter(({ key }) => key.component === id),
      ),
    );
  }, [metric, parts.data, cells.data]);
  return <PracticeMap {...figure} rows={rows} metrics={[metric]} waiting={[parts, cells]} component />;
}

/** Several metrics, practice by practice, each against everybody here. */
export function MetricsByPractice({ metrics, ...figure }: MapProps & { metrics: readonly ServedMetric[] }) {
  const [first] = metrics;
  return first ? <Several {...figure} metrics={metrics} first={first} /> : null;
}

function Several({ metrics, first, ...figure }: MapProps & { metrics: readonly ServedMetric[]; first: ServedMetric }) {
  const asked = useAsked(first, [PRACTICE]);
  const { answers, failed } = useAnswers(metrics.map(({ id }) => metricQuery({ ...asked, id })));
  const rows = answers?.flatMap(({ metric, total, cells }) => rowOf(metric.id, metric, total, cells)) ?? null;
  return <PracticeMap {...figure} rows={rows} metrics={metrics} waiting={failed} />;
}

const rowOf = (
  id: string,
  metric: ServedMetric,
  total: MetricResult['total'] | undefined,
  cells: MetricResult['cells'],
): HeatRow[] =>
  !total?.value
    ? []
    : [
        {
          id,
          metric,
          total,
          comparator: { label: 'all practices together', value: total.value, immature: total.immature },
          cells: Object.fromEntries(cells.flatMap((cell) => (cell.key[PRACTICE] ? [[cell.key[PRACTICE], cell]] : []))),
        },
      ];

interface PracticeMapProps extends MapProps {
  readonly rows: HeatRow[] | null;
  readonly metrics: readonly ServedMetric[];
  readonly waiting: Parameters<typeof Waiting>[0]['on'];
  /** Rows are parts of the one metric. */
  readonly component?: boolean;
}

function PracticeMap({ letter, title, rows, metrics, waiting, component = false }: PracticeMapProps) {
  const { mode } = useScope();
  const practices = useCatalogue().dimensions.find(({ id }) => id === PRACTICE);
  if (!practices) return null;
  if (!rows)
    return (
      <Figure letter={letter} title={title}>
        <Waiting on={waiting} lines={10} />
      </Figure>
    );
  if (rows.length === 0)
    return (
      <Figure letter={letter} title={title}>
        {mode === 'shareable' ? (
          <Suppressed />
        ) : (
          <Message title="None">
            <p>Nothing of it was used in these months.</p>
          </Message>
        )}
      </Figure>
    );
  return <Drawn letter={letter} rows={rows} metrics={metrics} practices={practices} component={component} />;
}

interface DrawnProps extends Pick<PracticeMapProps, 'letter' | 'metrics' | 'component'> {
  readonly rows: HeatRow[];
  readonly practices: Dimension;
}

function Drawn({ letter, rows, metrics, practices, component }: DrawnProps) {
  const table = useTable(letter);
  const open = useOpen();
  const [first] = metrics;
  const options = useMemo(
    () => ({
      groups: practices.values.map(({ value, label }) => ({ id: value, label })),
      by: GROUPS,
      ...(first && { within: first.unit }),
    }),
    [practices, first],
  );
  const select = (point: string) => {
    const [row = '', practice] = point.split('/');
    const metric = component ? first : metrics.find(({ id }) => id === row);
    if (metric)
      open({ metric, ...(component && { component: row }), ...(practice && { group: { [PRACTICE]: practice } }) });
  };
  return (
    <ChartFigure
      letter={letter}
      chart={heatmap}
      rows={rows}
      options={options}
      fileName={`${component && first ? `${first.id}-parts` : 'preventable-use'}-by-practice`}
      caveats={caveatsOfAll(metrics)}
      table={table}
      onSelect={select}
      onward={first && <HowComputed metric={first} />}
    />
  );
}
