import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Lineage } from '#contract/run';
import { lineageQuery } from '../../api/data.ts';
import { lineage } from '../../charts/lineage.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ChartDrawing, Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { inSentence, noun, plural, sentence } from '../../format/noun.ts';
import { count, duration } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';

type Node = Lineage['nodes'][number];

const stages: readonly Node['kind'][] = ['file', 'input', 'reference', 'core', 'mart', 'metric', 'measure'];

/** Whose way is shown when none is chosen. */
const USUAL = 'metric.readmission_30_day';

/** What reads what, from file to measure: what one name is made from, and what is made from it. */
export function LineageFigure({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(lineageQuery(mode));
  const { node } = useSearch({ from: '/app/data' });
  const { metrics } = useCatalogue();
  if (!answer.data)
    return (
      <Figure letter={letter} title="What reads what">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  const { nodes } = answer.data;
  const ends = nodes.filter(({ kind }) => kind === 'metric' || kind === 'measure');
  const chosen = [node, USUAL, ends[0]?.name].flatMap((name) => nodes.find((one) => one.name === name) ?? [])[0];
  if (!chosen)
    return (
      <Figure letter={letter} title="What reads what">
        <Message title="No data">
          <p>This snapshot tells of no tables.</p>
        </Message>
      </Figure>
    );
  const shown = kin(nodes, chosen);
  const isEnd = shown.every(({ reads }) => !reads.includes(chosen.name));
  const seconds = nodes.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return (
    <Figure
      letter={letter}
      title={
        isEnd
          ? `${titleOf(chosen, metrics)}: ${inSentence(lineage.finding(shown, { of: chosen.name, shareable: mode === 'shareable' }))}`
          : `${chosen.name} stands between ${plural(shown.length - 1, noun('other'))}`
      }
      sub={`What it is made from, and what is made from it, in the order of the data’s way. ${sentence(plural(nodes.length, tables))} in all; their own times add up to ${duration(seconds)}, though many are built side by side.`}
      onward={<Follow ends={ends} chosen={chosen.name} />}
      below={
        <>
          {isEnd && (
            <Folded label={`These ${plural(shown.length, tables)}, with rows and seconds`}>
              <NodeTable nodes={shown} selected={chosen.name} />
            </Folded>
          )}
          <Folded label={`All ${plural(nodes.length, tables)}`}>
            <NodeTable nodes={nodes} />
          </Folded>
        </>
      }
    >
      {isEnd ? <Way nodes={shown} of={chosen.name} /> : <NodeTable nodes={shown} selected={chosen.name} />}
    </Figure>
  );
}

/** The words of a number, where one metric is made of the table. */
const titleOf = ({ name }: Node, metrics: readonly ServedMetric[]): string =>
  metrics.find(({ id }) => id === name.split('.')[1]?.replaceAll('_', '-'))?.title ?? name;

const tables = noun('table or file', 'tables and files');

/** Which number is followed back to its files. */
function Follow({ ends, chosen }: { ends: readonly Node[]; chosen: string }) {
  const navigate = useNavigate();
  const names = ends.map(({ name }) => name);
  return (
    <label className="group-by">
      Follow
      <select
        value={chosen}
        onChange={({ target }) =>
          navigate({ to: '.', search: (search) => ({ ...search, node: target.value }), resetScroll: false })
        }
      >
        {[...(names.includes(chosen) ? [] : [chosen]), ...names].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Way({ nodes, of }: { nodes: readonly Node[]; of: string }) {
  const { mode } = useScope();
  const navigate = useNavigate();
  const options = useMemo(() => ({ of, shareable: mode === 'shareable' }), [of, mode]);
  return (
    <>
      <ChartDrawing
        chart={lineage}
        rows={nodes}
        options={options}
        onSelect={(node) => navigate({ to: '.', search: (search) => ({ ...search, node }), resetScroll: false })}
      />
      <p className="quiet">{lineage.note(nodes, options)}</p>
    </>
  );
}

interface NodeTableProps {
  readonly nodes: readonly Node[];
  readonly selected?: string | undefined;
}

const NodeTable = ({ nodes, selected }: NodeTableProps) => (
  <DataTable
    caption="Lineage"
    columns={columns}
    rows={nodes.toSorted((a, b) => stages.indexOf(a.kind) - stages.indexOf(b.kind) || a.name.localeCompare(b.name))}
    id={({ name }) => name}
    selected={selected}
  />
);

/** The node, everything that it is made from, and everything made from it. */
function kin(nodes: readonly Node[], start: Node): Node[] {
  const follow = (next: (node: Node) => readonly Node[]) => {
    const reached = new Set([start]);
    for (const node of reached) for (const each of next(node)) reached.add(each);
    return reached;
  };
  const sources = follow(({ reads }) => nodes.filter(({ name }) => reads.includes(name)));
  const readers = follow(({ name }) => nodes.filter(({ reads }) => reads.includes(name)));
  return nodes.filter((node) => sources.has(node) || readers.has(node));
}

const columns: Column<Node>[] = [
  {
    key: 'name',
    label: 'Name',
    show: ({ name }) => (
      <Link to="." search={(search) => ({ ...search, node: name })} resetScroll={false}>
        <code>{name}</code>
      </Link>
    ),
    by: ({ name }) => name,
  },
  { key: 'kind', label: 'Stage', show: ({ kind }) => kind, by: ({ kind }) => stages.indexOf(kind) },
  {
    key: 'rows',
    label: 'Rows',
    align: 'right',
    show: ({ rows }) => (rows === null ? '–' : count(rows)),
    by: ({ rows }) => rows,
  },
  {
    key: 'seconds',
    label: 'Seconds',
    align: 'right',
    show: ({ seconds }) => (seconds === null ? '–' : seconds.toFixed(2)),
    by: ({ seconds }) => seconds,
  },
  {
    key: 'reads',
    label: 'Reads',
    card: 'full',
    show: ({ reads }) => <span className="reads">{reads.join(', ') || '–'}</span>,
  },
];
