import type { Evaluated } from '#contract/cohort';
import { AttritionFigure, SqlFigure } from './findings.tsx';

export default function Preview({ evaluated }: { evaluated: Evaluated }) {
  return (
    <div className="figures">
      <AttritionFigure letter="A" evaluated={evaluated} />
      <SqlFigure letter="B" evaluated={evaluated} />
    </div>
  );
}
