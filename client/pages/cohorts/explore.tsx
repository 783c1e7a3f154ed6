import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Rule, textOf } from '#contract/cohort';
import {
  type Brushes,
  binsOf,
  type CrossfilterChart,
  cohortOf,
  formatBrushes,
  parseBrushes,
  ruleOfBrushes,
} from '#contract/crossfilter';
import type { Cohort } from '#contract/dimension';
import { crossfilterQuery, type Explored, sharedCrossfilterQuery } from '../../api/crossfilter.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Figure } from '../../components/figure.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { CopyLink } from '../../shell/bar.tsx';
import { useScope } from '../../state/use-scope.ts';
import { Crossfilter } from '../../statistics/crossfilter.ts';
import { Save } from './actions.tsx';
import { BrushChart } from './brush-chart.tsx';
import { percent, type Shown } from './brush-words.ts';
import { ComparisonFigure } from './findings.tsx';

const PAUSE_MS = 300;
const SAID_MS = 600;
const TITLE = 'Explore people';
const person = noun('person', 'people');
const NONE: readonly number[] = [];

/** Small multiples over everybody: what is chosen in one narrows all the others. */
export function Explore() {
  const { mode } = useScope();
  return mode === 'identified' ? <Identified /> : <Shared />;
}

const Question = ({ children }: { children: ReactNode }) => (
  <>
    <Crumbs>
      <li>
        <Link to="/cohorts">Cohorts</Link>
      </li>
      <li>Explore</li>
    </Crumbs>
    <Head title={TITLE} question="Who are these people, and who among them?">
      {children}
    </Head>
  </>
);

function Identified() {
  const { where } = useScope();
  const people = useQuery(crossfilterQuery(where));
  if (!people.data)
    return (
      <Question>
        <Waiting on={[people]} lines={24} />
      </Question>
    );
  return <Exploring key={where} people={people.data} where={where} />;
}

/** The columns stay in the browser, so a choice asks the server nothing. */
function Exploring({ people, where }: { people: Explored; where: string }) {
  const { charts, caveats } = people;
  const crossfilter = useMemo(() => new Crossfilter(people), [people]);
  const everybody = useMemo(() => crossfilter.count({}), [crossfilter]);
  const [brushes, setBrushes] = useBrushes(charts);
  const left = useMemo(() => crossfilter.count(brushes), [crossfilter, brushes]);
  const change = useCallback(
    (chart: string, places: readonly number[]) => setBrushes((held) => brushed(held, chart, places)),
    [setBrushes],
  );
  const all = useMemo(
    () => new Map(charts.map(({ id }) => [id, groupOf(everybody.charts.get(id))] as const)),
    [charts, everybody],
  );
  const { data: rule } = Rule.safeParse(ruleOfBrushes(where, brushes, charts));
  const isNarrowed = Object.keys(brushes).length > 0;
  const who = plural(left.persons, person);
  const paid = `${dollars(left.cents / 100)}${isNarrowed ? ` of ${dollars(everybody.cents / 100)}` : ''} paid in 12 months`;
  const ofWhom = isNarrowed
    ? ` of ${count(everybody.persons)}: ${percent(share(left.persons, everybody.persons))}, ${paid}`
    : `, ${paid}`;
  return (
    <>
      <Question>
        <Answer>
          <b>{who}</b>
          {ofWhom}, as of {day(people.dataThrough)}.
        </Answer>
        <Said text={`${who}${ofWhom}`} />
        <div className="rows-acts">
          {rule ? <Ways rule={rule} persons={left.persons} /> : 'So many single bars make no cohort; choose fewer.'}
          {isNarrowed && (
            <button type="button" onClick={() => setBrushes({})}>
              Clear all
            </button>
          )}
          <CopyLink />
        </div>
        <p className="quiet">
          Pale behind: {where === '' ? 'everybody' : 'everybody in the cohort and the filters above'}. In front: those
          whom the choices in all other charts leave. Heights are shares of each.{' '}
          {caveats.map((caveat) => `${caveat} `)}
        </p>
      </Question>
      <div className="figures explore">
        {inOrder(charts).map((chart, at) => (
          <Brushed
            key={chart.id}
            letter={letterOf(at)}
            chart={chart}
            everybody={all.get(chart.id)}
            left={left.charts.get(chart.id)}
            chosen={brushes[chart.id] ?? NONE}
            onChosen={change}
          />
        ))}
        {rule && left.persons > 0 && (isNarrowed || where !== '') && (
          <Compare letter={letterOf(charts.length)} cohort={cohortOf(rule)} />
        )}
      </div>
    </>
  );
}

type Counted = { readonly persons: number; readonly bins: Uint32Array } | undefined;

const groupOf = (counted: Counted) => ({ persons: counted?.persons ?? 0, bins: [...(counted?.bins ?? [])] });

interface BrushedProps {
  readonly letter: string;
  readonly chart: CrossfilterChart;
  readonly everybody: Shown['everybody'] | undefined;
  readonly left: Counted;
  readonly chosen: readonly number[];
  readonly onChosen: (chart: string, places: readonly number[]) => void;
}

function Brushed({ letter, chart, everybody, left, chosen, onChosen }: BrushedProps) {
  const shown = useMemo(() => everybody && { chart, everybody, left: groupOf(left) }, [chart, everybody, left]);
  return shown && <BrushChart letter={letter} shown={shown} chosen={chosen} onChosen={onChosen} />;
}

