import { z } from 'zod';
import type { Filter } from '#contract/filter';
import { GapGroups, type GapGroupsQuery, Gaps, type GapsQuery, OpenGap, OpenStatus } from '#contract/gap';
import { isRecorded } from '#contract/metric';
import type { CatalogueMetric, SnapshotCatalogue } from './catalogue.ts';
import { members } from './cohort.ts';
import { NOT_SHARED } from './identity.ts';
import type { Queries } from './query.ts';
import { join, type Page, type Sql, sql } from './sql.ts';

const list = (items: readonly Sql[]): Sql => join(items, ', ');

/** The rates whose gaps can be told, by measure and rate: `rate`, and whether being in its numerator is the gap. */
function ratesOf({ metrics }: SnapshotCatalogue, only?: string): Sql {
  const rates = [...metrics.values()].filter(
    (metric) => metric.kind === 'measure' && isRecorded(metric) && (only === undefined || metric.id === only),
  );
  if (rates.length === 0)
    return sql`select null::varchar as metric, null::varchar as measure_id, null::varchar as rate_id, false as is_inverse`;
  return sql`select * from (values ${list(
    rates.map(({ id, measureId, rateId, betterIs }) => sql`(${id}, ${measureId}, ${rateId}, ${betterIs === 'lower'})`),
  )}) as rate (metric, measure_id, rate_id, is_inverse)`;
}

type Asked = Pick<GapsQuery, 'measure' | 'status' | 'provider' | 'before'>;

/** How the person of a gap stood in its rate a year before; of several events, one that was missed tells. */
const stoodBefore = ({ period }: SnapshotCatalogue): Sql => sql`coalesce((
    select case bool_or(earlier.numerator = rate.is_inverse) when true then 'open' when false then 'closed' end
    from mart.care_gap as earlier
    where earlier.person_id = care_gap.person_id and earlier.measure_id = care_gap.measure_id
      and earlier.rate_id = care_gap.rate_id and year(earlier.period_end) = ${period}::integer - 1
      and earlier.denominator and not earlier.denominator_exclusion and not earlier.denominator_exception
  ), 'not counted')`;

/**
 * The open gaps of the snapshot's period as `gap`, those that the part `gap` of each rate lists, of the people whom a
 * filter leaves, with who they are and whom they are attributed to as of data-through; `before` where it is asked for.
 */
function openGaps(
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { measure, status, provider, before }: Asked,
  tellsBefore = false,
): Sql {
  const { from, where } = members(catalogue, filter);
  const conditions = [
    where,
    sql`year(care_gap.period_end) = ${catalogue.period}::integer`,
    sql`care_gap.denominator and not care_gap.denominator_exclusion and not care_gap.denominator_exception`,
    sql`care_gap.numerator = rate.is_inverse`,
    ...(status === undefined ? [] : [sql`care_gap.status = ${status}`]),
    ...(before === undefined ? [] : [sql`${stoodBefore(catalogue)} = ${before}`]),
    ...(provider === undefined ? [] : [sql`attributed.npi is not distinct from nullif(${provider}, '')`]),
  ];
  return sql`
    select rate.metric, care_gap.subject_id, care_gap.person_id, care_gap.status, care_gap.reason, care_gap.evidence,
      ${tellsBefore ? stoodBefore(catalogue) : sql`null`} as before,
      care_gap.evidence_date, coalesce(care_gap.due_date, care_gap.period_end) as due_date,
      nullif(concat_ws(' ', person.first_name, person.last_name), '') as name, person.last_name, summary.age,
      summary.sex, summary.practice, attributed.npi as provider, practitioner.name as provider_name,
      summary.risk_tier, summary.risk_score, summary.risk_order, summary.last_visit_date,
      person.death_date is null and exclusion.person_id is null as is_listed
    from ${from}
    join mart.care_gap as care_gap on care_gap.person_id = summary.person_id
    join (${ratesOf(catalogue, measure)}) as rate on rate.measure_id = care_gap.measure_id and rate.rate_id = care_gap.rate_id
    join core.person as person on person.person_id = summary.person_id
    left join ${NOT_SHARED} as exclusion on exclusion.person_id = summary.person_id
    left join (
      select person_id, arg_max(npi, month) as npi from mart.attribution
      where month <= (select data_through from catalogue.snapshot) group by person_id
    ) as attributed on attributed.person_id = summary.person_id
    left join (select npi, min(name) as name from core.practitioner group by npi) as practitioner
      on practitioner.npi = attributed.npi
    where ${join(conditions, ' and ')}`;
}

const COUNTS = sql`count(distinct person_id) as people, count(*) as gaps, count_if(status = 'overdue') as overdue,
  count_if(status = 'due soon') as due_soon`;

/** Place of a status in the order of urgency. */
const URGENCY = sql`list_position([${list(OpenStatus.options.map((status) => sql`${status}::varchar`))}], status)`;

const SORT: Readonly<Record<GapsQuery['sort'], Sql>> = {
  due: sql`min(urgency), min(due_date), count(*) desc,`,
  gaps: sql`count(*) desc, min(urgency), min(due_date),`,
  risk: sql``,
  name: sql`lower(concat_ws(' ', any_value(last_name), any_value(name))),`,
};

