import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountingQuery, freshnessQuery, lineageQuery, qualityQuery, runsQuery } from '../../api/data.ts';
import { identityQuery } from '../../api/identity.ts';
import { Answer, Head, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { inWords, noun, plural, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { AttributionFigure } from './attribution.tsx';
import { Checks } from './checks.tsx';
import { ConflictsFigure } from './conflicts.tsx';
import { FeedMonthsFigure } from './feed-months.tsx';
import { Feeds } from './feeds.tsx';
import { Files, unaccounted } from './files.tsx';
import { LineageFigure } from './lineage.tsx';
import { Matching } from './matching.tsx';
import { RiskAdjustmentFigure } from './risk-adjustment.tsx';
import { RunsFigure } from './runs.tsx';

const FIGURES = [
  { letter: 'A', title: 'Feeds', Shown: Feeds },
  { letter: 'B', title: 'Months', Shown: FeedMonthsFigure },
  { letter: 'C', title: 'Runs', Shown: RunsFigure },
  { letter: 'D', title: 'Records and dollars', Shown: Files },
  { letter: 'E', title: 'Checks', Shown: Checks },
  { letter: 'F', title: 'Matching', Shown: Matching },
  { letter: 'G', title: 'Coverage', Shown: ConflictsFigure },
  { letter: 'H', title: 'Lineage', Shown: LineageFigure },
  { letter: 'I', title: 'Attribution', Shown: AttributionFigure },
  { letter: 'J', title: 'Risk scores', Shown: RiskAdjustmentFigure },
] as const;

/** Whether today's numbers can be trusted: how fresh, every record accounted for, every check, and what reads what. */
export function Data() {
  return (
    <>
      <Head title="Data" question="Can today’s numbers be trusted?">
        <DataAnswer />
        <nav className="contents" aria-label="Figures of this page">
          {FIGURES.map(({ letter, title }) => (
            <Link key={letter} to="." search={true} hash={letter}>
              <b>{letter}</b> {title}
            </Link>
          ))}
          <Link to="/data/open">Open the snapshot yourself</Link>
        </nav>
      </Head>
      <div className="figures">
        {FIGURES.map(({ letter, Shown }) => (
          <Shown key={letter} letter={letter} />
        ))}
      </div>
    </>
  );
}

export function DataAnswer() {
  const { mode } = useScope();
  const freshness = useQuery(freshnessQuery(mode));
  const accounting = useQuery(accountingQuery(mode));
  const quality = useQuery(qualityQuery(mode));
  const identity = useQuery(identityQuery(mode));
  useQuery(runsQuery(mode));
  useQuery(lineageQuery(mode));
  if (!freshness.data || !accounting.data || !quality.data || !identity.data)
    return <Waiting on={[freshness, accounting, quality, identity]} lines={2} />;
  const files = accounting.data.files.filter(({ format }) => format !== null);
  const records = files.reduce(
    (sum, file) => sum + file.physical_records - file.header_records - file.blank_records,
    0,
  );
  const lost = files.reduce((sum, file) => sum + Math.abs(unaccounted(file)), 0);
  const failed = quality.data.checks.filter(({ status }) => status === 'failed' || status === 'error');
  const grave = failed.filter(({ severity }) => severity === 'error').length;
  return (
    <Answer>
      Claims reach <b>{day(freshness.data.dataThrough)}</b>
      <Proof letter="A" />.{' '}
      {lost === 0 ? (
        <>
          All <b>{count(records)} records</b> of {plural(files.length, noun('file'))} are accounted for
        </>
      ) : (
        <b>{plural(lost, noun('record'))} are not accounted for</b>
      )}
      <Proof letter="D" />, and{' '}
      {failed.length === 0 ? (
        'every check that applies has passed'
      ) : (
        <>
          <b>{spelled(failed.length, noun('check'))} failed</b>, {grave === 0 ? 'none' : inWords(grave)} of them grave
        </>
      )}
      <Proof letter="E" />.
      {identity.data.reviews !== 0 && (
        <>
          {' '}
          Somebody has to say of {identity.data.records === null ? 'a few' : count(identity.data.records)} records
          whether they are one person
          <Proof letter="F" />.
        </>
      )}
    </Answer>
  );
}
