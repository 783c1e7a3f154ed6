import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Before, type Gaps, GapsQuery, OpenStatus } from '#contract/gap';
import { isRecorded, type ServedMetric } from '#contract/metric';
import { gapGroupsQuery, gapsQuery } from '../../api/gaps.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { Caveats } from '../../components/caveats.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { GapPeople } from './gap-people.tsx';
import { inProgramFirst } from './program.ts';
import { MeasureGoals, PracticeGoals, useDaysLeft } from './worklist-goals.tsx';
import { GapGroupTable } from './worklist-groups.tsx';

const SIZE = 25;
const QUESTION = 'Whose gaps are open, and which are due first?';

const VIEWS = [
  { id: 'people', title: 'People' },
  { id: 'practitioners', title: 'Practitioners' },
  { id: 'practices', title: 'Practices' },
  { id: 'goals', title: 'Goals' },
] as const;

const SORTS: Readonly<Record<GapsQuery['sort'], string>> = {
  due: 'what is most pressing',
  gaps: 'number of gaps',
  risk: 'risk',
  name: 'name',
};

/** Everybody with an open gap, for those who call, visit and order. */
export function WorklistPage() {
  const { mode } = useScope();
  const { metrics, programs, period } = useCatalogue();
  const measures = inProgramFirst(
    metrics.filter((metric) => metric.kind === 'measure' && isRecorded(metric)),
    programs,
    period,
  );
  return mode === 'identified' ? <Identified measures={measures} /> : <Shareable measures={measures} />;
}

function Shareable({ measures }: { measures: readonly ServedMetric[] }) {
  return (
    <>
      <Head title="Gap worklist" question={QUESTION}>
        <Answer>Shareable pages show no one by name, so this one shows the goals only.</Answer>
        <ScopeFilters />
      </Head>
      <Goals measures={measures} />
    </>
  );
}

function Goals({ measures }: { measures: readonly ServedMetric[] }) {
  const { measure } = useSearch({ from: '/app/gaps/worklist' });
  const navigate = useNavigate();
  const metric = measures.find(({ id }) => id === measure);
  return (
    <div className="figures">
      {metric ? (
        <PracticeGoals
          letter="A"
          metric={metric}
          onClear={() =>
            navigate({ to: '.', search: (search) => ({ ...search, measure: undefined }), resetScroll: false })
          }
        />
      ) : (
        <MeasureGoals letter="A" measures={measures} />
      )}
    </div>
  );
}

