import { z } from 'zod';
import type { Filter } from '#contract/filter';
import {
  HccGap,
  HccGapKind,
  HccGapPerson,
  type HccGapPersons,
  type HccGapPersonsQuery,
  HccScore,
  type PersonHcc,
} from '#contract/hcc';
import type { SnapshotCatalogue } from './catalogue.ts';
import { members } from './cohort.ts';
import { NOT_SHARED } from './identity.ts';
import type { Queries } from './query.ts';
import { cutTo, join, type Page, type Sql, sql } from './sql.ts';

/** Whether the snapshot scores people by the CMS-HCC models. */
export const hasHcc = ({ names }: SnapshotCatalogue): boolean => names.has('mart.hcc_gap', 'coefficient_year');

/**
 * The gaps of the newest payment year, whose data year is the last that claims reach, as those of the newest model that
 * pays for the person. Of the living whose coverage lasts, by a month to spare, to data-through.
 */
const OPEN_GAPS = sql`(
    select gap.*, year.data_year
    from mart.hcc_gap as gap
    join (
      from mart.risk_model_year where status <> 'not computed'
      qualify payment_year = max(payment_year) over ()
        and model = max(model) over (partition by payment_year, starts_with(model, 'ESRD'))
    ) as year on year.model = gap.model and year.payment_year = gap.payment_year
    join mart.hcc_person_year as who
      on who.person_id = gap.person_id and who.model = gap.model and who.payment_year = gap.payment_year
      and who.is_esrd = starts_with(gap.model, 'ESRD')
    join core.person as living on living.person_id = gap.person_id and living.death_date is null
    join mart.person_summary as covered
      on covered.person_id = gap.person_id
      and covered.enrolled_to >= (select date_trunc('month', data_through) - interval 1 month from catalogue.snapshot)
  )`;

const GAP = sql`gap.model, gap.payment_year, gap.data_year, gap.kind, gap.hcc, gap.label, gap.evidence, gap.evidence_date,
  gap.coefficient, gap.coefficient_year`;

/** One person's newest score by the newest model that pays, and the open gaps. */
export async function readPersonHcc(queries: Queries, personId: string): Promise<PersonHcc> {
  const [scores, gaps] = await Promise.all([
    queries.rows(
      sql`select score.model, score.payment_year, year.data_year, score.segment, score.age, score.raw_score,
          score.normalized_score, score.demographic_score, year.caveat
        from mart.risk_score as score
        join mart.risk_model_year as year on year.model = score.model and year.payment_year = score.payment_year
        where score.person_id = ${personId} and score.is_paying_model
        order by score.payment_year desc, score.model desc limit 1`,
      HccScore.omit({ parts: true, categories: true, dropped: true }),
    ),
    queries.rows(
      sql`select ${GAP} from ${OPEN_GAPS} as gap where gap.person_id = ${personId}
        order by gap.kind, gap.coefficient desc nulls last, gap.hcc`,
      HccGap,
    ),
  ]);
  const [score] = scores;
  return { score: score ? { ...score, ...(await readTerms(queries, personId, score)) } : null, gaps };
}

const { parts: PARTS, categories: CATEGORIES, dropped: DROPPED } = HccScore.shape;

/** What a score is the sum of, and what is left out of it. */
async function readTerms(
  queries: Queries,
  personId: string,
  { model, payment_year: year }: Pick<HccScore, 'model' | 'payment_year'>,
): Promise<Pick<HccScore, 'parts' | 'categories' | 'dropped'>> {
  const of = (table: Sql) =>
    sql`${table}.person_id = ${personId} and ${table}.model = ${model} and ${table}.payment_year = ${year}`;
  const claim = sql`diagnosis.code, diagnosis.claims, diagnosis.claim_date, diagnosis.claim_id, diagnosis.source_name`;
  const [parts, categories, dropped] = await Promise.all([
    queries.rows(
      sql`select kind, variable, coefficient from mart.hcc_score_part as part
        where ${of(sql`part`)} and kind <> 'category'
        order by list_position(['demographic', 'interaction', 'count'], kind), variable`,
      PARTS.element,
    ),
    queries.rows(
      sql`select category.hcc, category.label, category.coefficient, ${claim}
        from mart.risk_hcc as category
        left join mart.hcc_diagnosis as diagnosis
          on ${of(sql`diagnosis`)} and diagnosis.hcc = category.hcc and diagnosis.dropped is null
        where ${of(sql`category`)}
        qualify row_number() over (partition by category.hcc order by diagnosis.claim_date desc, diagnosis.code) = 1
        order by category.coefficient desc nulls last, category.hcc`,
      CATEGORIES.element,
    ),
    queries.rows(
      sql`select diagnosis.hcc, diagnosis.label, diagnosis.dropped, ${claim}
        from mart.hcc_diagnosis as diagnosis
        where ${of(sql`diagnosis`)} and diagnosis.dropped is not null
          and not exists (from mart.risk_hcc as category where ${of(sql`category`)} and category.hcc = diagnosis.hcc)
        order by diagnosis.claim_date desc, diagnosis.hcc, diagnosis.code, diagnosis.dropped`,
      DROPPED.element,
    ),
  ]);
  return { parts, categories, dropped };
}

