import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { bars, changesOf } from '../../charts/bars.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { groupsOf } from '../../format/group.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed, useOpen } from '../onward.tsx';
import { useCompared, useMetric } from '../use-metric.ts';

interface MovedProps {
  readonly metric: ServedMetric;
  /** Shows so many parts, those that moved most; absent: all. */
  readonly most?: number;
}

/** Which parts of a metric made its change. */
export function WhatMoved({ metric, most }: MovedProps) {
  const now = useMetric(metric, ['component']);
  const before = useCompared(metric, ['component']);
  const hidden = now.data?.cells.every(({ value }) => value === null) && now.data.total.rows !== 0;
  if (!now.data || !before.data || hidden)
    return (
      <Figure letter="A" title="What changed, by type of service">
        {hidden ? <Suppressed /> : <Waiting on={[now, before]} lines={8} />}
      </Figure>
    );
  return <Moved metric={metric} most={most ?? metric.components.length} now={now.data} before={before.data} />;
}

function Moved({ metric, most, now, before }: Required<MovedProps> & { now: MetricResult; before: MetricResult }) {
  const table = useTable('A');
  const scope = useScope();
  const { compare } = scope;
  const open = useOpen();
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
      changesOf(groupsOf(now.cells, components), groupsOf(before.cells, components))
        .toSorted((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0))
        .slice(0, most),
      {
        unit: metric.unit,
        what: 'spending',
        changeFrom: compare,
        ...(total && { total: { ...total, label: 'All spending' } }),
      },
    ];
  }, [metric, most, now, before, compare]);
  return (
    <ChartFigure
      letter="A"
      chart={bars}
      rows={rows}
      options={options}
      fileName={`${metric.id}-change`}
      caveats={metric.caveats}
      table={table}
      onSelect={(part) => {
        open({ metric, ...(part !== 'all' && { component: part }) });
      }}
      note={most < metric.components.length && `The ${most} of ${metric.components.length} that moved most.`}
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