function Identified({ measures }: { measures: readonly ServedMetric[] }) {
  const { where, mode } = useScope();
  const { caveats } = useCatalogue();
  const {
    view = 'people',
    measure,
    status,
    before,
    provider,
    sort = 'due',
    page = 1,
  } = useSearch({ from: '/app/gaps/worklist' });
  const cut = { where, mode, measure, status, before, provider: provider === 'none' ? '' : provider };
  const asked: GapsQuery = { ...cut, sort, limit: SIZE, offset: (page - 1) * SIZE };
  const answer = useQuery(gapsQuery(asked));
  const turn = useTurn({ resetScroll: true });
  return (
    <>
      <Head title="Gap worklist" question={QUESTION}>
        {answer.data && <Summary {...answer.data} />}
        <Caveats of={caveats} />
        <ScopeFilters />
      </Head>
      <nav className="parts" aria-label="Ways to list the gaps">
        {VIEWS.map(({ id, title }) => (
          <Link
            key={id}
            to="."
            search={({ page: _, ...search }) => ({ ...search, view: id === 'people' ? undefined : id })}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={id === view ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      {view === 'goals' ? (
        <Goals measures={measures} />
      ) : (
        <>
          <div className="rows-acts cuts">
            <Cuts measures={measures} ordered={view === 'people'} />
            <span className="filters-end">
              <ExportMenu
                persons
                path="gaps"
                query={{ where, measure, status, before, provider: cut.provider, sort }}
              />
            </span>
          </div>
          {!answer.data ? (
            <Waiting on={[answer]} lines={20} />
          ) : answer.data.total.gaps === 0 ? (
            measure || status || before || provider ? (
              <Message title="No such gap">
                <p>Nobody here has an open gap of this kind. That is not a zero for other measures or practitioners.</p>
              </Message>
            ) : (
              <Nothing of="open gaps" />
            )
          ) : view === 'practitioners' || view === 'practices' ? (
            <div className="people">
              <GapGroupTable asked={{ ...cut, by: view === 'practices' ? 'practice' : 'provider' }} />
            </div>
          ) : (
            <div className="people">
              <GapPeople people={answer.data.people} />
              <Pages page={page} size={SIZE} total={answer.data.total.people} onPage={turn} />
            </div>
          )}
        </>
      )}
    </>
  );
}

function Summary({ total, left_out }: Gaps) {
  const { dataThrough } = useCatalogue();
  const { days } = useDaysLeft();
  return (
    <Answer>
      <b>
        {plural(total.people, noun('person', 'people'))} {total.people === 1 ? 'has' : 'have'}{' '}
        {plural(total.gaps, noun('open gap'))}
      </b>
      , {total.overdue > 0 && `${count(total.overdue)} of them overdue, `}
      as of {day(dataThrough)}; {days > 0 ? `${plural(days, noun('day'))} of the year are left` : 'the year has ended'}.
      {left_out.people > 0 &&
        ` ${plural(left_out.people, noun('person', 'people'))} who died, or whose claims are not shared, ${left_out.people === 1 ? 'is' : 'are'} left out.`}
    </Answer>
  );
}

/** Measure, status, the year before, practitioner and order; all of it in the address. */
function Cuts({ measures, ordered }: { measures: readonly ServedMetric[]; ordered: boolean }) {
  const { where, mode } = useScope();
  const navigate = useNavigate();
  const search = useSearch({ from: '/app/gaps/worklist' });
  const { measure, status, before, provider, sort = 'due' } = search;
  const { data: providers = [] } = useQuery(gapGroupsQuery({ where, mode, measure, status, before, by: 'provider' }));
  const change = (change: Partial<typeof search>) =>
    navigate({ to: '.', search: (search) => ({ ...search, page: undefined, ...change }), resetScroll: false });
  return (
    <>
      <Choice label="Measure" value={measure ?? ''} onChange={(measure) => change({ measure: measure || undefined })}>
        <option value="">any</option>
        {measures.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Choice>
      <Choice
        label="Status"
        value={status ?? ''}
        onChange={(value) => change({ status: OpenStatus.safeParse(value).data })}
      >
        <option value="">any</option>
        {OpenStatus.options.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </Choice>
      <Choice
        label="A year before"
        value={before ?? ''}
        onChange={(value) => change({ before: Before.safeParse(value).data })}
      >
        <option value="">any</option>
        {Before.options.map((before) => (
          <option key={before}>{before}</option>
        ))}
      </Choice>
      <Choice
        label="Practitioner"
        value={provider ?? ''}
        onChange={(provider) => change({ provider: provider || undefined })}
      >
        <option value="">any</option>
        {providers
          .toSorted((a, b) => (a.label ?? a.value ?? '~').localeCompare(b.label ?? b.value ?? '~'))
          .map(({ value, label }) => (
            <option key={value ?? 'none'} value={value ?? 'none'}>
              {label ?? value ?? 'not known'}
            </option>
          ))}
      </Choice>
      {ordered && (
        <Choice
          label="Order"
          value={sort}
          onChange={(value) => {
            const sort = GapsQuery.shape.sort.unwrap().exclude(['due']).safeParse(value);
            change({ sort: sort.data });
          }}
        >
          {Object.entries(SORTS).map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Choice>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

const Choice = ({ label, value, onChange, children }: ChoiceProps) => (
  <label className="group-by">
    {label}
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      {children}
    </select>
  </label>
);
