import type { Timeline, TimelineEvent } from '#contract/patient';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { MiniTrend } from '../../components/mini-trend.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { nameOf, unitOf } from './labs.ts';

interface Series {
  readonly title: string;
  readonly unit: string;
  readonly latest: TimelineEvent;
  readonly before: number | null;
  readonly last: readonly number[];
}

const SHOWN = 5;

/** Numbers measured of a person, by test, latest test first. */
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
      return [{ title, unit: unitOf(latest.unit), latest, before: values.at(-2) ?? null, last: values.slice(-SHOWN) }];
    })
    .toSorted((a, b) => (a.latest.start_date < b.latest.start_date ? 1 : -1));
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
        aria-label={`${latest.value}, where ${title} is from`}
        onClick={() => onOpen(latest.id)}
      >
        {latest.value}
      </button>
    ),
  },
  { key: 'before', label: 'Before', align: 'right', show: ({ before }) => before ?? '–' },
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
        <DataTable caption="Observations" columns={columnsOf(onOpen)} rows={series} id={({ title }) => title} />
      )}
    </Figure>
  );
}
