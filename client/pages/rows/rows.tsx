import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { isInDollars, type ServedMetric } from '#contract/metric';
import type { Cell } from '#contract/result';
import { rowsQuery } from '../../api/metrics.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { Caveats } from '../../components/caveats.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { inSentence, noun, plural } from '../../format/noun.ts';
import { amount, count } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { keyOf, SubjectTable } from '../subject-table.tsx';
import { Many, Steps } from '../trail.tsx';
import { partNames, useList } from './use-list.ts';
import { Why } from './why.tsx';

const SIZE = 100;

/** The list behind one number; its sum is that number. */
export function Rows() {
  const { metric: id } = useParams({ from: '/app/rows/$metric' });
  const { mode } = useScope();
  const metric = useCatalogue().metrics.find((candidate) => candidate.id === id);
  if (metric && mode === 'identified') return <Listed metric={metric} />;
  return (
    <Head title="People behind a number" question="Who is behind this number?">
      {metric ? (
        <Message title="Lists of people are closed">
          <p>Shareable mode shows no one by name. Switch the mode to Identified, if your role allows it.</p>
        </Message>
      ) : (
        <Message title="No such measure">
          <p>
            This snapshot has no measure called {id}. <Link to="/measures">See all measures</Link>.
          </p>
        </Message>
      )}
    </Head>
  );
}

const PARTS = [
  { id: 'numerator', title: 'Numerator' },
  { id: 'denominator', title: 'Denominator' },
  { id: 'exclusion', title: 'Left out' },
] as const;

const MEASURE_PARTS = [{ id: 'gap', title: 'Open gaps' }, ...PARTS] as const;

function Listed({ metric }: { metric: ServedMetric }) {
  const { page = 1, why, ...list } = useSearch({ from: '/app/rows/$metric' });
  const navigate = useNavigate();
  const tell = (why: string | undefined) =>
    navigate({ to: '.', search: (search) => ({ ...search, why }), resetScroll: false, replace: true });
  const turn = useTurn({ resetScroll: true });
  const { asked, isOne, steps, leaf, whole } = useList(metric, list);
  const { part, component, reason, met, from, to, where } = asked;
  const answer = useQuery({ ...rowsQuery({ ...asked, limit: SIZE, offset: (page - 1) * SIZE }), enabled: isOne });
  const told = answer.data?.rows.find((row) => keyOf(row) === why);
  return (
    <>
      <Crumbs>
        <li>
          <Link to="/measures/$id" params={{ id: metric.id }}>
            {metric.title}
          </Link>
        </li>
        <Steps metric={metric} steps={steps} />
        <li>
          {leaf}
          <Many n={answer.data?.total.rows} of={grainNoun(metric)} />
        </li>
      </Crumbs>
      <Head
        title={`${metric.title}: the list`}
        question={`Which ${grainNoun(metric).many} are ${part === 'exclusion' ? 'left out of' : 'behind'} ${inSentence(metric.title)}?`}
      >
        {answer.data && (
          <Total metric={metric} part={part} total={answer.data.total} whole={component || met ? undefined : whole} />
        )}
      </Head>
      <nav className="parts" aria-label="Parts of the number">
        {(metric.kind === 'measure' ? MEASURE_PARTS : PARTS).map(({ id, title }) => (
          <Link
            key={id}
            to="."
            search={({ component: _, reason: __, met: ___, page: ____, ...search }) => ({
              ...search,
              part: id === 'numerator' ? undefined : id,
            })}
            activeOptions={{ exact: true }}
            aria-current={id === part ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      <div className="rows-acts">
        {isOne && (
          <ExportMenu
            persons
            path={`metrics/${metric.id}/rows`}
            query={{ part, component, reason, met, from, to, where }}
          />
        )}
        <HowComputed metric={metric} />
        <Caveats of={metric.caveats} />
      </div>
      {!isOne ? (
        <Message title="Two groups that no one list can hold">
          <p>The page's filter and this cell name different groups of the same kind.</p>
        </Message>
      ) : !answer.data ? (
        <Waiting on={[answer]} lines={20} />
      ) : answer.data.total.rows === 0 ? (
        <Nothing of={grainNoun(metric).many} />
      ) : (
        <div className="people">
          <SubjectTable
            part={part}
            metric={metric}
            rows={answer.data.rows}
            onWhy={tell}
            caption={`${metric.title}, ${partNames[part]}`}
          />
          {told && <Why metric={metric} row={told} onClose={() => tell(undefined)} />}
          <Pages page={page} size={SIZE} total={answer.data.total.rows} onPage={turn} />
        </div>
      )}
    </>
  );
}

interface TotalProps {
  readonly metric: ServedMetric;
  readonly part: keyof typeof partNames;
  readonly total: { rows: number; sum: number; persons: number };
  /** Of all that count, where the rows are a part of them. */
  readonly whole: Cell | undefined;
}

/** Repeats the number that was clicked, and how many rows and people make it. */
function Total({ metric, part, total: { rows, sum, persons }, whole }: TotalProps) {
  const listedRows = plural(rows, grainNoun(metric));
  const people = plural(persons, noun('person', 'people'));
  const money = isInDollars(metric) && part !== 'denominator';
  const ofPeople = metric.grain === 'person' && rows === persons ? '' : ` of ${people}`;
  return (
    <Answer>
      {part === 'exclusion' ? (
        <>
          <b>{listedRows}</b>
          {ofPeople} left out, each with its reason{money && <>: ${count(sum)} in all</>}.
        </>
      ) : part === 'numerator' && metric.unit === 'percent' && whole?.rows && whole.value !== null ? (
        <>
          <b>
            {count(sum)} of {plural(whole.rows, grainNoun(metric))}
          </b>{' '}
          ({amount(whole.value, metric.unit)}){ofPeople && `, ${people}`}.
        </>
      ) : sum === rows && !money ? (
        <>
          <b>{listedRows}</b>
          {ofPeople}.
        </>
      ) : (
        <>
          <b>{money ? `$${count(sum)}` : count(sum)}</b> in {listedRows} of {people}.
        </>
      )}
    </Answer>
  );
}