const Row = OpenGap.extend(Gaps.shape.people.element.omit({ gaps: true, closures: true }).shape);
type Row = z.output<typeof Row>;

export type Listed = Omit<z.output<typeof Gaps>, 'people'> & { readonly rows: readonly Row[] };

/** The open gaps of people, all gaps of one together, the most pressing of each first; `page` is of people. */
export const gapsOf = (
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { sort, ...asked }: Pick<GapsQuery, 'sort'> & Asked,
  page: Page | null,
): Sql =>
  sql`with gap as (${openGaps(catalogue, filter, asked)}),
      listed as (select *, ${URGENCY} as urgency from gap where is_listed),
      person as (
        select person_id, row_number() over (order by ${SORT[sort]} any_value(risk_order) desc nulls last, person_id) as place
        from listed group by person_id
      )
      select metric, subject_id, person_id, status, reason, evidence, evidence_date, due_date, name, age, sex, practice,
        provider, provider_name, risk_tier, risk_score, last_visit_date
      from listed join person using (person_id)
      where ${page ? sql`place > ${page.offset} and place <= ${page.offset + page.limit}` : sql`true`}
      order by place, urgency, due_date, metric, subject_id`;

/** A page of people. */
export async function readGaps(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { limit, offset, ...asked }: Pick<GapsQuery, 'sort' | 'limit' | 'offset'> & Asked,
): Promise<Listed> {
  const gaps = openGaps(catalogue, filter, asked);
  const [counts, rows] = await Promise.all([
    queries.rows(
      sql`with gap as (${gaps}) select is_listed, ${COUNTS} from gap group by is_listed`,
      Gaps.shape.total.extend({ is_listed: z.boolean() }),
    ),
    queries.rows(gapsOf(catalogue, filter, asked, { limit, offset }), Row),
  ]);
  const { is_listed: _, ...total } = counts.find(({ is_listed }) => is_listed) ?? NONE;
  const { people, gaps: left } = counts.find(({ is_listed }) => !is_listed) ?? NONE;
  return { total, left_out: { people, gaps: left }, rows };
}

const NONE = { is_listed: false, people: 0, gaps: 0, overdue: 0, due_soon: 0 };

const GROUPED: Readonly<Record<GapGroupsQuery['by'], Sql>> = {
  provider: sql`provider as value, any_value(provider_name) as label, arg_max(practice, last_visit_date) as practice`,
  practice: sql`practice as value, null::varchar as label, null::varchar as practice`,
  measure: sql`metric as value, null::varchar as label, null::varchar as practice`,
  before: sql`before as value, null::varchar as label, null::varchar as practice`,
};

/** The gaps that the list holds, counted. */
export const countGaps = (
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { by, ...asked }: Pick<GapGroupsQuery, 'by'> & Asked,
): Promise<GapGroups['groups']> =>
  queries.rows(
    sql`with gap as (${openGaps(catalogue, filter, asked, by === 'before')})
    select ${GROUPED[by]}, ${COUNTS} from gap where is_listed group by value order by gaps desc, value nulls last`,
    GapGroups.shape.groups.element,
  );

/** How one person stands in one rate in the period of the snapshot: the status, and whether a gap is open. */
export const readGapStatus = (
  queries: Queries,
  { period }: SnapshotCatalogue,
  personId: string,
  { measureId, rateId, betterIs }: CatalogueMetric,
) =>
  queries.rows(
    sql`select status, denominator and not denominator_exclusion and not denominator_exception
        and numerator = ${betterIs === 'lower'} as is_open
      from mart.care_gap
      where person_id = ${personId} and measure_id = ${measureId} and rate_id = ${rateId}
        and year(period_end) = ${period}::integer order by is_open desc`,
    z.object({ status: z.string(), is_open: z.boolean() }),
  );

/** Rosters may know a person by another number than the sources do; what is entered by hand must not. */
const ROSTERS = sql`('assignment list', 'program roster', 'cahps', 'exclusion list')`;

const known = z.object({ person_id: z.string(), source_person_id: z.string() });

/** The numbers that the sources know a person by, first the one that a file may name the person by. */
export const readSourceIds = async (queries: Queries, personId: string): Promise<string[]> => {
  const ids = await queries.rows(
    sql`select person_id, source_person_id from core.person_source where person_id = ${personId}
      group by all order by min(source_name in ${ROSTERS}), source_person_id`,
    known,
  );
  return ids.map(({ source_person_id }) => source_person_id);
};

/** Whom the sources know by these numbers, by number. */
export async function readPersons(queries: Queries, sourcePersonIds: readonly string[]): Promise<Map<string, string>> {
  if (sourcePersonIds.length === 0) return new Map();
  const ids = await queries.rows(
    sql`select distinct person_id, source_person_id from core.person_source
      where source_person_id in (${list(sourcePersonIds.map((id) => sql`${id}`))})`,
    known,
  );
  return new Map(ids.map(({ person_id, source_person_id }) => [source_person_id, person_id]));
}

/** The birth date of a person; undefined when there is no such person. */
export const readBirthDate = async (queries: Queries, personId: string): Promise<string | null | undefined> => {
  const [person] = await queries.rows(
    sql`select birth_date from core.person where person_id = ${personId}`,
    z.object({ birth_date: z.iso.date().nullable() }),
  );
  return person?.birth_date;
};
