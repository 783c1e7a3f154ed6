import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type Attrition, COHORT, ruleOfWhere, textOf } from '#contract/cohort';
import type { Cohort } from '#contract/dimension';
import { parseFilter } from '#contract/filter';
import { attritionQuery, cohortsQuery } from '../../api/cohorts.ts';
import { Head } from '../../components/answer.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Skeleton, Waiting } from '../../components/states.tsx';
import { DeleteCohort } from '../../shell/delete-cohort.tsx';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useScope } from '../../state/use-scope.ts';
import { Ways } from './actions.tsx';
import { Size } from './size.tsx';

const Figures = lazy(() => import('./figures.tsx'));

/** One cohort: what it means, who is left after each rule, and how it differs from others. */
export function CohortPage() {
  const { id } = useParams({ from: '/app/cohorts/$id' });
  const { mode } = useScope();
  const answer = useQuery(attritionQuery(id, mode));
  if (!answer.data)
    return (
      <Head title="Cohort" question="Cohort">
        <Waiting on={[answer]} lines={12} />
      </Head>
    );
  return <Opened attrition={answer.data} />;
}

function Opened({ attrition }: { attrition: Attrition }) {
  const { cohort, words } = attrition;
  const { against } = useSearch({ from: '/app/cohorts/$id' });
  const { mode } = useScope();
  const navigate = useNavigate();
  const all = useQuery(cohortsQuery(mode)).data?.cohorts ?? [];
  const others = all.filter(({ id, where }) => id !== cohort.id && where !== '');
  const isEveryone = cohort.where === '';
  return (
    <>
      <Crumbs>
        <li>
          <Link to="/cohorts">Cohorts</Link>
        </li>
        <li>{cohort.preset ? 'Preset' : `Saved, version ${cohort.version ?? 1}`}</li>
      </Crumbs>
      <Head title={cohort.title} question={cohort.title}>
        <Size evaluated={attrition} />
        <div className="rows-acts">
          <Ways cohort={isEveryone ? undefined : cohort.id} where={undefined} />
          <Link to="/cohorts/explore" search={{ cohort: isEveryone ? undefined : cohort.id, where: undefined }}>
            Explore these people
          </Link>
          <Link to="/cohorts/build" search={{ tree: textOf(ruleOfWhere(cohort.where)), ...changeable(cohort) }}>
            {cohort.preset ? 'Build on it' : 'Change'}
          </Link>
          {mode === 'identified' && !isEveryone && (
            <ExportMenu persons path={`cohorts/${encodeURIComponent(cohort.id)}/members`} query={{}} />
          )}
          {!cohort.preset && (
            <DeleteCohort
              cohort={cohort}
              label="Delete"
              onDeleted={() => navigate({ to: '/cohorts', search: { cohort: undefined } })}
            />
          )}
        </div>
        <dl className="definition meaning-of">
          <dt>Who</dt>
          <dd>{isEveryone ? 'Everybody.' : `People ${words}.`}</dd>
          {!isEveryone && (
            <>
              <dt>When</dt>
              <dd>{whenOf(cohort)}</dd>
            </>
          )}
          {cohort.description && (
            <>
              <dt>{cohort.preset ? 'Source' : 'What it is for'}</dt>
              <dd>{cohort.description}</dd>
            </>
          )}
        </dl>
      </Head>
      <Suspense fallback={<Skeleton lines={16} />}>
        <Figures
          attrition={attrition}
          others={others}
          against={others.find(({ id }) => id === against)}
          onAgainst={(id) =>
            navigate({ to: '.', search: (search) => ({ ...search, against: id }), replace: true, resetScroll: false })
          }
        />
      </Suspense>
    </>
  );
}

/** Rules and filters of dimensions are read at different times. */
function whenOf({ where }: Cohort): string {
  const { [COHORT]: rules, ...filters } = parseFilter(where);
  const said = [
    ...(rules ? ['Its rules are read as of the last day of the data, whatever the months of a number.'] : []),
    ...(Object.keys(filters).length > 0
      ? ['Its filters hold in the month of each number; here, as of the last day.']
      : []),
  ];
  return said.join(' ');
}

const changeable = ({ id, preset }: Cohort) => (preset ? {} : { of: id });
