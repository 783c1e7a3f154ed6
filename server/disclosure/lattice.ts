import { COHORT } from '#contract/cohort';
import { type Filter, formatFilter, parseFilter } from '#contract/filter';
import type { SnapshotCatalogue } from '../store/catalogue.ts';
import type { Key, Question } from '../store/question.ts';

/**
 * The questions whose numbers may be shared: of everybody, by one dimension at a time, in any months. Groups by one
 * dimension add up; groups by two would add up to those in two ways, and ad hoc groups overlap in any way, so that their
 * differences are few people.
 */
export type Place =
  | { readonly kind: 'everybody' }
  /** By the values of one dimension (or component, exclusion), of all or narrowed to some of them; '' is not known. */
  | { readonly kind: 'parts'; readonly key: Key; readonly names: ReadonlySet<string> | null }
  /** By each value of a dimension whose groups overlap, or narrowed to one. */
  | { readonly kind: 'sets'; readonly key: Key; readonly name: string | null }
  /** Narrowed to one preset cohort, or to those in no such group. */
  | { readonly kind: 'member'; readonly filter: Filter };

export const ONE_AT_A_TIME =
  'Numbers to be shared are of everybody, cut by one dimension or narrowed to one dimension or preset cohort, not both: in smaller groups differences would tell of few people, so nothing of this is shown.';

/** Where a question stands among them; null: nowhere, so that nothing of it may be shown. */
export function placeOf(catalogue: SnapshotCatalogue, { by, filter }: Pick<Question, 'by' | 'filter'>): Place | null {
  const [key, ...keys] = by.filter(({ kind }) => kind !== 'period');
  const [clause, ...clauses] = Object.entries(filter);
  if (keys.length > 0 || clauses.length > 0 || (key && clause && key.id !== clause[0])) return null;
  if ([key?.id, clause?.[0]].some((id) => id && catalogue.dimensions.get(id)?.ofOutcome)) return null;
  if (!clause) return key ? placeOfKey(key, null) : { kind: 'everybody' };
  const [id, values] = clause;
  if (id === COHORT) return isPreset(catalogue, filter) ? { kind: 'member', filter } : null;
  const dimension = catalogue.dimensions.get(id);
  if (!dimension) throw new Error(`no dimension ${id}`);
  if (dimension.scope !== 'set') return placeOfKey({ kind: 'dimension', id, dimension }, values);
  if (key || values.length > 1) return null;
  return values[0] === '' ? { kind: 'member', filter } : placeOfKey({ kind: 'dimension', id, dimension }, values);
}

function placeOfKey(key: Key, values: readonly string[] | null): Place {
  return key.kind === 'dimension' && key.dimension.scope === 'set'
    ? { kind: 'sets', key, name: values?.[0] ?? null }
    : { kind: 'parts', key, names: values && new Set(values) };
}

const isPreset = ({ presets }: SnapshotCatalogue, filter: Filter): boolean =>
  presets.some(({ where }) => formatFilter(parseFilter(where)) === formatFilter(filter));

/** Whether a filter leaves everybody: of people as they are today nothing else is shared. */
export const isEverybody = (filter: Filter): boolean => Object.keys(filter).length === 0;
