import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatFilter } from '#contract/filter';
import type { GapGroups } from '#contract/gap';
import type { Providers } from '#contract/providers';
import { gapGroupsQuery } from '../../api/gaps.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { day } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count, ROUGHLY, SUPPRESSED, SUPPRESSION } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { AttributedPeople, Opening, type Selection, useSelection } from '../attributed-people.tsx';
import { type Unit, unitNoun } from './units.ts';

type Panel = Providers['panels'][number];
type GapCounts = GapGroups['groups'][number];

/** What one practice or practitioner has to look after. */
interface Load {
  readonly id: string | null;
  readonly name: string;
  readonly practice: string | null;
  readonly persons: number | null;
  readonly tiers: Panel['tiers'];
  readonly seen: number | null;
  readonly expected: number | null;
  readonly gaps: GapCounts | undefined;
  /** Lists its people. */
  readonly selection: Selection;
}

const people = noun('person', 'people');
const PRACTICE = 'No practice known';

/** Panels of one kind, the largest first. */
function loadsOf({ practices, panels }: Providers, unit: Unit, gaps: readonly GapCounts[]): Load[] {
  const gapsOf = (id: string | null) => gaps.find(({ value }) => value === id);
  if (unit === 'practitioner')
    return panels.map((panel) => ({
      ...panel,
      id: panel.npi,
      name: panel.practitioner ?? 'No practitioner named',
      practice: practices.find(({ practice_id }) => practice_id === panel.practice_id)?.practice ?? null,
      gaps: gapsOf(panel.npi),
      selection: { practice: panel.practice_id ?? 'none', npi: panel.npi ?? 'none' },
    }));
  return practices.map(({ practice_id, practice, persons }) => {
    const own = panels.filter((panel) => panel.practice_id === practice_id);
    return {
      id: practice_id,
      name: practice ?? PRACTICE,
      practice: null,
      persons,
      tiers: summed(own),
      seen: own.every(({ seen }) => seen !== null) ? sum(own.map(({ seen }) => seen ?? 0)) : null,
      expected: own.some(({ expected }) => expected !== null) ? sum(own.map(({ expected }) => expected ?? 0)) : null,
      gaps: gapsOf(practice_id),
      selection: { practice: practice_id ?? 'none' },
    };
  });
}

