import { useQuery } from '@tanstack/react-query';
import type { Freshness } from '#contract/run';
import { freshnessQuery } from '../../api/data.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';

type Feed = Freshness['feeds'][number];

const date = (iso: string | null) => (iso ? day(iso) : <span className="quiet">none</span>);

const columns: Column<Feed>[] = [
  { key: 'source', label: 'Source', show: ({ source_name }) => source_name, by: ({ source_name }) => source_name },
  { key: 'kind', label: 'Kind', show: ({ kind }) => kind.replaceAll('_', ' '), by: ({ kind }) => kind },
  {
    key: 'rows',
    label: 'Rows',
    align: 'right',
    show: ({ rows }) => (rows === null ? <span className="quiet">few</span> : count(rows)),
    by: ({ rows }) => rows,
  },
  { key: 'first', label: 'From', show: ({ first_date }) => date(first_date), by: ({ first_date }) => first_date },
  { key: 'last', label: 'To', show: ({ last_date }) => date(last_date), by: ({ last_date }) => last_date },
  {
    key: 'paid',
    label: 'Paid to',
    show: ({ paid_through }) => date(paid_through),
    by: ({ paid_through }) => paid_through,
  },
];

/** How far each feed's dates reach. */
export function Feeds({ letter }: { letter: string }) {
  const answer = useQuery(freshnessQuery());
  return (
    <Figure
      letter={letter}
      title={
        answer.data
          ? `${plural(answer.data.feeds.length, noun('feed'))}, facts to ${day(answer.data.dataThrough)}`
          : 'How far each feed reaches'
      }
      sub="Service dates by source and kind. Facts dated later are kept, flagged and not counted."
    >
      {answer.data ? (
        <DataTable
          caption="Feeds"
          columns={columns}
          rows={answer.data.feeds}
          id={({ source_name, kind }) => `${source_name} ${kind}`}
        />
      ) : (
        <Waiting on={[answer]} />
      )}
    </Figure>
  );
}
