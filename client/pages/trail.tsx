import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ServedMetric } from '#contract/metric';
import { rowsQuery } from '../api/metrics.ts';
import { patientsQuery } from '../api/patients.ts';
import { Crumbs } from '../components/crumbs.tsx';
import { type Noun, noun, plural } from '../format/noun.ts';
import { grainNoun } from '../state/grain.ts';
import { useCatalogue, useScope } from '../state/use-scope.ts';
import { type List, listOf } from './rows/behind.ts';
import { type Step, useList } from './rows/use-list.ts';

interface TrailProps {
  /** The list that somebody came from; else the list of people. */
  readonly behind: string | undefined;
  /** The last steps, as list items. */
  readonly children: ReactNode;
}

/** The way here from everybody, each step a link with how many it holds. */
export function Trail({ behind, children }: TrailProps) {
  const { metrics } = useCatalogue();
  const list = behind === undefined ? null : listOf(behind);
  const metric = metrics.find(({ id }) => id === list?.metric);
  return (
    <Crumbs>
      {list && metric ? <ListSteps metric={metric} list={list} /> : <PeopleSteps />}
      {children}
    </Crumbs>
  );
}

function ListSteps({ metric, list }: { metric: ServedMetric; list: List }) {
  const { asked, isOne, steps, leaf } = useList(metric, list.search);
  const { data } = useQuery({ ...rowsQuery({ ...asked, limit: 1, offset: 0 }), enabled: isOne });
  return (
    <>
      <Steps metric={metric} steps={steps} />
      <li>
        <Link to="/rows/$metric" params={{ metric: metric.id }} search={list.search}>
          {metric.title}, {leaf}
        </Link>
        <Many n={data?.total.rows} of={grainNoun(metric)} />
      </li>
    </>
  );
}

/** The steps that lead to a list of a metric. */
export const Steps = ({ metric, steps }: { metric: ServedMetric; steps: readonly Step[] }) =>
  steps.map(({ text, n, search }) => (
    <li key={text}>
      <Link to="/rows/$metric" params={{ metric: metric.id }} search={search}>
        {text}
      </Link>
      <Many n={n} of={grainNoun(metric)} />
    </li>
  ));

const PERSON = noun('person', 'people');

function PeopleSteps() {
  const { cohort, chosen, where, mode } = useScope();
  const filters = Object.keys(chosen).length;
  const narrowed = [...(cohort ? [cohort.title] : []), ...(filters > 0 ? [plural(filters, noun('filter'))] : [])];
  const asked = { q: '', sort: 'risk', direction: 'desc', limit: 1, offset: 0, mode } as const;
  const all = useQuery(patientsQuery({ ...asked, where: '' }));
  const some = useQuery(patientsQuery({ ...asked, where }));
  return (
    <>
      <li>
        <Link to="/patients" search={{ cohort: undefined, where: undefined }}>
          Everyone
        </Link>
        <Many n={all.data?.total} of={PERSON} />
      </li>
      {narrowed.length > 0 && (
        <li>
          <Link to="/patients">{narrowed.join(', ')}</Link>
          <Many n={some.data?.total} of={PERSON} />
        </li>
      )}
    </>
  );
}

export const Many = ({ n, of }: { n: number | null | undefined; of: Noun }) => n != null && ` (${plural(n, of)})`;
