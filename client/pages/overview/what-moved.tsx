import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { bars, changesOf } from '../../charts/bars.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { useCompared, useMetric } from '../use-metric.ts';

/** Which parts of a metric made its change. */
export function WhatMoved({ metric }: { metric: ServedMetric }) {
  const now = useMetric(metric, ['component']);
  const before = useCompared(metric, ['component']);
  if (!now.data || !before.data)
    return (
      <Figure letter="A" title="What changed, by type of service">
        <Waiting on={[now, before]} lines={8} />
      </Figure>
    );
  return <Moved metric={metric} now={now.data} before={before.data} />;
}

function Moved({ metric, now, before }: { metric: ServedMetric; now: MetricResult; before: MetricResult }) {
  const table = useTable('A');
  const { compare } = useScope();
  const [rows, options] = useMemo(() => {
    const components = {
      id: 'component',
      values: metric.components.map(({ id, title }) => ({ value: id, label: title })),
    };
    const total = changesOf(
      groupsOf([{ ...now.total, key: { component: 'all' } }], components),
      groupsOf([{ ...before.total, key: { component: 'all' } }], components),
    )[0];
    return [
      changesOf(groupsOf(now.cells, components), groupsOf(before.cells, components)),
      {
        unit: metric.unit,
        what: 'spending',
        changeFrom: compare,
        ...(total && { total: { ...total, label: 'All spending' } }),
      },
    ];
  }, [metric, now, before, compare]);
  return (
    <ChartFigure
      letter="A"
      chart={bars}
      rows={rows}
      options={options}
      fileName={`${metric.id}-change`}
      caveats={metric.caveats}
      table={table}
      onward={
        <>
          <Link className="see" to="/utilization">
            See use and cost
            <Arrow />
          </Link>
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
