import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Lineage } from '#contract/run';
import { lineageQuery } from '../../api/data.ts';
import { lineage } from '../../charts/lineage.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ChartDrawing, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';

type Node = Lineage['nodes'][number];

const stages: readonly Node['kind'][] = ['file', 'input', 'reference', 'core', 'mart', 'metric', 'measure'];

/** What reads what, from file to measure. Choosing a name shows what it is made from and what is made from it. */
export function LineageFigure({ letter }: { letter: string }) {
  const answer = useQuery(lineageQuery());
  const { node } = useSearch({ from: '/app/data' });
  if (!answer.data)
    return (
      <Figure letter={letter} title="What reads what">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  const { nodes } = answer.data;
  const chosen = nodes.find(({ name }) => name === node);
  const ends = nodes.filter(({ kind }) => kind === 'metric' || kind === 'measure');
  const shown = chosen ? kin(nodes, chosen) : ends;
  const seconds = nodes.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return (
    <Figure
      letter={letter}
      title={
        chosen
          ? `${chosen.name} stands between ${plural(shown.length - 1, noun('other'))}`
          : `${plural(nodes.length, noun('table and file', 'tables and files'))}, built in ${seconds.toFixed(1)} seconds`
      }
      sub={
        chosen
          ? 'What it is made from, and what is made from it, in the order of the data’s way.'
          : 'The measures at the end of the way. Choose one to follow it back to its files.'
      }
      onward={
        chosen && (
          <Link className="link" to="." search={(search) => ({ ...search, node: undefined })} resetScroll={false}>
            Show all
          </Link>
        )
      }
    >
      {chosen && shown.every(({ reads }) => !reads.includes(chosen.name)) && <Way nodes={shown} of={chosen.name} />}
      <NodeTable nodes={shown} selected={chosen?.name} />
      {!chosen && (
        <details className="more-rows">
          <summary>{`All ${plural(nodes.length, noun('table and file', 'tables and files'))}`}</summary>
          <NodeTable nodes={nodes} />
        </details>
      )}
    </Figure>
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
