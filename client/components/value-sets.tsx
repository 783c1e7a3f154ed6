import type { ValueSet } from '#contract/result';
import { noun, plural } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { type Column, DataTable } from './data-table.tsx';

const columns: Column<ValueSet>[] = [
  {
    key: 'name',
    label: 'Code list',
    show: ({ name, source }) => (
      <>
        {name.replaceAll('-', ' ')}
        <small className="below">{source}</small>
      </>
    ),
    by: ({ name }) => name,
  },
  { key: 'whose', label: 'Whose', align: 'date', show: ({ isSupplied }) => (isSupplied ? 'supplied' : 'built-in') },
  {
    key: 'rules',
    label: 'Codes',
    align: 'right',
    show: ({ rules }) => (rules === 0 ? <b>none</b> : count(rules)),
    by: ({ rules }) => rules,
  },
  { key: 'seen', label: 'In the data', align: 'right', show: ({ seen }) => count(seen), by: ({ seen }) => seen },
];

/** Which lists are empty, in words: what they ask for cannot be seen until a licensed list is supplied. */
export function missingLists(sets: readonly ValueSet[]): string {
  const missing = sets.filter(({ rules }) => rules === 0).length;
  return missing === 0
    ? 'Every list has codes.'
    : `${plural(missing, noun('list'))} ${missing === 1 ? 'has' : 'have'} no open codes: what ${missing === 1 ? 'it asks' : 'they ask'} for cannot be seen until a licensed list is supplied.`;
}

/** The code lists that a metric reads: whose they are, how many codes they have, how many of them the data have. */
export const ValueSets = ({ sets }: { sets: readonly ValueSet[] }) => (
  <DataTable caption="Code lists" columns={columns} rows={sets} id={({ name }) => name} />
);
