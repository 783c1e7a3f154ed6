import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Collection } from '#contract/program';
import { Answer, Head, Proof } from '../../components/answer.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ScopeFilters } from '../../shell/scope-filters.tsx';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import type { QualityScore } from '../../statistics/quality-score.ts';
import { type Asked, askedIn, nameOf } from '../gaps/program.ts';
import { PointsTable } from './points-table.tsx';
import { ScoreBar } from './score-bar.tsx';
import { useScore } from './use-score.ts';
import { barWords, points, standardWords } from './words.ts';

const TITLE = 'Quality score';

/** What the rates of this product would bring the ACO by the rules of the program that asks for them. */
export function QualityScorePage() {
  const scope = useScope();
  const catalogue = useCatalogue();
  const year = monthsOf({ kind: 'measure' }, scope, catalogue).to.slice(0, 4);
  const [asked] = askedIn(catalogue.programs, year);
  if (asked) return <Scored asked={asked} />;
  return (
    <Head title={TITLE} question={`What would the quality score of ${year} be?`}>
      <Message title="No program">
        <p>No program that this product knows scores {year}.</p>
      </Message>
    </Head>
  );
}

function Scored({ asked }: { asked: Asked }) {
  const { program, year } = asked;
  const { collection = 'Medicare CQM' } = useSearch({ from: '/app/quality-score' });
  const { score, before, standingOf, isRunning, queries } = useScore(asked, collection);
  return (
    <>
      <Crumbs>
        <li>
          <Link to="/gaps">Care gaps</Link>
        </li>
        <li>{TITLE}</li>
      </Crumbs>
      <Head title={TITLE} question={`What would the quality score of ${nameOf(asked)} be?`}>
        {score ? (
          <ScoreAnswer asked={asked} score={score} before={before} collection={collection} isRunning={isRunning} />
        ) : (
          <Waiting on={queries} lines={2} />
        )}
        <ScopeFilters />
      </Head>
      <div className="figures">
        <Figure
          letter="A"
          title={score ? standardWords(score, year.standard, isRunning) : 'The score and the standard'}
          sub="Of 100: the points that the measures bring, over the points that they could bring."
          onward={<CollectionChoice value={collection} collections={year.collections} />}
          note={score && barWords(score, before)}
        >
          {score ? (
            <ScoreBar score={score} before={before?.value ?? null} standard={year.standard} />
          ) : (
            <Waiting on={queries} lines={4} />
          )}
        </Figure>
        <Figure
          letter="B"
          title={score ? `${points(score)} scored here` : 'Points of each measure'}
          sub={`${collection}. Bands: deciles of the benchmark, the better the stronger; upright: the ACO’s target. A decile brings its number of points and tenths for the way to the next.`}
          note={`Fewer than ${program.minimumCases} people, or no benchmark: the measure leaves the score. A measure must be reported for at least ${program.completeness}% of those it applies to; the rates here count everybody whom it applies to.${collection === 'eCQM' ? ' Each eCQM brings one point more, up to ten.' : ''}`}
          onward={
            <Link className="see" to="/gaps">
              See the open gaps
              <Arrow />
            </Link>
          }
        >
          {score ? (
            <PointsTable score={score} standingOf={standingOf} collection={collection} year={year} />
          ) : (
            <Waiting on={queries} lines={10} />
          )}
        </Figure>
        <Figure letter="C" span={6} title="What opens which share of savings">
          {score && <Standards asked={asked} score={score} collection={collection} isRunning={isRunning} />}
        </Figure>
        <Figure letter="D" span={6} title="What the score does not know">
          <ul className="points">
            {[
              'The rates are those of everybody whom the filters leave. A Medicare CQM counts the people whom CMS assigns to the ACO, an eCQM and a MIPS CQM everybody seen.',
              ...year.notes,
            ].map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <p className="sources">
            Rules: <Source of={program.source} />.{' '}
            {program.benchmarkSource && (
              <>
                Benchmarks: <Source of={program.benchmarkSource} />.
              </>
            )}
          </p>
        </Figure>
      </div>
    </>
  );
}

const Source = ({ of: { name, url } }: { of: { name: string; url: string } }) => (
  <a href={url} rel="noreferrer" target="_blank">
    {name}
  </a>
);

interface ScoreProps {
  readonly asked: Asked;
  readonly score: QualityScore;
  readonly collection: Collection;
  /** The year is not over, or its claims are not all in. */
  readonly isRunning: boolean;
  /** With the rates of the year before. */
  readonly before?: QualityScore | null;
}

export function ScoreAnswer({ asked: { year }, score, before, collection, isRunning }: ScoreProps) {
  const scored = score.contributions.filter(({ state }) => state === 'scored').length;
  const unknown = score.counted - scored;
  if (score.value === null)
    return (
      <Answer>
        None of the {spelled(year.measures.length, noun('measure'))} can be scored as {collection}
        <Proof letter="B" />.
      </Answer>
    );
  return (
    <Answer>
      {isRunning ? 'So far the' : 'The'} {spelled(scored, noun('measure'))} that can be scored here{' '}
      {scored === 1 ? 'brings' : 'bring'} <b>{count(Math.round(score.value))} of 100</b>
      <Proof letter="B" />.{' '}
      {unknown > 0 && (
        <>
          With the {spelled(unknown, noun('other'))} the score lies between{' '}
          <b>
            {count(Math.round(score.low))} and {count(Math.round(score.high))}
          </b>
          <Proof letter="A" />.
        </>
      )}
      {before?.value != null && (
        <>
          {' '}
          {isRunning
            ? 'If they end where they ended the year before, they bring'
            : 'With the rates of the year before they bring'}{' '}
          <b>{count(Math.round(before.value))}</b>
          <Proof letter="A" />.
        </>
      )}
      {isRunning && ' Gaps closed by 31 December raise it.'}
    </Answer>
  );
}

function CollectionChoice({ value, collections }: { value: Collection; collections: readonly Collection[] }) {
  const navigate = useNavigate();
  return (
    <label className="group-by">
      Reported as
      <select
        value={value}
        onChange={(event) => {
          const chosen = Collection.parse(event.target.value);
          navigate({
            to: '.',
            search: (search) => ({ ...search, collection: chosen === 'Medicare CQM' ? undefined : chosen }),
            resetScroll: false,
          });
        }}
      >
        {collections.map((collection) => (
          <option key={collection}>{collection}</option>
        ))}
      </select>
    </label>
  );
}

/** The ways to full and to scaled savings (42 CFR 425.512(a)(5)), as far as they can be seen here. */
function Standards({ asked: { program, year }, score, collection, isRunning }: ScoreProps) {
  const all = year.measures.filter(({ reportedBy }) => reportedBy === 'the ACO').length;
  return (
    <dl className="definition">
      <dt>Full share</dt>
      <dd>{standardWords(score, year.standard, isRunning)}.</dd>
      {collection !== 'Medicare CQM' && (
        <>
          <dt>Full share by reporting</dt>
          <dd>
            {score.meetsIncentive
              ? 'The rates reach it: an outcome measure stands at its 10th percentile or better, and another measure at its 40th.'
              : 'Not reached by the measures scored here: an outcome measure must stand at its 10th percentile, and another measure at its 40th.'}{' '}
            All {spelled(all, noun('measure'))} must be reported as eCQM or MIPS CQM, each for {program.completeness}%
            of those it applies to.
          </dd>
        </>
      )}
      <dt>Share scaled by the score</dt>
      <dd>
        {score.meetsAlternative
          ? 'Reached: an outcome measure scored here stands at its 10th percentile or better.'
          : 'Not reached by the measures scored here: one outcome measure must stand at its 10th percentile or better. Those that CMS works out from claims count too.'}
      </dd>
    </dl>
  );
}