/** Everybody in broad bars, each chart by itself. */
function Shared() {
  const { where } = useScope();
  const answer = useQuery(sharedCrossfilterQuery());
  if (!answer.data)
    return (
      <Question>
        <Waiting on={[answer]} lines={24} />
      </Question>
    );
  const { persons, charts, dataThrough } = answer.data;
  return (
    <>
      <Question>
        {persons === null ? (
          <Suppressed />
        ) : (
          <Answer>
            About <b>{plural(persons, person)}</b>, as of {day(dataThrough)}.
          </Answer>
        )}
        <p className="quiet">
          These numbers may be shared, so they are of everybody, to the nearest 20, in broad bars, one chart at a time:
          groups that are chosen freely overlap, and their differences could tell of few people. To choose bars, switch
          to identified mode, where your role has it.
          {where !== '' && ' For the same reason the cohort and the filters above are not applied here.'}
        </p>
      </Question>
      <div className="figures explore">
        {inOrder(charts.map(({ chart }) => chart)).map((chart, at) => (
          <SharedChart
            key={chart.id}
            letter={letterOf(at)}
            chart={chart}
            persons={persons}
            bins={charts.find((one) => one.chart === chart)?.bins ?? null}
          />
        ))}
      </div>
    </>
  );
}

interface SharedProps {
  readonly letter: string;
  readonly chart: CrossfilterChart;
  readonly persons: number | null;
  readonly bins: readonly number[] | null;
}

function SharedChart({ letter, chart, persons, bins }: SharedProps) {
  const shown = useMemo(() => {
    const group = { persons, bins: bins ?? [] };
    return { chart, everybody: group, left: group };
  }, [chart, persons, bins]);
  return bins === null ? (
    <Figure letter={letter} title={chart.title} span={4}>
      <p className="quiet">One of its bars is of fewer than 11 people, so none is shown.</p>
    </Figure>
  ) : (
    <BrushChart letter={letter} shown={shown} chosen={NONE} onChosen={null} />
  );
}

/** The brushes, which follow the address, and are written into it after a pause. */
function useBrushes(charts: readonly CrossfilterChart[]) {
  const { brush } = useSearch({ from: '/app/cohorts/explore' });
  const navigate = useNavigate();
  const [brushes, setBrushes] = useState(() => parseBrushes(brush ?? '', charts));
  const written = useRef(brush);
  useEffect(() => {
    if (written.current !== brush) setBrushes(parseBrushes(brush ?? '', charts));
    written.current = brush;
  }, [brush, charts]);
  useEffect(() => {
    const text = formatBrushes(brushes, charts) || undefined;
    if (text === written.current) return;
    const pause = setTimeout(() => {
      written.current = text;
      navigate({ to: '.', search: (search) => ({ ...search, brush: text }), replace: true, resetScroll: false });
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [brushes, charts, navigate]);
  return [brushes, setBrushes] as const;
}

function brushed(held: Brushes, chart: string, places: readonly number[]): Brushes {
  const { [chart]: _, ...others } = held;
  return places.length === 0 ? others : { ...others, [chart]: places };
}

/** Reads the sentence out once the hand rests. */
function Said({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const pause = setTimeout(() => setSaid(text), SAID_MS);
    return () => clearTimeout(pause);
  }, [text]);
  return (
    <p className="unseen" role="status">
      {said}
    </p>
  );
}

/** What can be done with the people left: their cohort saved, listed, or opened in the builder. */
function Ways({ rule, persons }: { rule: Rule; persons: number }) {
  const navigate = useNavigate();
  const where = cohortOf(rule);
  const onSaved = ({ id }: Cohort) => navigate({ to: '/cohorts/$id', params: { id }, search: {} });
  return (
    <>
      <Save label="Save as cohort" where={where} title="" description="" onSaved={onSaved} />
      {persons > 0 && (
        <Link to="/patients" search={{ cohort: undefined, where }} className="see">
          See {persons === 1 ? 'this person' : `these ${plural(persons, person)}`}
        </Link>
      )}
      <Link to="/cohorts/build" search={{ tree: textOf(rule) }}>
        Open in the cohort builder
      </Link>
    </>
  );
}

/** Those left against everybody else, trait by trait, when it is asked for: this one question goes to the server. */
function Compare({ letter, cohort }: { letter: string; cohort: string }) {
  const [held, setHeld] = useState<string | null>(null);
  if (held !== null && held === cohort)
    return (
      <ComparisonFigure
        letter={letter}
        cohort={{ id: '', title: 'These people', description: '', where: cohort, preset: false, persons: null }}
        others={[]}
        against={undefined}
        onAgainst={() => {}}
      />
    );
  return (
    <section className="beside span-12">
      <button type="button" className="action" onClick={() => setHeld(cohort)}>
        Compare with the rest
      </button>
    </section>
  );
}

const ORDER = [
  ...['age', 'sex', 'risk_tier', 'chance', 'paid', 'admissions', 'emergency_visits', 'open_gaps', 'months_since_visit'],
  ...['condition_count', 'coverage', 'dual_status', 'practice', 'condition'],
];
const inOrder = (charts: readonly CrossfilterChart[]): CrossfilterChart[] =>
  charts.filter((chart) => binsOf(chart).length > 0).sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));

const letterOf = (at: number): string => String.fromCharCode(65 + at);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** "$1.2 million", "$84,310" */
const dollars = (amount: number): string =>
  Math.abs(amount) >= 1e6
    ? `$${(amount / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })} million`
    : `$${count(amount)}`;
