import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Before, type GapGroups } from '#contract/gap';
import { isRecorded, type ServedMetric } from '#contract/metric';
import { gapGroupsQuery } from '../../api/gaps.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';

type Group = GapGroups['groups'][number] & { readonly before: Before };

const STOOD: Readonly<Record<Before, string>> = {
  open: 'Open at the end of last year too',
  closed: 'Closed last year, due again',
  'not counted': 'Not asked of them last year',
};

/** How old the gaps of a measure are: those that a whole year did not close need another way than a reminder. */
export function Ageing({ letter, metric }: { letter: string; metric: ServedMetric }) {
  const { where, mode } = useScope();
  const isOpen = mode === 'identified';
  const answer = useQuery({
    ...gapGroupsQuery({ where, mode, measure: metric.id, by: 'before' }),
    enabled: isOpen && isRecorded(metric),
  });
  const groups = answer.data?.flatMap((group): Group[] => {
    const before = Before.safeParse(group.value).data;
    return before ? [{ ...group, before }] : [];
  });
  const all = groups?.reduce((sum, { gaps }) => sum + gaps, 0) ?? 0;
  const old = groups?.find(({ before }) => before === 'open')?.gaps ?? 0;
  const columns: Column<Group>[] = [
    {
      key: 'stood',
      label: 'The same people a year before',
      show: ({ before }) => STOOD[before],
      total: () => 'All',
    },
    {
      key: 'gaps',
      label: 'Open gaps',
      align: 'right',
      show: ({ gaps }) => (
        <>
          <b>{count(gaps)}</b>
          <small className="below">{Math.round((100 * gaps) / all)}%</small>
        </>
      ),
      by: ({ gaps }) => gaps,
      total: () => count(all),
    },
    {
      key: 'overdue',
      label: 'Overdue',
      align: 'right',
      show: ({ overdue }) => count(overdue),
      by: ({ overdue }) => overdue,
      total: (groups) => count(groups.reduce((sum, { overdue }) => sum + overdue, 0)),
    },
    {
      key: 'list',
      label: 'List',
      unlabelled: true,
      card: 'full',
      show: ({ before, people }) => (
        <Link className="see" to="/gaps/worklist" search={{ measure: metric.id, before }}>
          See the {plural(people, noun('person', 'people'))}
          <Arrow />
        </Link>
      ),
    },
  ];
  return (
    <Figure
      letter={letter}
      span={6}
      title={
        groups && all > 0
          ? `${metric.title}: ${count(old)} of ${plural(all, noun('open gap'))} ${old === 1 ? 'was' : 'were'} open a year before too`
          : `${metric.title}: how old the gaps are`
      }
      sub="Open gaps by how the same people stood in this rate at the end of the year before."
      caveats={metric.caveats}
      note={groups && 'People who died, or whose claims are not shared, are left out, as in the worklist.'}
    >
      {!isOpen ? (
        <Message title="Not in shareable mode">
          <p>Shareable pages count nobody by their own history. Switch the mode to Identified to see it.</p>
        </Message>
      ) : !isRecorded(metric) ? (
        <Message title="Not recorded">
          <p>No source here records what this measure asks for.</p>
        </Message>
      ) : !groups ? (
        <Waiting on={[answer]} lines={6} />
      ) : all === 0 ? (
        <Message title="No open gap">
          <p>Everybody whom this measure applies to has met it.</p>
        </Message>
      ) : (
        <DataTable
          caption={`${metric.title}, age of the gaps`}
          columns={columns.filter(({ key }) => key !== 'overdue' || groups.some(({ overdue }) => overdue > 0))}
          rows={groups}
          id={({ before }) => before}
        />
      )}
    </Figure>
  );
}
