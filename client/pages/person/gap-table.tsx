import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GapClosure } from '#contract/gap';
import type { ServedMetric } from '#contract/metric';
import type { CareGap, Patient } from '#contract/patient';
import { closuresQuery } from '../../api/gaps.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Message } from '../../components/states.tsx';
import { dated, day } from '../../format/date.ts';
import { noun, sentence, spelled } from '../../format/noun.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { CloseGap, Entered, standing } from '../gaps/close-gap.tsx';
import { GapStatus, isOpen } from '../gaps/gap-status.tsx';

const yearOf = ({ period_end }: CareGap): number => Number(period_end.slice(0, 4));

/** Not met, so that something found in a chart may close it. */
const isClosable = ({ status }: CareGap): boolean => isOpen(status) || status === 'history incomplete';

/** By when it is to be closed; null where nothing is left to close. */
const dueDate = (gap: CareGap): string | null => (isClosable(gap) ? (gap.due_date ?? gap.period_end) : null);

interface GapTableProps {
  readonly letter: string;
  readonly patient: Patient;
  /** Tells a gap rule by rule; by `keyOf`. */
  readonly onWhy: (key: string) => void;
}

export const keyOf = ({ id }: ServedMetric, { period_end }: CareGap): string => `${id} ${period_end}`;

/** The number that a gap is a row of. */
export const numberOf = (metrics: readonly ServedMetric[], { measure_id, rate_id }: CareGap) =>
  metrics.find(({ measureId, rateId }) => measureId === measure_id && rateId === rate_id);

/** What is due, what was found, where, and what would close it. */
export function GapTable({ letter, patient, onWhy }: GapTableProps) {
  const { gaps, open_gaps: open } = patient;
  const { metrics, period } = useCatalogue();
  const { data: closures = [] } = useQuery(closuresQuery(patient.person_id));
  const metricOf = (gap: CareGap) => numberOf(metrics, gap);
  const isOfPeriod = (gap: CareGap) => String(yearOf(gap)) === period;
  const columns: Column<CareGap>[] = [
    { key: 'status', label: 'Status', show: ({ status }) => <GapStatus status={status} />, by: ({ status }) => status },
    {
      key: 'measure',
      label: 'Measure',
      card: 'full',
      show: (gap) => {
        const metric = metricOf(gap);
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
      show: (gap) => {
        const { evidence, evidence_date, reason } = gap;
        const metric = metricOf(gap);
        return (
          <>
            {sentence(dated(evidence ?? reason ?? 'nothing found'))}
            {evidence_date && !evidence?.includes(evidence_date) && `, ${day(evidence_date)}`}
            {evidence && reason && <small className="below">{dated(reason)}</small>}{' '}
            {metric?.grain === 'person' && (
              <button type="button" className="link screen-only" onClick={() => onWhy(keyOf(metric, gap))}>
                Why<span className="unseen">{` of ${gap.title}, ${yearOf(gap)}`}</span>
              </button>
            )}
            {metric && isOfPeriod(gap) && (
              <Entered personId={patient.person_id} closures={standing(closures, metric)} isOpen={isClosable(gap)} />
            )}
          </>
        );
      },
    },
    {
      key: 'due',
      label: 'Due',
      align: 'date',
      show: (gap) => {
        const metric = metricOf(gap);
        const due = dueDate(gap);
        return (
          <>
            {due === null ? '–' : day(due)}
            {metric && isOfPeriod(gap) && due !== null && (
              <div>
                <CloseGap metric={metric} person={patient} isEntered={standing(closures, metric).length > 0} />
              </div>
            )}
          </>
        );
      },
      by: dueDate,
    },
  ];
  const table = (caption: string, rows: readonly CareGap[]) => (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows.toSorted((a, b) => yearOf(b) - yearOf(a) || Number(isOpen(b.status)) - Number(isOpen(a.status)))}
      section={(gap) => String(yearOf(gap))}
      id={({ measure_id, rate_id, period_start, due_date }) => [measure_id, rate_id, period_start, due_date].join(' ')}
    />
  );
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
      below={closures.length > 0 && <Log closures={closures} />}
    >
      {gaps.length === 0 ? (
        <Message title="Nothing due">
          <p>By age, sex and conditions, none of the measures of this snapshot applies to this person.</p>
        </Message>
      ) : (
        <>
          {table('Care gaps', gaps.filter(isOfPeriod))}
          {gaps.some((gap) => !isOfPeriod(gap)) && (
            <Folded label="Other years">
              {table(
                'Care gaps of other years',
                gaps.filter((gap) => !isOfPeriod(gap)),
              )}
            </Folded>
          )}
        </>
      )}
    </Figure>
  );
}

/** Everything that was ever entered by hand for the person, and by whom. */
const Log = ({ closures }: { closures: readonly GapClosure[] }) => (
  <details className="more-rows">
    <summary>{`Entered by hand: ${closures.length}`}</summary>
    <ul className="entry-log">
      {closures.map(({ id, done, service_date, results, note, entered_by, entered_at, withdrawn }) => (
        <li key={id}>
          {done}, {day(service_date)}
          {results && `: ${results}`}. {note}
          <small className="below">
            Entered by {entered_by} on {day(entered_at)}
            {withdrawn && `; taken back by ${withdrawn.by} on ${day(withdrawn.at)}: ${withdrawn.reason}`}
          </small>
        </li>
      ))}
    </ul>
  </details>
);
