import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountingQuery, freshnessQuery, lineageQuery, qualityQuery, runsQuery } from '../../api/data.ts';
import { identityQuery } from '../../api/identity.ts';
import { Answer, Head, Proof } from '../../components/answer.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { AttributionFigure } from './attribution.tsx';
import { Checks } from './checks.tsx';
import { ConflictsFigure } from './conflicts.tsx';
import { Feeds } from './feeds.tsx';
import { Files, unaccounted } from './files.tsx';
import { LineageFigure } from './lineage.tsx';
import { Reviews } from './reviews.tsx';
import { RiskAdjustmentFigure } from './risk-adjustment.tsx';
import { RunsFigure } from './runs.tsx';

/** Whether today's numbers can be trusted: how fresh, every record accounted for, every check, and what reads what. */
export function Data() {
  return (
    <>
      <Head title="Data" question="Can today's numbers be trusted?">
        <DataAnswer />
        <p>
          <Link className="link" to="/data/open">
            Open the snapshot with DuckDB, Python, R or JavaScript
          </Link>
        </p>
      </Head>
      <div className="figures">
        <Feeds letter="A" />
        <RunsFigure letter="B" />
        <Files letter="C" />
        <Checks letter="D" />
        <Reviews letter="E" />
        <ConflictsFigure letter="F" />
        <LineageFigure letter="G" />
        <AttributionFigure letter="H" />
        <RiskAdjustmentFigure letter="I" />
      </div>
    </>
  );
}

export function DataAnswer() {
  const freshness = useQuery(freshnessQuery());
  const accounting = useQuery(accountingQuery());
  const { mode } = useScope();
  const quality = useQuery(qualityQuery(mode));
  const identity = useQuery(identityQuery(mode));
  useQuery(runsQuery());
  useQuery(lineageQuery());
  if (!freshness.data || !accounting.data || !quality.data || !identity.data)
    return <Waiting on={[freshness, accounting, quality, identity]} lines={2} />;
  const files = accounting.data.files.filter(({ format }) => format !== null);
  const records = files.reduce(
    (sum, file) => sum + file.physical_records - file.header_records - file.blank_records,
    0,
  );
  const lost = files.reduce((sum, file) => sum + Math.abs(unaccounted(file)), 0);
  const failed = quality.data.checks.filter(({ status }) => status === 'failed' || status === 'error');
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
      <Proof letter="C" />, and{' '}
      {failed.length === 0 ? (
        'every check that applies has passed'
      ) : (
        <b>{spelled(failed.length, noun('check'))} failed</b>
      )}
      <Proof letter="D" />.
      {identity.data.reviews !== 0 && (
        <>
          {' '}
          Somebody has to say of {identity.data.records === null ? 'a few' : count(identity.data.records)} records
          whether they are one person
          <Proof letter="E" />.
        </>
      )}
    </Answer>
  );
}
