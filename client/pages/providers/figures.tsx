import { useQuery } from '@tanstack/react-query';
import type { ServedMetric } from '#contract/metric';
import type { Providers } from '#contract/providers';
import { attributionQuery } from '../../api/attribution.ts';
import { useScope } from '../../state/use-scope.ts';
import { Dates } from '../attributed-people.tsx';
import { AgreementFigure, ChurnFigure, StayedFigure } from './churn.tsx';
import { ComparisonFigures } from './comparison.tsx';
import { LoadFigure } from './load.tsx';
import type { Unit } from './units.ts';

interface FiguresProps {
  /** The one that A and B speak of. */
  readonly selected: ServedMetric | undefined;
  readonly unit: Unit;
  readonly told: Providers;
}

export default function Figures({ selected, unit, told }: FiguresProps) {
  const { mode } = useScope();
  const date = told.assessment;
  const attribution = useQuery({ ...attributionQuery(mode, date ?? undefined), enabled: date !== null });
  return (
    <div className="figures">
      {selected && <ComparisonFigures metric={selected} unit={unit} />}
      {date !== null && told.practices.length > 0 && (
        <>
          <LoadFigure
            letter="C"
            told={told}
            date={date}
            unit={unit}
            onward={<Dates chosen={date} all={told.assessments} />}
          />
          <ChurnFigure letter="D" told={told} date={date} />
          <StayedFigure letter="E" told={told} date={date} />
          <AgreementFigure letter="F" agreement={attribution.data?.agreement ?? []} date={date} />
        </>
      )}
    </div>
  );
}