function summed(panels: readonly Panel[]): Panel['tiers'] {
  const [first] = panels;
  return (
    first?.tiers?.map(({ tier }, at) => ({
      tier,
      persons: sum(panels.map(({ tiers }) => tiers?.[at]?.persons ?? 0)),
    })) ?? null
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

interface LoadProps {
  readonly letter: string;
  readonly told: Providers;
  readonly date: string;
  readonly unit: Unit;
  readonly onward?: ReactNode;
}

/** Attributed people, their risk and their open gaps, by who looks after them. */
export function LoadFigure({ letter, told, date, unit, onward }: LoadProps) {
  const { mode } = useScope();
  const opens = mode === 'identified';
  const selection = useSelection();
  const groups = useQuery({
    ...gapGroupsQuery({ where: '', by: unit === 'practice' ? 'practice' : 'provider', mode }),
    enabled: opens,
  });
  const loads = loadsOf(told, unit, groups.data ?? []);
  const known = loads.filter(({ id }) => id !== null).flatMap(({ persons }) => persons ?? []);
  const sizes = known.toSorted((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)];
  return (
    <Figure
      letter={letter}
      title={
        middle === undefined
          ? 'Whom each looks after'
          : known.length === 1
            ? `${sentence(plural(middle, people))} to look after`
            : `${sentence(unitNoun[unit].many)} look after ${count(sizes[0] ?? 0)} to ${count(sizes.at(-1) ?? 0)} people, the middle one ${count(middle)}`
      }
      sub={`The living on the panel at ${day(date)}, whatever the filter. A load, no judgement: the largest first.`}
      note={
        opens
          ? 'Risk: the tier at the end of that month. Expected in hospital: by the model of risk, within 12 months. Seen: a primary care service at the practice within 12 months. Open gaps are those of the worklist, which holds everybody last seen on the panel, also who has left since.'
          : `Risk, gaps and lists are closed in shareable mode. ${ROUGHLY}${loads.some(({ persons }) => persons === null) ? ` ${sentence(SUPPRESSION)}.` : ''}`
      }
      onward={onward}
    >
      <DataTable
        caption={`Panels of ${unitNoun[unit].many}`}
        columns={columnsOf(unit, { opens, among: told.practices.length > 1 }, (load) =>
          load.id !== null && load.gaps ? (
            <Link
              to="/gaps/worklist"
              search={{
                cohort: undefined,
                ...(unit === 'practice'
                  ? { where: formatFilter({ practice: [load.id] }) }
                  : { where: undefined, provider: load.id }),
              }}
            >
              {count(load.gaps.gaps)}
            </Link>
          ) : (
            count(load.gaps?.gaps ?? 0)
          ),
        )}
        rows={loads}
        id={({ selection }) => `${selection.practice} ${selection.npi}`}
      />
      {opens && selection && (selection.practice ?? selection.npi) && (
        <AttributedPeople key={JSON.stringify(selection)} selection={selection} date={date} />
      )}
    </Figure>
  );
}

const HIGH = ['high', 'very high'];

const columnsOf = (
  unit: Unit,
  { opens, among }: { opens: boolean; among: boolean },
  gapsOf: (load: Load) => ReactNode,
): Column<Load>[] => [
  {
    key: 'name',
    label: sentence(unitNoun[unit].one),
    show: ({ id, name, practice }) => (
      <>
        {id === null ? (
          name
        ) : (
          <Link to="/providers/$id" params={{ id }}>
            {name}
          </Link>
        )}
        {among && practice !== null && <small className="below">{practice}</small>}
      </>
    ),
    by: ({ name }) => name,
    total: () => 'All',
  },
  {
    key: 'persons',
    label: 'People',
    align: 'right',
    show: ({ persons, selection }) =>
      persons === null ? (
        <span className="quiet">{SUPPRESSED}</span>
      ) : opens ? (
        <Opening selection={selection}>{count(persons)}</Opening>
      ) : (
        count(persons)
      ),
    by: ({ persons }) => persons,
    total: (loads) =>
      loads.some(({ persons }) => persons === null) ? '' : count(sum(loads.map((load) => load.persons ?? 0))),
  },
  ...(opens
    ? [
        ...HIGH.map(
          (tier): Column<Load> => ({
            key: tier,
            label: `${sentence(tier)} risk`,
            align: 'right',
            show: (load) => {
              const persons = inTier(load, tier);
              return persons === 0 ? (
                '0'
              ) : (
                <>
                  <Opening selection={{ ...load.selection, tier }}>{count(persons)}</Opening>
                  <small className="below">{share(persons, load.persons)}</small>
                </>
              );
            },
            by: (load) => inTier(load, tier),
            total: (loads) => count(sum(loads.map((load) => inTier(load, tier)))),
          }),
        ),
        {
          key: 'expected',
          label: 'Expected in hospital',
          align: 'right' as const,
          show: ({ expected }: Load) => (expected === null ? '–' : count(Math.round(expected))),
          by: ({ expected }: Load) => expected,
        },
        {
          key: 'seen',
          label: 'Seen',
          align: 'right' as const,
          show: ({ seen, persons }: Load) => share(seen, persons),
          by: ({ seen, persons }: Load) => (seen === null || !persons ? null : seen / persons),
        },
        {
          key: 'gaps',
          label: 'Open gaps',
          align: 'right' as const,
          show: (load: Load) => (
            <>
              {gapsOf(load)}
              {load.gaps && <small className="below">of {plural(load.gaps.people, people)}</small>}
            </>
          ),
          by: ({ gaps }: Load) => gaps?.gaps ?? 0,
          total: (loads: readonly Load[]) => count(sum(loads.map(({ gaps }) => gaps?.gaps ?? 0))),
        },
      ]
    : []),
];

const inTier = ({ tiers }: Load, tier: string): number => tiers?.find((one) => one.tier === tier)?.persons ?? 0;

const share = (part: number | null, whole: number | null): string =>
  part === null || !whole ? '–' : `${Math.round((100 * part) / whole)}%`;
