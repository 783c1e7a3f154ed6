import type { Timeline, TimelineEvent } from '#contract/patient';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { MiniTrend } from '../../components/mini-trend.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { measured } from '../../format/number.ts';
import { isUsual, nameOf, unitOf } from './labs.ts';

interface Series {
  readonly title: string;
  readonly unit: string;
  readonly latest: TimelineEvent;
  readonly before: number | null;
  readonly last: readonly number[];
}

/** Results in a trend. */
const LAST = 5;
/** Tests that are told at once; others on asking. */
const FIRST = 12;

/** Numbers measured of a person, by test: those that are usually asked for, then the others, the latest first. */
function seriesOf({ events }: Timeline): Series[] {
  const tests = new Map<string, TimelineEvent[]>();
  for (const event of events) {
    if (event.lane !== 'observation' || event.value === null) continue;
    const name = nameOf(event);
    tests.set(name, [...(tests.get(name) ?? []), event]);
  }
  return [...tests.entries()]
    .flatMap(([title, results]): Series[] => {
      const inOrder = results.toSorted((a, b) => (a.start_date < b.start_date ? -1 : 1));
      const latest = inOrder.at(-1);
      if (!latest) return [];
      const values = inOrder.map(({ value }) => value ?? 0);
      return [{ title, unit: unitOf(latest.unit), latest, before: values.at(-2) ?? null, last: values.slice(-LAST) }];
    })
    .toSorted(
      (a, b) =>
        Number(isUsual(b.latest)) - Number(isUsual(a.latest)) || b.latest.start_date.localeCompare(a.latest.start_date),
    );
}

const columnsOf = (onOpen: (event: string) => void): Column<Series>[] => [
  {
    key: 'title',
    label: 'Observation',
    show: ({ title, unit, latest }) => (
      <>
        {title} <span className="quiet">{unit}</span>
        <small className="below">{day(latest.start_date)}</small>
      </>
    ),
    by: ({ title }) => title,
  },
  {
    key: 'latest',
    label: 'Latest',
    align: 'right',
    show: ({ title, latest }) => (
      <button
        type="button"
        className="link"
        aria-label={`${measured(latest.value ?? 0)}, where ${title} is from`}
        onClick={() => onOpen(latest.id)}
      >
        {measured(latest.value ?? 0)}
      </button>
    ),
  },
  { key: 'before', label: 'Before', align: 'right', show: ({ before }) => (before === null ? '–' : measured(before)) },
  {
    key: 'trend',
    label: 'Last five',
    card: 'hide',
    show: ({ last }) => last.length > 1 && <MiniTrend values={last} />,
  },
];

interface ObservationsProps {
  readonly letter: string;
  readonly timeline: Timeline;
  /** Shows an event and what stands behind it. */
  readonly onOpen: (event: string) => void;
}

export function Observations({ letter, timeline, onOpen }: ObservationsProps) {
  const series = seriesOf(timeline);
  const table = (caption: string, rows: readonly Series[]) => (
    <DataTable caption={caption} columns={columnsOf(onOpen)} rows={rows} id={({ title }) => title} />
  );
  const others = series.slice(FIRST);
  return (
    <Figure
      letter={letter}
      title={series.length === 0 ? 'No results on record' : `${plural(series.length, noun('test'))} on record`}
      sub="Latest of each, with the last five."
    >
      {series.length === 0 ? (
        <Message title="No data">
          <p>No EHR feed brought results for this person.</p>
        </Message>
      ) : (
        <>
          {table('Observations', series.slice(0, FIRST))}
          {others.length > 0 && (
            <Folded label={plural(others.length, noun('more test'))}>{table('Further observations', others)}</Folded>
          )}
        </>
      )}
    </Figure>
  );
}
