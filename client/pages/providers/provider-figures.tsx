import { useQuery } from '@tanstack/react-query';
import type { Providers } from '#contract/providers';
import { providersQuery } from '../../api/providers.ts';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { ChurnFigure, StayedFigure } from './churn.tsx';
import { LoadFigure } from './load.tsx';
import type { Provider } from './provider.tsx';
import { SpineFigure } from './spine.tsx';
import { unitNoun } from './units.ts';

interface FiguresProps {
  readonly provider: Provider;
  readonly told: Providers;
}

export default function Figures({ provider, told }: FiguresProps) {
  const { unit, id, name, practices, panels } = provider;
  const isDimension = useCatalogue().dimensions.some((dimension) => dimension.id === unit);
  return (
    <div className="figures provider">
      {isDimension ? (
        <SpineFigure letter="A" unit={unit} id={id} name={name} />
      ) : (
        <Figure letter="A" title={`${name} against the whole ACO`}>
          <Message title="No data">
            <p>This snapshot carries no numbers by {unitNoun[unit].one}. A run of today makes them.</p>
          </Message>
        </Figure>
      )}
      {told.assessment !== null && (
        <LoadFigure letter="B" told={{ ...told, practices, panels }} date={told.assessment} unit="practitioner" />
      )}
      {unit === 'practice' && <Attribution id={id} name={name} />}
    </div>
  );
}

/** Who came to one practice, who left it, and who stayed. */
function Attribution({ id, name }: { id: string; name: string }) {
  const { mode } = useScope();
  const answer = useQuery({ ...providersQuery({ mode, practice: id }), enabled: mode === 'identified' });
  const title = `Who came to ${name}, and who went`;
  if (mode === 'shareable')
    return (
      <Figure letter="C" title={title}>
        <Message title="Closed in shareable mode">
          <p>Few people come to one practice or leave it in a quarter, and they could be told.</p>
        </Message>
      </Figure>
    );
  if (!answer.data)
    return (
      <Figure letter="C" title={title}>
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  if (answer.data.assessment === null) return null;
  const own = { told: answer.data, date: answer.data.assessment, practice: { id, name } };
  return (
    <>
      <ChurnFigure letter="C" {...own} />
      <StayedFigure letter="D" {...own} />
    </>
  );
}
