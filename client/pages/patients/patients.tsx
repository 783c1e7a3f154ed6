import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { PatientsQuery } from '#contract/patient';
import { patientsQuery } from '../../api/patients.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { Caveats } from '../../components/caveats.tsx';
import type { Order } from '../../components/data-table.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { LeftOut, PatientTable } from '../patient-table.tsx';

const SIZE = 50;
const QUESTION = 'Who needs attention first, and why?';

export function Patients() {
  const { mode } = useScope();
  if (mode === 'identified') return <List />;
  return (
    <Head title="People" question={QUESTION}>
      <Message title="Lists of people are closed">
        <p>Shareable mode shows no one by name. Switch the mode to Identified, if your role allows it.</p>
      </Message>
    </Head>
  );
}

function List() {
  const { where, mode } = useScope();
  const { dataThrough, caveats } = useCatalogue();
  const { sort = 'risk', direction = 'desc', page = 1 } = useSearch({ from: '/app/patients' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const answer = useQuery(patientsQuery({ where, q, sort, direction, limit: SIZE, offset: (page - 1) * SIZE, mode }));
  const turn = useTurn({ resetScroll: true });
  const order = ({ key, direction }: Order) => {
    const known = PatientsQuery.shape.sort.safeParse(key);
    if (!known.success) return;
    navigate({
      to: '.',
      search: (search) => ({
        ...search,
        page: undefined,
        sort: known.data === 'risk' ? undefined : known.data,
        direction: direction === 'asc' ? direction : undefined,
      }),
      resetScroll: false,
    });
  };
  return (
    <>
      <Head title="People" question={QUESTION}>
        {answer.data && (
          <Answer>
            <b>{answer.data.total === 0 ? 'Nobody' : plural(answer.data.total, noun('person', 'people'))}</b>
            {q ? ` ${answer.data.total < 2 ? 'matches' : 'match'} what you typed` : ''}, sorted {sortWords[sort]}, as of{' '}
            {day(dataThrough)}. Risk is the predicted chance of an unplanned admission within 12 months; who has too
            little history for it has a score or points instead.
          </Answer>
        )}
        <Caveats of={caveats} />
        <ScopeFilters />
      </Head>
      <Search
        value={typed}
        onChange={(value) => {
          setTyped(value);
          if (page > 1) turn(1);
        }}
      />
      {!answer.data ? (
        <Waiting on={[answer]} lines={16} />
      ) : answer.data.total === 0 ? (
        q ? (
          <Message title="Nobody matches">
            <p>No name or id begins like that, within the cohort and filters.</p>
            <button type="button" className="action" onClick={() => setTyped('')}>
              Clear the search
            </button>
          </Message>
        ) : (
          <Nothing of="people" />
        )
      ) : (
        <div className="people">
          {q === '' && (
            <div className="rows-acts">
              <ExportMenu persons path="patients" query={{ where, sort, direction }} />
            </div>
          )}
          <LeftOut people={answer.data.left_out} />
          <PatientTable patients={answer.data.patients} order={{ key: sort, direction }} onOrder={order} />
          <Pages page={page} size={SIZE} total={answer.data.total} onPage={turn} />
        </div>
      )}
    </>
  );
}

const sortWords: Record<PatientsQuery['sort'], string> = {
  risk: 'by risk',
  age: 'by age',
  paid: 'by what was paid for them',
  admissions: 'by admissions',
  emergency: 'by emergency visits',
  gaps: 'by open gaps',
  last_visit: 'by last visit',
  name: 'by name',
};

/** What is typed here stays on the page: names do not belong in an address. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === 'search') input.current?.focus();
  }, [hash]);
  return (
    <label className="search" id="search">
      <span className="unseen">Find a person by name or id</span>
      <input
        ref={input}
        type="search"
        placeholder="Find a person by name or id"
        maxLength={80}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
