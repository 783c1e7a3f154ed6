import { isInDollars, type ServedMetric } from '#contract/metric';
import type { Part, SubjectRow } from '#contract/result';
import { type Column, DataTable } from '../components/data-table.tsx';
import { day, dated as inDays, month } from '../format/date.ts';
import { count } from '../format/number.ts';
import { useCatalogue } from '../state/use-scope.ts';
import { money } from './money.ts';
import { PersonRoute } from './record-links.tsx';

const dateLabels: Record<ServedMetric['grain'], string> = {
  stay: 'Discharged',
  person: 'As of',
  'member-month': 'Month',
  event: 'Date',
};

/** Beside more columns of the subject's own there is no room for the person's. */
const MOST_OWN = 5;
/** What is left to `onWhy` to tell where there are more. */
const LEAST = ['discharge_day', 'specialty_cohort', 'stay_length'];

interface SubjectTableProps {
  readonly metric: ServedMetric;
  readonly rows: readonly SubjectRow[];
  readonly caption: string;
  readonly part: Part;
  /** Leaves out practice and risk where there is no room for them. */
  readonly brief?: boolean;
  /** Tells why a row counts or not, by its key. */
  readonly onWhy?: (key: string) => void;
}

/** The rows behind a number: who, when, and what each adds to it. */
export function SubjectTable({ metric, rows, caption, part, brief = false, onWhy }: SubjectTableProps) {
  const { dimensions } = useCatalogue();
  const carried = dimensions.filter(({ id, scope }) => scope !== 'set' && metric.dimensions.includes(id));
  const own = carried.filter(({ scope, ofOutcome }) => scope === 'subject' && !(ofOutcome && part === 'exclusion'));
  const isFull = own.length > MOST_OWN;
  const personal = brief || isFull ? [] : carried.filter(({ id }) => id === 'practice' || id === 'risk_tier');
  const columns: Column<SubjectRow>[] = [
    { key: 'person', label: 'Person', show: (row) => <PersonLink {...row} />, by: (row) => row.name ?? row.person_id },
    ...(metric.kind === 'measure' && metric.grain === 'person' ? [] : [dated(metric)]),
    ...[...own.filter(({ id }) => !(isFull && onWhy && LEAST.includes(id))), ...personal].map(
      ({ id, title, values }): Column<SubjectRow> => ({
        key: id,
        label: title,
        show: (row) => {
          const value = row.dimensions[id] ?? null;
          if (value === null) return <span className="quiet">not known</span>;
          return values.find((known) => known.value === value)?.label ?? value;
        },
        by: (row) => row.dimensions[id] ?? null,
      }),
    ),
    ...(part === 'gap' ? [] : adds(metric, part)),
    ...(metric.kind === 'measure' && part !== 'exclusion' ? [stands, shows] : []),
    ...(onWhy ? [asks(onWhy)] : []),
  ];
  return <DataTable caption={caption} columns={columns} rows={rows} id={keyOf} />;
}

/** Tells apart the rows of one metric. */
export const keyOf = ({ subject_id, anchor_date }: SubjectRow): string => `${subject_id} ${anchor_date}`;

const asks = (onWhy: (key: string) => void): Column<SubjectRow> => ({
  key: 'asks',
  label: 'Why',
  unlabelled: true,
  show: (row) => (
    <button type="button" className="link" onClick={() => onWhy(keyOf(row))}>
      Why<span className="unseen">{` ${row.name ?? row.person_id.slice(0, 8)}`}</span>
    </button>
  ),
});

const dated = (metric: ServedMetric): Column<SubjectRow> => ({
  key: 'date',
  label: dateLabels[metric.grain],
  align: 'date',
  show: ({ anchor_date, person_id, subject_id }) =>
    metric.grain === 'member-month' ? (
      month(anchor_date)
    ) : metric.grain === 'stay' ? (
      <PersonRoute id={person_id} event={subject_id}>
        {day(anchor_date)}
      </PersonRoute>
    ) : (
      day(anchor_date)
    ),
  by: ({ anchor_date }) => anchor_date,
});

const byNumerator = ({ numerator }: SubjectRow) => numerator;

const dollars: Column<SubjectRow> = {
  key: 'numerator',
  label: 'Dollars',
  unit: '$',
  align: 'right',
  show: ({ numerator }) => money(numerator),
  by: byNumerator,
};

const counted: Column<SubjectRow> = {
  key: 'numerator',
  label: 'Counted',
  align: 'right',
  show: ({ numerator }) => count(numerator),
  by: byNumerator,
};

const met: Column<SubjectRow> = {
  key: 'numerator',
  label: 'In the numerator',
  show: ({ numerator }) => (numerator > 0 ? 'yes' : <span className="quiet">no</span>),
  by: byNumerator,
};

const why: Column<SubjectRow> = {
  key: 'exclusion',
  label: 'Left out because',
  show: ({ exclusion }) => exclusion,
  by: ({ exclusion }) => exclusion,
};

const stands: Column<SubjectRow> = {
  key: 'status',
  label: 'Gap',
  show: ({ gap }) =>
    gap && (
      <>
        <b>{gap.status}</b>
        {gap.due_date && <small className="below">by {day(gap.due_date)}</small>}
      </>
    ),
  by: ({ gap }) => gap?.status ?? null,
};

const shows: Column<SubjectRow> = {
  key: 'why',
  label: 'Why',
  card: 'full',
  show: ({ gap }) =>
    gap && (
      <>
        {gap.reason && inDays(gap.reason)}
        {gap.evidence && <small className="below">{inDays(gap.evidence)}</small>}
      </>
    ),
  by: ({ gap }) => gap?.reason ?? null,
};

/** What a row adds to its part; nothing to say where every row adds one. */
function adds(metric: ServedMetric, part: Part): Column<SubjectRow>[] {
  if (part === 'exclusion') return isInDollars(metric) ? [dollars, why] : [why];
  if (metric.unit === 'percent') return part === 'numerator' ? [] : [met];
  return [isInDollars(metric) ? dollars : counted];
}

interface Named {
  readonly person_id: string;
  readonly name: string | null;
  readonly age: number | null;
  readonly sex: string | null;
}

/** A name, or the opaque id where there is none, with age and sex. */
export const PersonLink = ({ person_id, name, age, sex }: Named) => (
  <>
    <PersonRoute id={person_id}>{name ?? person_id.slice(0, 8)}</PersonRoute>{' '}
    <span className="quiet">{[age, sexLetter(sex)].filter(Boolean).join('\u00a0')}</span>
  </>
);

const sexLetter = (sex: string | null) => (sex === 'female' ? 'F' : sex === 'male' ? 'M' : null);
