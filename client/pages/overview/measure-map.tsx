import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Dimension } from '#contract/dimension';
import { isRecorded } from '#contract/metric';
import { type HeatRow, heatmap } from '../../charts/heatmap.ts';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { useOpen } from '../onward.tsx';
import { PRACTICE, useMeasureMap } from './use-measure-map.ts';

/** Measure by practice, coloured only where a practice clears the comparator. */
export function MeasureMap() {
  const { rows, queries } = useMeasureMap();
  const practices = useCatalogue().dimensions.find(({ id }) => id === PRACTICE);
  if (!practices) return null;
  if (!rows)
    return (
      <Figure letter="B" title="Each practice, measure by measure">
        <Waiting on={queries} lines={10} />
      </Figure>
    );
  return <Drawn rows={rows} practices={practices} />;
}

function Drawn({ rows, practices }: { rows: HeatRow[]; practices: Dimension }) {
  const table = useTable('B');
  const open = useOpen();
  const scope = useScope();
  const all = useCatalogue().metrics;
  const metrics = all.filter(({ id }) => rows.some((row) => row.id === id));
  const unseen = all.filter((metric) => metric.kind === 'measure' && !isRecorded(metric)).length;
  const caveats = caveatsOfAll(metrics);
  const options = useMemo(
    () => ({ groups: practices.values.map(({ value, label }) => ({ id: value, label })), by: noun('practice') }),
    [practices],
  );
  return (
    <ChartFigure
      letter="B"
      chart={heatmap}
      rows={rows}
      options={options}
      fileName="practices"
      caveats={caveats}
      table={table}
      onSelect={(square) => {
        const [id, practice] = square.split('/');
        const metric = metrics.find((one) => one.id === id);
        const part = metric?.kind === 'measure' ? 'gap' : 'numerator';
        const group = practice === undefined ? {} : { [PRACTICE]: practice };
        if (metric) open({ metric, part, group });
      }}
      note={`Practices are held against the whole of ${scope.compare}, not each against itself.${unseen > 0 ? ` Without ${plural(unseen, noun('measure'))} that no source records.` : ''}`}
      onward={
        <Link className="see" to="/gaps">
          See the open gaps
          <Arrow />
        </Link>
      }
    />
  );
}
