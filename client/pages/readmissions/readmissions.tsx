import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ServedMetric } from '#contract/metric';
import { explainQuery } from '../../api/metrics.ts';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton } from '../../components/states.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue } from '../../state/use-scope.ts';
import { useHidden, useNobody } from '../standings.ts';
import { useAsked } from '../use-metric.ts';
import { ReadmissionStrip } from './readmission-strip.tsx';
import { ReadmissionsAnswer } from './readmissions-answer.tsx';

const Figures = lazy(() => import('./figures.tsx'));
const Exclusions = lazy(() => import('../exclusions.tsx').then(({ Exclusions }) => ({ default: Exclusions })));

const READMISSION = 'readmission-30-day';

const QUESTION = 'Is unplanned readmission changing, where, and why?';

export function Readmissions() {
  const { definition = READMISSION } = useSearch({ from: '/app/readmissions' });
  const definitions = useCatalogue().metrics.filter(({ id }) => id.startsWith('readmission-'));
  const metric = definitions.find(({ id }) => id === definition) ?? definitions.find(({ id }) => id === READMISSION);
  if (metric) return <Answered metric={metric} definitions={definitions} />;
  return (
    <Head title="Readmissions" question={QUESTION}>
      <Message title="No data">
        <p>This snapshot has no measure of readmission.</p>
      </Message>
    </Head>
  );
}

interface AnsweredProps {
  readonly metric: ServedMetric;
  readonly definitions: readonly ServedMetric[];
}

function Answered({ metric, definitions }: AnsweredProps) {
  const followUps = useCatalogue().metrics.filter(({ kind, id }) => kind === 'metric' && id.startsWith('follow-up-'));
  const nobody = useNobody([metric]);
  const hidden = useHidden([metric]);
  return (
    <>
      <Head title="Readmissions" question={QUESTION}>
        {nobody ? <Nothing of="hospital stays" /> : <ReadmissionsAnswer metric={metric} />}
        <ScopeFilters />
        <DefinitionChoice metric={metric} definitions={definitions} />
      </Head>
      {nobody && <LeftOut metric={metric} />}
      {!nobody && !hidden && (
        <>
          <ReadmissionStrip metric={metric} followUps={followUps} />
          <Suspense fallback={<Skeleton lines={16} />}>
            <Figures metric={metric} />
          </Suspense>
        </>
      )}
    </>
  );
}

/** Stays that the definition leaves out, where it leaves out all there are. */
function LeftOut({ metric }: { metric: ServedMetric }) {
  const { data } = useQuery(explainQuery(useAsked(metric)));
  if (!data?.waterfall[0]?.remains) return null;
  return (
    <div className="figures">
      <Suspense fallback={<Skeleton lines={10} />}>
        <Exclusions letter="A" span={12} metric={metric} />
      </Suspense>
    </div>
  );
}

/** The whole page follows one definition, so that no number of it stands beside one of another. */
function DefinitionChoice({ metric, definitions }: AnsweredProps) {
  const navigate = useNavigate();
  const choose = (id: string) =>
    navigate({
      to: '.',
      search: (search) => ({ ...search, definition: id === READMISSION ? undefined : id }),
      resetScroll: false,
    });
  return (
    <div className="rows-acts">
      <label className="group-by">
        Definition
        <select value={metric.id} onChange={({ target }) => choose(target.value)}>
          {definitions.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
