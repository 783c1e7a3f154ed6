import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Check } from '#contract/result';
import type { Quality, QualityHistory } from '#contract/run';
import { qualityHistoryQuery, qualityQuery } from '../../api/data.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Popover } from '../../components/popover.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural, spelled } from '../../format/noun.ts';
import { count, figure } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { CheckHistory } from './check-history.tsx';

const rank: Readonly<Record<Check['status'], number>> = { error: 0, failed: 1, passed: 2, 'not applicable': 3 };

/** An error stops publishing. */
const gravity: Readonly<Record<Check['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Every check with what it touches, failed ones first; and the records that were refused. */
export function Checks({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(qualityQuery(mode));
  const past = useQuery(qualityHistoryQuery(mode)).data?.snapshots ?? [];
  if (!answer.data)
    return (
      <Figure letter={letter} title="Which checks passed">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  const { checks, quarantine } = answer.data;
  const passed = checks.filter(({ status }) => status === 'passed').length;
  const apply = checks.filter(({ status }) => status !== 'not applicable').length;
  const broken = checks.filter(({ status }) => rank[status] < 2);
  const refused = quarantine.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  return (
    <Figure
      letter={letter}
      title={`${count(passed)} of ${plural(apply, noun('check'))} passed; ${spelled(refused, noun('record'))} refused`}
      sub="What was tested on the way in and between the tables, and which numbers each test guards."
      note={past.length > 1 && 'Kept runs, oldest first. Diamond: failed; disc: passed; ring: nothing to check.'}
    >
      {broken.length > 0 && <CheckTable caption="Failed checks" checks={broken} past={past} />}
      <Folded label={`${plural(checks.length - broken.length, noun('check'))} passed, or nothing to check`}>
        <CheckTable caption="Other checks" checks={checks.filter(({ status }) => rank[status] > 1)} past={past} />
      </Folded>
      {quarantine.length > 0 && (
        <Folded label="Refused records by rule">
          <DataTable
            caption="Refused records"
            columns={refusedColumns}
            rows={quarantine}
            id={({ path, rule_id, reason }) => `${path} ${rule_id} ${reason}`}
          />
        </Folded>
      )}
    </Figure>
  );
}

interface CheckTableProps {
  readonly caption: string;
  readonly checks: readonly Check[];
  readonly past: QualityHistory['snapshots'];
}

function CheckTable({ caption, checks, past }: CheckTableProps) {
  const everFailed = new Set(past.flatMap(({ checks }) => checks.map(({ check_id }) => check_id)));
  const runs: Column<Check> = {
    key: 'runs',
    label: 'Failed in kept runs',
    card: 'full',
    show: ({ check_id }) => (everFailed.has(check_id) ? <CheckHistory check_id={check_id} past={past} /> : '–'),
  };
  const shown = columns.flatMap((column) =>
    column.key === 'violations' && past.length > 1 && checks.some(({ check_id }) => everFailed.has(check_id))
      ? [runs, column]
      : [column],
  );
  return (
    <DataTable
      caption={caption}
      columns={shown.filter(({ key }) => key !== 'violations' || checks.some(({ violations }) => violations !== null))}
      rows={checks.toSorted((a, b) => rank[a.status] - rank[b.status] || gravity[a.severity] - gravity[b.severity])}
      id={({ check_id }) => check_id}
    />
  );
}

/** The numbers that stand on what a check tests; each leads to its definition. */
function Touched({ ids }: { ids: readonly string[] }) {
  const { metrics } = useCatalogue();
  const [isOpened, open] = useState(false);
  return (
    <Popover
      label={plural(ids.length, noun('number'))}
      title="The numbers it touches"
      className="link"
      onOpen={() => open(true)}
    >
      {isOpened && (
        <ul className="numbers">
          {metrics
            .filter(({ id }) => ids.includes(id))
            .map(({ id, title }) => (
              <li key={id}>
                <Link to="/measures/$id" params={{ id }}>
                  {title}
                </Link>
              </li>
            ))}
        </ul>
      )}
    </Popover>
  );
}

/** "43.0%"; of one in many "<0.1%" */
function shareOf(violations: number, denominator: number): string {
  const percent = (100 * violations) / denominator;
  return violations > 0 && percent < 0.05 ? '<0.1%' : `${figure(percent, 'percent')}%`;
}

const columns: Column<Check>[] = [
  {
    key: 'title',
    label: 'Check',
    show: ({ number, check_id, title, override }) => (
      <>
        {title}
        <small className="below">{`${number} · ${check_id}`}</small>
        {override !== null && <small className="below">{`Published all the same: ${override}`}</small>}
      </>
    ),
    by: ({ number }) => number,
  },
  {
    key: 'status',
    label: 'Status',
    show: ({ status }) => (
      <span className={status === 'failed' || status === 'error' ? 'bad' : undefined}>{status}</span>
    ),
    by: ({ status }) => rank[status],
  },
  { key: 'severity', label: 'Severity', show: ({ severity }) => severity, by: ({ severity }) => gravity[severity] },
  {
    key: 'violations',
    label: 'Violations',
    align: 'right',
    show: ({ violations, denominator, threshold }) =>
      violations === null ? (
        '–'
      ) : (
        <>
          {count(violations)}
          {denominator !== null && denominator > 0 && (
            <small className="below">
              of {count(denominator)}, {shareOf(violations, denominator)}
              {threshold !== null && threshold > 0 && `; at most ${Number((100 * threshold).toFixed(2))}%`}
            </small>
          )}
        </>
      ),
    by: ({ violations }) => violations,
  },
  { key: 'owner', label: 'Who acts', show: ({ owner }) => owner, by: ({ owner }) => owner },
  {
    key: 'touches',
    label: 'Touches',
    card: 'full',
    show: ({ metrics_touched: touched }) => (touched.length === 0 ? '–' : <Touched ids={touched} />),
    by: ({ metrics_touched }) => metrics_touched.length,
  },
];

const refusedColumns: Column<Quality['quarantine'][number]>[] = [
  { key: 'path', label: 'File', show: ({ path }) => <code className="origin">{path}</code> },
  { key: 'rule', label: 'Rule', show: ({ rule_id }) => rule_id },
  { key: 'reason', label: 'Reason', show: ({ reason }) => reason },
  {
    key: 'rows',
    label: 'Records',
    align: 'right',
    show: ({ rows }) => (rows === null ? 'hidden' : count(rows)),
    by: ({ rows }) => rows,
  },
];
