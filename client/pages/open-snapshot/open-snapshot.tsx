import { useQuery } from '@tanstack/react-query';
import type { SnapshotFile } from '#contract/snapshot-file';
import { snapshotFileQuery } from '../../api/data.ts';
import { Answer, Head, Proof } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Sql } from '../../components/sql.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { inSentence, noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { firstQuery, snippetsOf } from './snippets.ts';

/** How to ask the snapshot without this product, what its tables are, and what protects nobody there. */
export function OpenSnapshot() {
  const { mode } = useScope();
  const { synthetic } = useCatalogue();
  const answer = useQuery(snapshotFileQuery(mode));
  return (
    <>
      <Head title="Open the snapshot" question="How do I ask the snapshot myself?">
        {answer.data ? (
          <Answer>
            Every number comes from one file, <b>{answer.data.file.split('/').at(-1)}</b>, that any DuckDB from 1.3 on
            opens
            <Proof letter="A" />: <b>{plural(answer.data.tables.length, noun('table'))}</b>, in the words that they were
            declared with
            <Proof letter="B" />.{' '}
            {synthetic ? (
              'The people in it are made up; in a snapshot of real people they are not hidden.'
            ) : (
              <b>The people in it are not hidden.</b>
            )}
          </Answer>
        ) : (
          <Waiting on={[answer]} lines={2} />
        )}
      </Head>
      {answer.data && (
        <div className="figures">
          <Ways file={answer.data} />
          <Tables file={answer.data} shareable={mode === 'shareable'} />
        </div>
      )}
    </>
  );
}

function Ways({ file: { file, dataThrough } }: { file: SnapshotFile }) {
  const { metrics, period } = useCatalogue();
  const metric = metrics.find(({ kind }) => kind === 'metric') ?? metrics[0];
  const query = metric ? firstQuery(metric, period) : 'select * from catalogue.snapshot';
  return (
    <Figure
      letter="A"
      title="Five ways to open it"
      sub={`Run in the home folder of the server, which is .throughline unless another was chosen. The query asks for ${metric ? `${inSentence(metric.title)}, ${period}` : 'what the snapshot is'}; data through ${day(dataThrough)}.`}
      note="Open it for reading only: a file that has changed by a byte is no longer served. “How is this computed?” under any number gives the SELECT of that number, to run in the same way."
    >
      <div className="ways">
        <section className="leaves">
          <h3>What leaves the protection</h3>
          <p>
            The file holds identified data: names, birth dates, claims and charts of every person. Whoever can read it
            reads all of that. No role, no suppression of small cells and no log of who looked goes with it, and a copy
            stays when the snapshot is replaced. Keep it where the source files may lie, and share only what this
            product exports.
          </p>
        </section>
        {snippetsOf(file, query).map(({ tool, text, note }) => (
          <section key={tool}>
            <h3>{tool}</h3>
            <Sql text={text} />
            <p className="quiet">{note}</p>
          </section>
        ))}
      </div>
    </Figure>
  );
}

type Table = SnapshotFile['tables'][number];

/** The schemas in the order of interest: what a number is made of first. */
const SCHEMAS: readonly [name: string, title: string][] = [
  ['metric', 'Metrics: a row per unit of the denominator'],
  ['rate', 'Rates of quality measures, in the shape of metrics'],
  ['measure', 'Quality measures: a row per rate, subject and period'],
  ['mart', 'Marts: what metrics are made from'],
  ['fact', 'Facts that several metrics share'],
  ['core', 'Core: people, claims, visits, conditions, as the sources state them'],
  ['reference', 'Reference: codes and factors that were applied'],
  ['catalogue', 'Catalogue: the declarations of all this'],
  ['run', 'Run: files, checks and the account of every record'],
];

function Tables({ file: { tables }, shareable }: { file: SnapshotFile; shareable: boolean }) {
  return (
    <Figure
      letter="B"
      title={`${plural(tables.length, noun('table'))}, and what each column means`}
      sub={shareable ? 'How many rows each has is not told in shareable mode.' : undefined}
      note="person_id and encounter_id are opaque and stay the same from run to run. Money is in dollars; codes are upper case, without dots."
    >
      {SCHEMAS.map(([schema, title]) => {
        const of = tables.filter(({ name }) => name.startsWith(`${schema}.`));
        return (
          <details key={schema} className="more-rows">
            <summary>{`${title} (${count(of.length)})`}</summary>
            <DataTable caption={title} columns={columns(shareable)} rows={of} id={({ name }) => name} />
          </details>
        );
      })}
    </Figure>
  );
}

const columns = (shareable: boolean): Column<Table>[] => [
  {
    key: 'name',
    label: 'Table',
    card: 'full',
    show: ({ name, meaning, columns }) => (
      <details className="table-words">
        <summary>
          <code>{name}</code>
          {meaning && <small className="below">{meaning}</small>}
        </summary>
        <dl>
          {columns.map((column) => (
            <div key={column.name}>
              <dt>
                <code>{column.name}</code> <span className="quiet">{column.type}</span>
              </dt>
              {column.meaning && <dd>{column.meaning}</dd>}
            </div>
          ))}
        </dl>
      </details>
    ),
    by: ({ name }) => name,
  },
  {
    key: 'columns',
    label: 'Columns',
    align: 'right',
    show: ({ columns }) => count(columns.length),
    by: ({ columns }) => columns.length,
  },
  {
    key: 'rows',
    label: 'Rows',
    align: 'right',
    show: ({ rows }) => (rows === null ? (shareable ? 'hidden' : 'view') : count(rows)),
    by: ({ rows }) => rows,
  },
];
