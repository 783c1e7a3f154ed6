import { z } from 'zod';
import { Attributed, type AttributedQuery, Attribution } from '#contract/attribution';
import type { Queries } from './query.ts';
import { cutTo, join, type Page, type Sql, sql } from './sql.ts';

const Assessment = z.object({ assessment: z.iso.date() });

/** Latest first. */
export const readAssessments = async (queries: Queries): Promise<string[]> =>
  (
    await queries.rows(
      sql`select distinct assessment_date as assessment from mart.attribution_reason order by assessment desc`,
      Assessment,
    )
  ).map(({ assessment }) => assessment);

export const PRACTITIONER = sql`(select npi, min(name) as name from core.practitioner where npi is not null group by npi)`;
export const PRACTICE = sql`(select value, min(label) as label from mart.practice_label group by value)`;

const shape = Attribution.shape;
const counted = { persons: z.int() };
const Outcome = shape.outcomes.element.extend(counted);
const Agreed = shape.agreement.element.extend(counted);
const Changed = shape.changes.element.extend(counted);

export type Counts = Readonly<{
  outcomes: z.output<typeof Outcome>[];
  agreement: z.output<typeof Agreed>[];
  changes: z.output<typeof Changed>[];
}>;

/** Everything that is counted at one assessment, most persons first. */
export async function readAttribution(queries: Queries, assessment: string): Promise<Counts> {
  const [outcomes, agreement, changes] = await Promise.all([
    queries.rows(
      sql`select outcome, count(*) as persons from mart.attribution_reason
        where assessment_date = ${assessment}::date group by outcome order by persons desc, outcome`,
      Outcome,
    ),
    queries.rows(
      sql`select agreement, count(*) as persons from mart.attribution_reason
        where assessment_date = ${assessment}::date and agreement is not null
        group by agreement order by persons desc, agreement`,
      Agreed,
    ),
    queries.rows(
      sql`select change, reason, count(*) as persons from mart.attribution_change
        where assessment_date = ${assessment}::date group by change, reason order by change, persons desc, reason`,
      Changed,
    ),
  ]);
  return { outcomes, agreement, changes };
}

type Asked = Omit<AttributedQuery, 'assessment' | 'mode' | 'limit' | 'offset'>;

/** The last assessment at least a year before another. */
export const yearBefore = (assessment: string): Sql => sql`(
  select max(assessment_date) from mart.attribution_reason
  where date_trunc('month', assessment_date) <= date_trunc('month', ${assessment}::date) - interval 12 month
)`;

/** Who is responsible at an assessment: the practice, or the practitioner where no practice is known. */
export const RESPONSIBLE = sql`coalesce(reason.practice_id, reason.npi)`;
export const EARLIER = sql`coalesce(earlier.practice_id, earlier.npi)`;

const LIVING = sql`coalesce(person.death_date > reason.assessment_date, true)`;

/** How a person of `earlier` stands at the assessment of `reason`. */
export const STAYED = sql`case
  when not ${LIVING} then 'died'
  when ${RESPONSIBLE} is null then 'no practice'
  when ${RESPONSIBLE} = ${EARLIER} then 'same practice'
  else 'another practice'
end`;

/** The rows of mart.attribution_reason that are asked for, with the change or the year behind each where one is asked for. */
function found(assessment: string, asked: Asked): Sql {
  const { outcome, agreement, change, cause, but, left, joined, stayed, practice, npi, tier } = asked;
  const equal: readonly (readonly [Sql, string | undefined])[] = [
    [sql`reason.outcome`, outcome],
    [sql`reason.agreement`, agreement],
    [sql`coalesce(reason.practice_id, 'none')`, practice],
    [sql`coalesce(reason.npi, 'none')`, npi],
    [sql`coalesce(tier.tier, 'not known')`, tier],
    [sql`change.change`, change],
    [sql`change.reason`, cause],
    [stayed === undefined ? sql`change.from_practice_id` : EARLIER, left],
    [sql`change.to_practice_id`, joined],
    [STAYED, stayed],
  ];
  const conditions = equal.flatMap(([column, value]) => (value === undefined ? [] : [sql`${column} = ${value}`]));
  const onPanel = [practice, npi, tier].every((value) => value === undefined)
    ? []
    : [LIVING, sql`${RESPONSIBLE} is not null`];
  const others = [
    ...(stayed === undefined ? [] : [sql`${EARLIER} is not null`]),
    ...(but === undefined ? [] : [sql`change.reason <> ${but}`]),
  ];
  return sql`from mart.attribution_reason as reason
    join core.person as person on person.person_id = reason.person_id
    left join mart.attribution_change as change
      on change.person_id = reason.person_id and change.assessment_date = reason.assessment_date
    left join mart.attribution_reason as earlier
      on earlier.person_id = reason.person_id and earlier.assessment_date = ${yearBefore(assessment)}
    left join mart.risk_tier as tier
      on tier.person_id = reason.person_id and tier.month <= reason.assessment_date + 1
      and coalesce(tier.until_month, date '9999-12-31') > reason.assessment_date + 1
    where ${join([sql`reason.assessment_date = ${assessment}::date`, ...onPanel, ...others, ...conditions], ' and ')}`;
}

export const countAttributed = async (queries: Queries, assessment: string, asked: Asked): Promise<number> =>
  (await queries.row(sql`select count(*) as total ${found(assessment, asked)}`, z.object({ total: z.int() }))).total;

export const readAttributed = (queries: Queries, assessment: string, asked: Asked, page: Page): Promise<Attributed[]> =>
  queries.rows(attributedOf(assessment, asked, page), Attributed, page.limit);

/** Who is asked for, by name. */
export const attributedOf = (assessment: string, asked: Asked, page: Page | null): Sql =>
  sql`select attributed.person_id, attributed.name, coalesce(practice.label, attributed.practice_id) as practice,
        coalesce(practitioner.name, attributed.npi) as practitioner, basis, outcome,
        coalesce(ruled.label, rule_practice_id) as rule_practice, agreement, reason
      from (
        select reason.*, nullif(concat_ws(' ', person.first_name, person.last_name), '') as name
        ${found(assessment, asked)}
      ) as attributed
      left join ${PRACTICE} as practice on practice.value = attributed.practice_id
      left join ${PRACTICE} as ruled on ruled.value = attributed.rule_practice_id
      left join ${PRACTITIONER} as practitioner on practitioner.npi = attributed.npi
      order by attributed.name, attributed.person_id
      ${cutTo(page)}`;
