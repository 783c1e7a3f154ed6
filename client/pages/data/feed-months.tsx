import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FeedFiles } from '#contract/run';
import { feedFilesQuery, feedMonthsQuery } from '../../api/data.ts';
import { behindPoint, feedMonths } from '../../charts/feed-months.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { monthInFull, months } from '../../format/date.ts';
import { kindLabel, sourceLabel } from '../../format/label.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope, useTable } from '../../state/use-scope.ts';

const NO_OPTIONS = {};

/** Whether a month of a feed is missing, and the files behind each month. */
export function FeedMonthsFigure({ letter }: { letter: string }) {
  const { mode } = useScope();
  const { cell } = useSearch({ from: '/app/data' });
  const navigate = useNavigate();
  const table = useTable(letter);
  const answer = useQuery(feedMonthsQuery(mode));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Whether a month is missing">
        <Waiting on={[answer]} lines={12} />
      </Figure>
    );
  const { feeds, leftOut } = answer.data;
  const select = (point: string) =>
    navigate({
      to: '.',
      search: (search) => ({ ...search, cell: cell === point ? undefined : point }),
      resetScroll: false,
    });
  return (
    <ChartFigure
      letter={letter}
      chart={feedMonths}
      rows={feeds}
      options={NO_OPTIONS}
      fileName="records-by-month"
      table={table}
      note={
        mode === 'identified'
          ? 'A month opens its files.'
          : `Records are told to the nearest 20${leftOut > 0 ? `, and ${plural(leftOut, noun('feed'))} with a month of 1 to 10 not at all` : ''}.`
      }
      below={mode === 'identified' && cell !== undefined && <FilesBehind key={cell} {...behindPoint(cell)} />}
      {...(mode === 'identified' && { onSelect: select })}
    />
  );
}

function FilesBehind(asked: ReturnType<typeof behindPoint>) {
  const answer = useQuery(feedFilesQuery(asked));
  if (!answer.data) return <Waiting on={[answer]} lines={4} />;
  const { files } = answer.data;
  const records = files.reduce((sum, { rows }) => sum + rows, 0);
  const holding = files.filter(({ rows }) => rows > 0).length;
  const title = `${kindLabel(asked.kind)}, ${sourceLabel(asked.source)}, ${monthInFull(asked.month)}: ${plural(records, noun('record'))} in ${plural(holding, noun('file'))}${holding < files.length ? ` of ${count(files.length)}` : ''}`;
  return (
    <section className="files-behind" aria-label="Files of the month">
      <p className="rows-acts">
        <span>{title}</span>
      </p>
      <DataTable caption={title} columns={columns} rows={files} id={({ path }) => path} />
    </section>
  );
}

const columns: Column<FeedFiles['files'][number]>[] = [
  { key: 'path', label: 'File', show: ({ path }) => <code className="origin">{path}</code>, by: ({ path }) => path },
  {
    key: 'rows',
    label: 'Of the month',
    align: 'right',
    show: ({ rows }) => (rows === 0 ? <b className="bad">0</b> : count(rows)),
    by: ({ rows }) => rows,
    total: (files) => count(files.reduce((sum, { rows }) => sum + rows, 0)),
  },
  {
    key: 'all',
    label: 'Of all months',
    align: 'right',
    show: ({ rows_of_all }) => count(rows_of_all),
    by: ({ rows_of_all }) => rows_of_all,
    total: (files) => count(files.reduce((sum, { rows_of_all }) => sum + rows_of_all, 0)),
  },
  {
    key: 'span',
    label: 'Months',
    align: 'date',
    show: ({ first_month, last_month }) => months(first_month, last_month),
    by: ({ first_month }) => first_month,
  },
];
