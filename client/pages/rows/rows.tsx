import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { formatFilter, parseFilter } from '#contract/filter';
import { isInDollars, type ServedMetric } from '#contract/metric';
import { metricQuery, type RowsAsked, rowsQuery } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { Caveats } from '../../components/caveats.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { months } from '../../format/date.ts';
import { listed, noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { Nothing } from '../../shell/nothing.tsx';
import { grainNoun } from '../../state/grain.ts';
import { monthsOf, narrow } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { HowComputed } from '../onward.tsx';
import { labelIn } from '../patient-table.tsx';
import { keyOf, SubjectTable } from '../subject-table.tsx';
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

const parts = { numerator: 'the numerator', denominator: 'the denominator', exclusion: 'left out', gap: 'open gaps' };

const PARTS = [
  { id: 'numerator', title: 'Numerator' },
  { id: 'denominator', title: 'Denominator' },
  { id: 'exclusion', title: 'Left out' },
] as const;

const MEASURE_PARTS = [{ id: 'gap', title: 'Open gaps' }, ...PARTS] as const;

function Listed({ metric }: { metric: ServedMetric }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const {
    part = 'numerator',
    component,
    reason,
    also = '',
    from,
    until,
    page = 1,
    why,
  } = useSearch({ from: '/app/rows/$metric' });
  const navigate = useNavigate();
  const tell = (why: string | undefined) =>
    navigate({ to: '.', search: (search) => ({ ...search, why }), resetScroll: false, replace: true });
  const turn = useTurn({ resetScroll: true });
  const own = monthsOf(metric, scope, catalogue);
  const filter = narrow(parseFilter(scope.where), parseFilter(also));
  const asked: RowsAsked = {
    id: metric.id,
    part,
    component,
    reason,
    from: from ?? own.from,
    to: until ?? own.to,
    where: formatFilter(filter ?? parseFilter(scope.where)),
    mode: scope.mode,
    limit: SIZE,
    offset: (page - 1) * SIZE,
  };
  const answer = useQuery({ ...rowsQuery(asked), enabled: filter !== null });
  const told = answer.data?.rows.find((row) => keyOf(row) === why);
  const group = Object.entries(parseFilter(also)).map(
    ([id, values]) =>
      `${catalogue.dimensions.find((dimension) => dimension.id === id)?.title ?? id}: ${listed(values.map((value) => labelIn(catalogue.dimensions, id, value) || 'not known'))}`,
  );
  const { from: first, to: last, mode } = asked;
  const within = { id: metric.id, from: first, to: last, mode };
  const { answers } = useAnswers(
    ['', scope.where, filter ? asked.where : scope.where].map((where) => metricQuery({ ...within, where })),
  );
  // those left out are none of those counted
  const [all, ofScope, ofGroup] = part === 'exclusion' ? [] : (answers?.map(({ total }) => total.rows) ?? []);
  const narrowed = [
    ...(scope.cohort ? [scope.cohort.title] : []),
    ...(Object.keys(scope.chosen).length > 0 ? [plural(Object.keys(scope.chosen).length, noun('filter'))] : []),
  ];
  const leaf = [
    ...(component ? [metric.components.find(({ id }) => id === component)?.title ?? component] : []),
    reason ?? parts[part],
  ];
  const crumbs = [
    { text: `Everyone, ${months(first, last)}`, n: all },
    ...(narrowed.length > 0 ? [{ text: narrowed.join(', '), n: ofScope }] : []),
    ...(group.length > 0 ? [{ text: group.join(', '), n: ofGroup }] : []),
    { text: leaf.join(', '), n: answer.data?.total.rows },
  ];
  return (
    <>
      <Head title={`${metric.title}: the list`} question={metric.title}>
        <nav aria-label="What the list is cut to">
          <ol className="crumbs">
            {crumbs.map(({ text, n }) => (
              <li key={text}>
                {text}
                {n != null && ` (${plural(n, grainNoun(metric))})`}
              </li>
            ))}
          </ol>
        </nav>
        {answer.data && <Total metric={metric} part={part} total={answer.data.total} />}
      </Head>
      <nav className="parts" aria-label="Parts of the number">
        {(metric.kind === 'measure' ? MEASURE_PARTS : PARTS).map(({ id, title }) => (
          <Link
            key={id}
            to="."
            search={({ component: _, reason: __, page: ___, ...search }) => ({
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
        {filter !== null && (
          <ExportMenu
            persons
            path={`metrics/${metric.id}/rows`}
            query={{ part, component, reason, from: asked.from, to: asked.to, where: asked.where }}
          />
        )}
        <HowComputed metric={metric} />
        <Caveats of={metric.caveats} />
      </div>
      {filter === null ? (
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
            {...(metric.kind === 'metric' && { onWhy: tell })}
            caption={`${metric.title}, ${parts[part]}`}
          />
          {told && (
            <Why
              metric={metric}
              row={told}
              asked={{ ...within, by: [], where: asked.where }}
              onClose={() => tell(undefined)}
            />
          )}
          <Pages page={page} size={SIZE} total={answer.data.total.rows} onPage={turn} />
        </div>
      )}
    </>
  );
}

interface TotalProps {
  readonly metric: ServedMetric;
  readonly part: keyof typeof parts;
  readonly total: { rows: number; sum: number; persons: number };
}

/** Repeats the number that was clicked, and how many rows and people make it. */
function Total({ metric, part, total: { rows, sum, persons } }: TotalProps) {
  const listedRows = plural(rows, grainNoun(metric));
  const people = plural(persons, noun('person', 'people'));
  const money = isInDollars(metric) && part !== 'denominator';
  return (
    <Answer>
      {part === 'exclusion' ? (
        <>
          <b>{listedRows}</b> of {people} left out, each with its reason{money && <>: ${count(sum)} in all</>}.
        </>
      ) : sum === rows && !money ? (
        <>
          <b>
            {count(sum)} of {listedRows}
          </b>
          , {people}.
        </>
      ) : (
        <>
          <b>{money ? `$${count(sum)}` : count(sum)}</b> in {listedRows} of {people}.
        </>
      )}
    </Answer>
  );
}
