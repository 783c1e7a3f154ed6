import { useMemo, useState } from 'react';
import type { Timeline } from '#contract/patient';
import { type Lab, labLine } from '../../charts/lab-line.ts';
import type { TimeWindow } from '../../charts/time-window.ts';
import { ChartFigure } from '../../components/figure.tsx';
import { useTable } from '../../state/use-scope.ts';

interface LabFigureProps {
  readonly letter: string;
  readonly timeline: Timeline;
  readonly window: TimeWindow;
  /** At least one. */
  readonly labs: readonly Lab[];
}

/** One test over time, on the time axis of the figures above it. */
export function LabFigure({ letter, timeline, window, labs }: LabFigureProps) {
  const [label, setLabel] = useState(labs[0]?.label);
  const lab = labs.find((lab) => lab.label === label);
  const table = useTable(letter);
  const options = useMemo(() => lab && { window, lab }, [window, lab]);
  if (!lab || !options) return null;
  return (
    <ChartFigure
      letter={letter}
      chart={labLine}
      rows={timeline}
      options={options}
      fileName={`${timeline.person_id}-${lab.label.toLowerCase().replaceAll(' ', '-')}`}
      table={table}
      onward={
        labs.length > 1 && (
          <label className="group-by">
            Test
            <select value={lab.label} onChange={(event) => setLabel(event.target.value)}>
              {labs.map(({ label }) => (
                <option key={label}>{label}</option>
              ))}
            </select>
          </label>
        )
      }
    />
  );
}
