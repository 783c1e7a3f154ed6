import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Cohort } from '#contract/dimension';
import { cohortsQuery } from '../../api/cohorts.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';

/** Every cohort, saved or brought along, with how many people it holds. */
export function Cohorts() {
  const { mode } = useScope();
  const { dataThrough } = useCatalogue();
  const answer = useQuery(cohortsQuery(mode));
  const cohorts = answer.data?.cohorts ?? [];
  const saved = cohorts.filter(({ preset }) => !preset);
  const everyone = cohorts.find(({ where }) => where === '')?.persons ?? null;
  return (
    <>
      <Head title="Cohorts" question="Which groups of people do we follow?">
        {answer.data && (
          <Answer>
            <b>{sentence(spelled(cohorts.length, noun('cohort')))}</b>,{' '}
            {saved.length === 0 ? 'none' : spelled(saved.length, noun('of them', 'of them'))} saved here. A cohort is
            rules, not a list: who fits is found anew as of {day(dataThrough)}
            {everyone !== null && <>, among {plural(everyone, noun('person', 'people'))}</>}.
          </Answer>
        )}
        <p className="rows-acts">
          <Link to="/cohorts/build" className="action main">
            Build a cohort
          </Link>
          <Link to="/cohorts/explore">Explore people</Link>
        </p>
      </Head>
      {!answer.data ? (
        <Waiting on={[answer]} lines={16} />
      ) : (
        <div className="cohorts">
          <DataTable
            caption="Cohorts"
            columns={columnsOf(everyone)}
            rows={[...saved, ...cohorts.filter(({ preset }) => preset)]}
            id={({ id }) => id}
            section={({ preset }) => (preset ? 'Presets' : 'Saved')}
          />
        </div>
      )}
    </>
  );
}

const columnsOf = (everyone: number | null): Column<Cohort>[] => [
  {
    key: 'title',
    label: 'Cohort',
    show: ({ id, title }) => (
      <Link to="/cohorts/$id" params={{ id }}>
        {title}
      </Link>
    ),
    by: ({ title }) => title,
  },
  { key: 'description', label: 'Description', card: 'full', show: ({ description }) => description },
  {
    key: 'persons',
    label: 'People',
    align: 'right',
    show: ({ persons }) => (persons === null ? <span className="quiet">{SUPPRESSED}</span> : count(persons)),
    by: ({ persons }) => persons,
  },
  {
    key: 'share',
    label: 'Share',
    unit: '% of all',
    align: 'right',
    show: ({ persons }) => (persons === null || !everyone ? '–' : ((100 * persons) / everyone).toFixed(1)),
    by: ({ persons }) => persons,
  },
];