/** The open gaps of all whose claims CMS shares, as `gap`, each with whether the person is one of a filter. */
function listed(catalogue: SnapshotCatalogue, filter: Filter): Sql {
  const { from, where } = members(catalogue, filter);
  return sql`select gap.*, cohort.person_id is not null as is_asked
    from ${OPEN_GAPS} as gap
    left join (select distinct summary.person_id from ${from} where ${where}) as cohort on cohort.person_id = gap.person_id
    left join ${NOT_SHARED} as exclusion on exclusion.person_id = gap.person_id
    where exclusion.person_id is null`;
}

const Count = z.object({ kind: HccGapKind, people: z.number() });

/** How many of a filter have gaps of each kind, in all and by category. */
export async function countHccGaps(queries: Queries, catalogue: SnapshotCatalogue, filter: Filter) {
  const gaps = listed(catalogue, filter);
  const people = sql`count(distinct person_id) filter (where is_asked) as people`;
  const [[year], kinds, categories] = await Promise.all([
    queries.rows(
      sql`select max(payment_year) as payment_year, arg_max(data_year, payment_year) as data_year
        from mart.risk_model_year where status <> 'not computed'`,
      z.object({ payment_year: z.int().nullable(), data_year: z.int().nullable() }),
    ),
    queries.rows(sql`select kind, ${people} from (${gaps}) group by kind`, Count),
    queries.rows(
      sql`select model, hcc, any_value(label) as label, kind, ${people} from (${gaps}) group by model, hcc, kind
        order by model desc, hcc::integer, kind`,
      Count.extend({ model: z.string(), hcc: z.string(), label: z.string().nullable() }),
    ),
  ]);
  return { ...(year ?? { payment_year: null, data_year: null }), kinds, categories };
}

type Asked = Pick<HccGapPersonsQuery, 'kind' | 'model' | 'hcc'>;

/** The gaps of a filter, the latest evidence first. */
export function hccGapsOf(
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { kind, model, hcc }: Asked,
  page: Page | null,
) {
  const conditions = [
    sql`is_asked`,
    ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
    ...(model === undefined ? [] : [sql`model = ${model}`]),
    ...(hcc === undefined ? [] : [sql`hcc = ${hcc}`]),
  ];
  const of = sql`from (${listed(catalogue, filter)}) as gap where ${join(conditions, ' and ')}`;
  return {
    counts: sql`select count(*) as total, count(distinct person_id) as people ${of}`,
    rows: sql`with gap as (select gap.* ${of})
      select ${GAP}, gap.person_id, nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
        summary.age, summary.sex, summary.practice
      from gap
      join core.person as person on person.person_id = gap.person_id
      join mart.person_summary as summary on summary.person_id = gap.person_id
      order by gap.evidence_date desc nulls last, gap.person_id, gap.model, gap.hcc
      ${cutTo(page)}`,
  };
}

/** One page of them. */
export async function readHccGaps(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { limit, offset, ...asked }: Asked & Page,
): Promise<HccGapPersons> {
  const { counts, rows } = hccGapsOf(catalogue, filter, asked, { limit, offset });
  const [{ total, people }, gaps] = await Promise.all([
    queries.row(counts, z.object({ total: z.number(), people: z.number() })),
    queries.rows(rows, HccGapPerson, limit),
  ]);
  return { total, people, gaps };
}
