import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { Runs, ServedRun } from '#contract/run';
import { runsQuery } from '../../api/data.ts';
import { stageBars } from '../../charts/stage-bars.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope, useTable } from '../../state/use-scope.ts';

/** What each run of the pipeline did; the chosen one's stages in seconds. */
export function RunsFigure({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(runsQuery(mode));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Runs of the pipeline">
        <Waiting on={[answer]} />
      </Figure>
    );
  return <Chosen letter={letter} {...answer.data} />;
}

const NO_OPTIONS = {};

function Chosen({ letter, current, runs }: Runs & { letter: string }) {
  const search = useSearch({ from: '/app/data' });
  const table = useTable(letter);
  const run = runs.find(({ runId }) => runId === (search.run ?? current)) ?? runs[0];
  if (!run)
    return (
      <Figure letter={letter} title="No run is on record">
        <Message title="No data">
          <p>The home folder holds no run summaries.</p>
        </Message>
      </Figure>
    );
  return (
    <>
      <ChartFigure
        letter={letter}
        span={6}
        chart={stageBars}
        rows={run.stages}
        options={NO_OPTIONS}
        fileName={`${run.runId}-stages`}
        table={table}
      />
      <section className="span-6 beside" aria-label="Runs">
        <h2>Runs</h2>
        <DataTable caption="Runs" columns={columns} rows={runs} id={({ runId }) => runId} selected={run.runId} />
      </section>
    </>
  );
}

const columns: Column<ServedRun>[] = [
  {
    key: 'run',
    label: 'Run',
    show: ({ runId, startedAt }) => (
      <>
        <Link to="." search={(search) => ({ ...search, run: runId })} resetScroll={false}>
          {day(startedAt)} {startedAt.slice(11, 16)}
        </Link>
        <small className="below">{runId}</small>
      </>
    ),
  },
  {
    key: 'status',
    label: 'Outcome',
    show: ({ status, exitCode, message }) => (
      <>
        {status}
        {exitCode !== 0 && message && <small className="below">{message}</small>}
      </>
    ),
  },
  {
    key: 'records',
    label: 'Records',
    unit: 'with headers',
    align: 'right',
    show: ({ records, files }) => (
      <>
        {count(records)}
        <small className="below">{plural(files, noun('file'))}</small>
      </>
    ),
  },
  {
    key: 'quarantined',
    label: 'Quarantined',
    align: 'right',
    show: ({ quarantined }) => (quarantined === null ? <span className="quiet">hidden</span> : count(quarantined)),
  },
  { key: 'persons', label: 'People', align: 'right', show: ({ persons }) => (persons === null ? '–' : count(persons)) },
];
