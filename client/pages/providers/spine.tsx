import { useMemo } from 'react';
import { spine } from '../../charts/spine.ts';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { useCatalogue, useTable } from '../../state/use-scope.ts';
import { useOpen } from '../onward.tsx';
import { type Unit, unitNoun, useLeftAside } from './units.ts';
import { useSpine } from './use-spine.ts';

interface SpineProps {
  readonly letter: string;
  readonly unit: Unit;
  readonly id: string;
  readonly name: string;
}

/** One practice or practitioner, number by number, against the whole ACO; each opens its list. */
export function SpineFigure({ letter, unit, id, name }: SpineProps) {
  const { rows, failed, isHidden } = useSpine(unit, id);
  const catalogue = useCatalogue();
  const table = useTable(letter);
  const open = useOpen();
  const leftAside = useLeftAside();
  const options = useMemo(() => ({ name, among: unitNoun[unit] }), [name, unit]);
  if (!rows)
    return (
      <Figure letter={letter} title={`${name} against the whole ACO`}>
        <Waiting on={failed} lines={24} />
      </Figure>
    );
  if (rows.length === 0)
    return (
      <Figure letter={letter} title={`${name}: ${isHidden ? 'too few to be shown' : 'nobody to compare'}`}>
        {isHidden ? <Suppressed /> : <Nothing of="people" />}
      </Figure>
    );
  const metrics = catalogue.metrics.filter((metric) => rows.some((row) => row.id === metric.id));
  return (
    <ChartFigure
      letter={letter}
      chart={spine}
      rows={rows}
      options={options}
      fileName={`${unit}-${id}`}
      caveats={caveatsOfAll(metrics)}
      table={table}
      note={leftAside}
      onSelect={(point) => {
        const metric = metrics.find((one) => one.id === point);
        const part = metric?.kind === 'measure' ? { part: 'gap' as const } : {};
        if (metric) open({ metric, group: { [unit]: id }, ...part });
      }}
    />
  );
}
