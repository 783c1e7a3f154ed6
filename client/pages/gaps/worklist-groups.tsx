import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatFilter } from '#contract/filter';
import type { GapGroups, GapGroupsQuery } from '#contract/gap';
import { gapGroupsQuery } from '../../api/gaps.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Waiting } from '../../components/states.tsx';
import { count } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

type Group = GapGroups['groups'][number];

/** The gaps of the list by practitioner or practice; each opens its own list. */
export function GapGroupTable({ asked }: { asked: GapGroupsQuery & { by: 'provider' | 'practice' } }) {
  const { dimensions } = useCatalogue();
  const { chosen } = useScope();
  const answer = useQuery(gapGroupsQuery(asked));
  if (!answer.data) return <Waiting on={[answer]} lines={16} />;
  const practiceOf = (value: string | null) => labelIn(dimensions, 'practice', value) ?? 'no practice';
  const name = ({ value, label }: Group) =>
    asked.by === 'practice' ? practiceOf(value) : (label ?? value ?? 'no practitioner');
  const numeric = (key: 'people' | 'gaps' | 'overdue' | 'due_soon', label: string): Column<Group> => ({
    key,
    label,
    align: 'right',
    show: (group) => (key === 'gaps' ? <b>{count(group[key])}</b> : count(group[key])),
    by: (group) => group[key],
    total: (groups) => count(groups.reduce((sum, group) => sum + group[key], 0)),
  });
  const columns: Column<Group>[] = [
    {
      key: 'name',
      label: asked.by === 'practice' ? 'Practice' : 'Practitioner',
      show: (group) => (
        <Link
          to="."
          search={({ view: _, page: __, ...search }) =>
            asked.by === 'provider'
              ? { ...search, provider: group.value ?? 'none' }
              : { ...search, where: formatFilter({ ...chosen, practice: [group.value ?? ''] }) }
          }
        >
          {name(group)}
        </Link>
      ),
      by: name,
      total: () => 'All',
    },
    ...(asked.by === 'provider'
      ? [
          {
            key: 'practice',
            label: 'Practice',
            show: ({ practice }: Group) => practiceOf(practice),
            by: ({ practice }: Group) => practiceOf(practice),
          },
        ]
      : []),
    numeric('people', 'People'),
    numeric('gaps', 'Open gaps'),
    numeric('overdue', 'Overdue'),
    numeric('due_soon', 'Due soon'),
  ];
  return (
    <DataTable
      caption={`Open gaps by ${asked.by === 'practice' ? 'practice' : 'practitioner'}`}
      columns={columns}
      rows={answer.data}
      id={({ value }) => value ?? 'none'}
    />
  );
}
