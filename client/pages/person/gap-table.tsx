import { Link } from '@tanstack/react-router';
import type { CareGap } from '#contract/patient';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, sentence, spelled } from '../../format/noun.ts';
import { useCatalogue } from '../../state/use-scope.ts';

const OPEN = ['open', 'overdue', 'due soon', 'tested, value unknown'];

const yearOf = ({ period_end }: CareGap): number => Number(period_end.slice(0, 4));

const isOpen = ({ status }: CareGap): boolean => OPEN.includes(status);

interface GapTableProps {
  readonly letter: string;
  readonly gaps: readonly CareGap[];
  /** Gaps open in the year of the snapshot. */
  readonly open: number;
}

/** What is due, what was found, where, and what would close it. */
export function GapTable({ letter, gaps, open }: GapTableProps) {
  const { metrics } = useCatalogue();
  const columns: Column<CareGap>[] = [
    { key: 'status', label: 'Status', show: (gap) => <Status gap={gap} />, by: ({ status }) => status },
    {
      key: 'measure',
      label: 'Measure',
      show: (gap) => {
        const metric = metrics.find(({ measureId, rateId }) => measureId === gap.measure_id && rateId === gap.rate_id);
        return metric ? (
          <Link to="/measures/$id" params={{ id: metric.id }}>
            {gap.title}
          </Link>
        ) : (
          gap.title
        );
      },
      by: ({ title }) => title,
    },
    {
      key: 'evidence',
      label: 'Evidence',
      card: 'full',
      show: ({ evidence, evidence_date, reason }) => (
        <>
          {evidence ?? 'Nothing found'}
          {evidence_date && `, ${day(evidence_date)}`}
          {reason && <small className="below">{reason}</small>}
        </>
      ),
    },
    {
      key: 'due',
      label: 'Due',
      align: 'date',
      show: ({ due_date, period_end }) => day(due_date ?? period_end),
      by: ({ due_date, period_end }) => due_date ?? period_end,
    },
  ];
  return (
    <Figure
      letter={letter}
      span={7}
      title={
        gaps.length === 0
          ? 'No measure applies'
          : open === 0
            ? 'No gap is open'
            : `${sentence(spelled(open, noun('gap')))} ${open === 1 ? 'is' : 'are'} open`
      }
      sub="Every measure that applies, what was found and when it is due."
    >
      {gaps.length === 0 ? (
        <Message title="Nothing due">
          <p>By age, sex and conditions, none of the measures of this snapshot applies to this person.</p>
        </Message>
      ) : (
        <DataTable
          caption="Care gaps"
          columns={columns}
          rows={gaps.toSorted((a, b) => yearOf(b) - yearOf(a) || Number(isOpen(b)) - Number(isOpen(a)))}
          section={(gap) => String(yearOf(gap))}
          id={({ measure_id, rate_id, period_start, due_date }) =>
            [measure_id, rate_id, period_start, due_date].join(' ')
          }
        />
      )}
    </Figure>
  );
}

/** An open ring for open, a half for waiting, a filled disc for closed, a dash for the rest. */
function Status({ gap }: { gap: CareGap }) {
  const kind = isOpen(gap)
    ? 'open'
    : gap.status === 'closed'
      ? 'closed'
      : gap.status.startsWith('closed')
        ? 'waiting'
        : 'none';
  return (
    <span className={`gap-status ${kind}`}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        {kind === 'none' ? (
          <path d="M2 7h10" />
        ) : (
          <circle cx="7" cy="7" r="5.500" fill={kind === 'closed' ? 'currentColor' : 'none'} />
        )}
        {kind === 'waiting' && <path d="M7 1.500a5.500 5.500 0 0 1 0 11z" fill="currentColor" stroke="none" />}
        {kind === 'closed' && <path d="M4.500 7.200 6.300 9 9.700 5.300" stroke="var(--paper)" />}
      </svg>
      {gap.status}
    </span>
  );
}
