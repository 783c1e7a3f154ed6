import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Providers } from '#contract/providers';
import { providersQuery } from '../../api/providers.ts';
import { Answer, Head, Proof } from '../../components/answer.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Message, Skeleton, Waiting } from '../../components/states.tsx';
import { inSentence, inWords, listed, noun, plural, sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import type { Verdict } from '../../statistics/compare.ts';
import { ACO, comparisonOf, standsApart, tellingIn } from '../../statistics/spine.ts';
import { type Unit, whereOf } from './units.ts';
import { useSpine } from './use-spine.ts';

const Figures = lazy(() => import('./provider-figures.tsx'));

/** One practice, or one practitioner: who it is and where. */
export interface Provider {
  readonly unit: Unit;
  readonly id: string;
  readonly name: string;
  readonly panels: Providers['panels'];
  readonly practices: Providers['practices'];
}

/** A practice by its id, else a practitioner by number. */
function providerOf({ practices, panels }: Providers, id: string): Provider | null {
  const practice = practices.find(({ practice_id }) => practice_id === id);
  if (practice)
    return {
      ...{ unit: 'practice', id, name: practice.practice ?? id, practices: [practice] },
      panels: panels.filter(({ practice_id }) => practice_id === id),
    };
  const own = panels.filter(({ npi }) => npi === id);
  if (own.length === 0) return null;
  return {
    ...{ unit: 'practitioner', id, name: own[0]?.practitioner ?? id, panels: own },
    practices: practices.filter(({ practice_id }) => own.some((panel) => panel.practice_id === practice_id)),
  };
}

/** Every number of one practice or practitioner against the ACO's, and the people behind it. */
export function ProviderPage() {
  const { id } = useParams({ from: '/app/providers/$id' });
  const { mode } = useScope();
  const answer = useQuery(providersQuery({ mode }));
  if (!answer.data)
    return (
      <Head title="Provider" question="Provider">
        <Waiting on={[answer]} lines={12} />
      </Head>
    );
  const provider = providerOf(answer.data, id);
  if (!provider)
    return (
      <Head title="Provider" question="How does a provider stand, and who is on the panel?">
        <Message title="No such provider">
          <p>
            Nobody is attributed to {id} here. <Link to="/providers">See all providers</Link>.
          </p>
        </Message>
      </Head>
    );
  return (
    <>
      <Crumbs>
        <li>
          <Link to="/providers">Providers</Link>
        </li>
        {provider.unit === 'practitioner' &&
          provider.practices.map(({ practice_id, practice }) => (
            <li key={practice_id}>
              {practice_id === null ? (
                'No practice known'
              ) : (
                <Link to="/providers/$id" params={{ id: practice_id }}>
                  {practice}
                </Link>
              )}
            </li>
          ))}
        <li>{provider.unit === 'practice' ? 'Practice' : 'Practitioner'}</li>
      </Crumbs>
      <Head title={provider.name} question={`How does ${provider.name} stand, and who is on the panel?`}>
        <Panel {...provider} />
        <Ways {...provider} />
        <ScopeFilters />
      </Head>
      <Suspense fallback={<Skeleton lines={16} />}>
        <Figures key={id} provider={provider} told={answer.data} />
      </Suspense>
    </>
  );
}

const people = noun('person', 'people');

function Panel({ unit, id, name, practices, panels }: Provider) {
  const about = useScope().mode === 'shareable' ? 'about ' : '';
  const rows = unit === 'practice' ? practices : panels;
  const persons = rows.some((row) => row.persons === null)
    ? null
    : rows.reduce((all, row) => all + (row.persons ?? 0), 0);
  const tiers = panels.flatMap((panel) => panel.tiers ?? []).filter(({ tier }) => /high$/.test(tier));
  const atRisk = tiers.reduce((all, row) => all + row.persons, 0);
  return (
    <Answer>
      {name} is responsible for{' '}
      <b>{persons === null ? 'a hidden number of people' : `${about}${plural(persons, people)}`}</b>
      {tiers.length > 0 && `, ${count(atRisk)} of them at high or very high risk`}
      <Proof letter="B" />. <Apart unit={unit} id={id} />
    </Answer>
  );
}

/** Two by name, each measure once, and how many more. */
function named(titles: readonly string[]): string {
  const [first = '', second, ...more] = [...new Set(titles.map((title) => inSentence(title.split(':')[0] ?? title)))];
  return listed([first, ...(second ? [second] : []), ...(more.length > 0 ? [`${inWords(more.length)} more`] : [])]);
}

/** On how many numbers it can be told from the others, and on which it is worse or better. */
function Apart({ unit, id }: Pick<Provider, 'unit' | 'id'>) {
  const { rows } = useSpine(unit, id);
  if (!rows || rows.length === 0) return null;
  const apart = rows.filter(standsApart);
  const told = rows.filter((row) => tellingIn(row) === 'enough to tell apart').length;
  const on = (verdict: Verdict) =>
    named(apart.filter((row) => comparisonOf(row).verdict === verdict).map(({ metric }) => metric.title));
  const [worse, better] = [on('worse'), on('better')];
  return (
    <>
      {told === 0 ? 'None' : sentence(inWords(told))} of {plural(rows.length, noun('number'))} {told < 2 ? 'is' : 'are'}{' '}
      large enough to tell this {unit} from the others
      <Proof letter="A" />
      {worse && (
        <>
          ; <b>worse than {ACO}</b> on {worse}
        </>
      )}
      {better && `; better on ${better}`}.
    </>
  );
}

/** To the pages that say more, about this provider only. */
function Ways({ unit, id }: Provider) {
  const scope = useScope();
  const { dimensions } = useCatalogue();
  const where = whereOf(scope, unit, id);
  const isDimension = dimensions.some((dimension) => dimension.id === unit);
  const isIdentified = scope.mode === 'identified';
  return (
    <div className="rows-acts">
      {isIdentified &&
        (unit === 'practice' ? (
          <Link to="/gaps/worklist" search={{ where }}>
            Open gaps
          </Link>
        ) : (
          <Link to="/gaps/worklist" search={{ provider: id, where: undefined }}>
            Open gaps
          </Link>
        ))}
      {isDimension && (
        <>
          <Link to="/risk" search={{ where }}>
            Whom to call
          </Link>
          <Link to="/readmissions" search={{ where }}>
            Readmissions
          </Link>
          <Link to="/utilization" search={{ where }}>
            Use and cost
          </Link>
          {isIdentified && (
            <Link to="/patients" search={{ where }}>
              People
            </Link>
          )}
        </>
      )}
    </div>
  );
}
