import { useQuery } from '@tanstack/react-query';
import type { Feed, Freshness } from '#contract/run';
import { freshnessQuery } from '../../api/data.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { kindLabel, sourceLabel } from '../../format/label.ts';
import { inWords, noun, plural, sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { isLate, lateFeeds } from '../../state/freshness.ts';
import { useScope } from '../../state/use-scope.ts';

/** How far each feed's dates reach. */
export function Feeds({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(freshnessQuery(mode));
  return (
    <Figure
      letter={letter}
      title={answer.data ? findingOf(answer.data) : 'How far each feed reaches'}
      sub="Dates of service by source and kind. Facts dated after the last day are kept, flagged and not counted."
    >
      {answer.data ? (
        <DataTable
          caption="Feeds"
          columns={columnsOf(answer.data)}
          rows={answer.data.feeds}
          id={({ source_name, kind }) => `${source_name} ${kind}`}
        />
      ) : (
        <Waiting on={[answer]} lines={18} />
      )}
    </Figure>
  );
}

function findingOf(freshness: Freshness): string {
  const dated = freshness.feeds.filter(({ last_date }) => last_date !== null);
  const late = lateFeeds(freshness);
  if (dated.length === 0) return `${plural(freshness.feeds.length, noun('feed'))}, none with dates`;
  const [first] = late;
  if (first && late.length === 1)
    return `${kindLabel(first.kind)} of ${sourceLabel(first.source_name)} ends on ${day(first.last_date ?? '')}, more than a month before the data do`;
  return late.length === 0
    ? `All ${plural(dated.length, noun('feed'))} with dates reach within a month of ${day(freshness.dataThrough)}`
    : `${sentence(inWords(late.length))} of ${plural(dated.length, noun('feed'))} with dates end more than a month before the data do`;
}

/** Nothing for feeds that hold no dates. */
const date = (iso: string | null) => iso && day(iso);

const columnsOf = (freshness: Freshness): Column<Feed>[] => [
  { key: 'kind', label: 'Feed', show: ({ kind }) => kindLabel(kind), by: ({ kind }) => kind },
  {
    key: 'source',
    label: 'Source',
    show: ({ source_name }) => sourceLabel(source_name),
    by: ({ source_name }) => source_name,
  },
  {
    key: 'rows',
    label: 'Rows',
    align: 'right',
    show: ({ rows }) => (rows === null ? <span className="quiet">few</span> : count(rows)),
    by: ({ rows }) => rows,
  },
  {
    key: 'first',
    label: 'From',
    align: 'date',
    show: ({ first_date }) => date(first_date),
    by: ({ first_date }) => first_date,
  },
  {
    key: 'last',
    label: 'To',
    align: 'date',
    show: (feed) => (
      <>
        {date(feed.last_date)}
        {isLate(feed, freshness) && <b className="bad"> late</b>}
      </>
    ),
    by: ({ last_date }) => last_date,
  },
  {
    key: 'paid',
    label: 'Paid to',
    align: 'date',
    show: ({ paid_through }) => date(paid_through),
    by: ({ paid_through }) => paid_through,
  },
];
