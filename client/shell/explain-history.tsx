import { useQuery } from '@tanstack/react-query';
import type { Difference, Past } from '#contract/history';
import type { ServedMetric } from '#contract/metric';
import { historyQuery, type MetricAsked } from '../api/metrics.ts';
import { type Column, DataTable } from '../components/data-table.tsx';
import { IntervalBar } from '../components/interval-bar.tsx';
import { Waiting } from '../components/states.tsx';
import { day } from '../format/date.ts';
import { listed, noun, plural, sentence } from '../format/noun.ts';
import { amount, count, interval } from '../format/number.ts';

/** What each kept snapshot said when it was published, and what differs between it and the one before. */
export function HistoryOf({ metric, asked }: { metric: ServedMetric; asked: MetricAsked }) {
  const answer = useQuery(historyQuery(asked));
  if (!answer.data) return <Waiting on={[answer]} lines={3} />;
  const { snapshots } = answer.data;
  if (snapshots.length < 2)
    return <p className="quiet">Only this snapshot is kept, so there is nothing to hold it against.</p>;
  return (
    <>
      <p>{finding(snapshots)}</p>
      <DataTable
        caption="The same question asked of every kept snapshot"
        columns={columnsOf(metric, snapshots)}
        rows={snapshots.toReversed()}
        id={({ snapshot }) => snapshot}
      />
      <p className="quiet">
        Each is that snapshot’s own number, from the rows and by the definition that were published in it. What differs
        is all that is recorded; any of it may have moved the number.
      </p>
    </>
  );
}

function finding(snapshots: readonly Past[]): string {
  const values = snapshots.filter(({ unanswered }) => unanswered === null);
  const changes = values.filter(
    (past, at) =>
      at > 0 && (past.numerator !== values[at - 1]?.numerator || past.denominator !== values[at - 1]?.denominator),
  );
  return changes.length === 0
    ? `The same in all ${plural(values.length, noun('snapshot'))} that can answer.`
    : `It changed ${changes.length === 1 ? 'once' : `${count(changes.length)} times`} over ${plural(values.length, noun('snapshot'))}.`;
}

const moment = (iso: string) => `${day(iso)} ${iso.slice(11, 16)}`;

const columnsOf = (metric: ServedMetric, snapshots: readonly Past[]): Column<Past>[] => {
  const max = Math.max(...snapshots.map(({ value, high }) => high ?? value ?? 0));
  return [
    {
      key: 'snapshot',
      label: 'Published',
      show: ({ publishedAt, isServed, dataThrough }) => (
        <>
          {isServed ? <b>{moment(publishedAt)}, now</b> : moment(publishedAt)}
          <small className="below">data through {day(dataThrough)}</small>
        </>
      ),
    },
    {
      key: 'value',
      label: 'Value',
      align: 'right',
      show: ({ value, numerator, denominator, unanswered, immature, definitionVersion, low, high }) =>
        unanswered === null && value !== null ? (
          <>
            {amount(value, metric.unit)}
            <small className="below">
              {interval(low, high, metric.unit)}
              <br />
              {count(numerator ?? 0)} of {count(denominator ?? 0)}
              {immature && ', not all in'}
              <br />
              version {definitionVersion}
            </small>
          </>
        ) : (
          <span className="quiet">{unanswered ?? 'nobody counts'}</span>
        ),
    },
    {
      key: 'bar',
      label: '95% interval',
      card: 'hide',
      show: ({ value, low, high }) =>
        value !== null && <IntervalBar value={value} low={low} high={high} comparator={null} max={max} />,
    },
    {
      key: 'differs',
      label: 'Differs from the one before in',
      card: 'full',
      show: ({ differs }) => (differs ? words(differs) : <span className="quiet">–</span>),
    },
  ];
};

const MOST_NAMED = 4;

function words({ dataThrough, definition, rules, codeLists, filesAdded, filesGone }: Difference): string {
  const some = (names: readonly string[], what: string) =>
    names.length > MOST_NAMED ? `${count(names.length)} ${what}` : `${what} ${listed(names)}`;
  const parts = [
    definition && 'the definition’s version',
    dataThrough && 'how far the data reach',
    filesAdded + filesGone > 0 && `its files (${count(filesAdded)} new, ${count(filesGone)} gone)`,
    rules.length > 0 && some(rules, rules.length > MOST_NAMED ? 'rules upstream' : 'the rules of'),
    codeLists.length > 0 && some(codeLists, 'code lists'),
  ].filter((part) => part !== false);
  return parts.length > 0 ? sentence(listed(parts)) : 'Nothing that is recorded';
}
