import { type ReactNode, useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { forest } from '../../charts/forest.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { GroupBy } from '../../components/group-by.tsx';
import { Waiting } from '../../components/states.tsx';
import { groupsOf, isOfNames } from '../../format/group.ts';
import { noun } from '../../format/noun.ts';
import { useCatalogue, useTable } from '../../state/use-scope.ts';
import { ExportMetric, HowComputed, useOpen } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

/** What can be held against its own patients, the usual one first. */
const UNITS = new Map([
  ['facility', noun('hospital')],
  ['practice', noun('practice')],
  ['discharge_setting', noun('setting')],
  ['specialty_cohort', noun('kind of stay', 'kinds of stay')],
]);

interface ExpectedProps {
  readonly metric: ServedMetric;
  readonly letter: string;
  /** The dimension asked for; absent: hospitals. */
  readonly by?: string | undefined;
  readonly onBy?: (by: string) => void;
}

/** Observed over expected, so that who treats sicker people is not blamed for it. */
export function Expected({ metric, letter, by, onBy }: ExpectedProps) {
  const offered = useCatalogue().dimensions.filter(({ id }) => UNITS.has(id) && metric.dimensions.includes(id));
  const dimension = offered.find(({ id }) => id === (by ?? 'facility')) ?? offered[0];
  if (!dimension) return null;
  const choice = onBy && <GroupBy dimensions={offered} value={dimension.id} onChange={onBy} />;
  return <Asked metric={metric} letter={letter} dimension={dimension} choice={choice} />;
}

interface AskedProps extends Pick<ExpectedProps, 'metric' | 'letter'> {
  readonly dimension: Dimension;
  readonly choice: ReactNode;
}

function Asked(props: AskedProps) {
  const answer = useMetric(props.metric, [props.dimension.id]);
  if (!answer.data)
    return (
      <Figure letter={props.letter} span={6} title="Observed against expected" onward={props.choice}>
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  return <Drawn {...props} result={answer.data} />;
}

function Drawn({ metric, letter, dimension, choice, result }: AskedProps & { result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const [rows, options] = useMemo(
    () => [
      groupsOf(result.cells, dimension),
      {
        title: metric.title,
        groups: UNITS.get(dimension.id) ?? noun('group'),
        ofNames: isOfNames(dimension),
        counted: noun('return'),
      },
    ],
    [result, dimension, metric],
  );
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={forest}
      rows={rows}
      options={options}
      fileName={`${metric.id}-by-${dimension.id}-expected`}
      file={<ExportMetric metric={metric} by={[dimension.id]} />}
      caveats={metric.caveats}
      table={table}
      note="What was expected comes of an internal model of these stays: this is not the CMS value."
      onSelect={(group) => {
        open({ metric, group: { [dimension.id]: group } });
      }}
      onward={
        <>
          {choice}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
