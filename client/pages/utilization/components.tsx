import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { bars, barsOf } from '../../charts/bars.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { inSentence, noun, sentence, spelled } from '../../format/noun.ts';
import { useTable } from '../../state/use-scope.ts';
import { HowComputed, useOpen } from '../onward.tsx';
import { useMetric } from '../use-metric.ts';

/** What a metric is made of, largest part first. */
export function Components({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const answer = useMetric(metric, ['component']);
  const hidden = answer.data?.cells.every(({ value }) => value === null) && answer.data.total.rows !== 0;
  if (!answer.data || hidden)
    return (
      <Figure letter={letter} span={6} title={`What ${inSentence(metric.title)} is made of`}>
        {hidden ? <Suppressed /> : <Waiting on={[answer]} lines={8} />}
      </Figure>
    );
  return <Drawn letter={letter} metric={metric} result={answer.data} />;
}

function Drawn({ letter, metric, result }: { letter: string; metric: ServedMetric; result: MetricResult }) {
  const table = useTable(letter);
  const open = useOpen();
  const [rows, options, empty] = useMemo(() => {
    const values = metric.components.map(({ id, title }) => ({ value: id, label: title }));
    const all = barsOf(groupsOf(result.cells, { id: 'component', values }));
    const used = all.filter(({ value }) => value !== 0);
    return [
      used,
      {
        unit: metric.unit,
        what: inSentence(metric.title),
        total: { id: 'total', label: 'All', value: result.total.value },
      },
      all.length - used.length,
    ];
  }, [metric, result]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={bars}
      rows={rows}
      options={options}
      fileName={`${metric.id}-parts`}
      caveats={metric.caveats}
      table={table}
      note={empty > 0 && `${sentence(spelled(empty, noun('part')))} ${empty === 1 ? 'is' : 'are'} 0 and not drawn.`}
      onSelect={(component) => {
        open(component === 'total' ? { metric } : { metric, component });
      }}
      onward={<HowComputed metric={metric} />}
    />
  );
}
