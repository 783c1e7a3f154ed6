import { z } from 'zod';
import { Attributed, type AttributedQuery, Attribution } from '#contract/attribution';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

const Assessment = z.object({ assessment: z.iso.date() });

/** Latest first. */
export const readAssessments = async (queries: Queries): Promise<string[]> =>
  (
    await queries.rows(
      sql`select distinct assessment_date as assessment from mart.attribution_reason order by assessment desc`,
      Assessment,
    )
  ).map(({ assessment }) => assessment);

const PRACTITIONER = sql`(select npi, min(name) as name from core.practitioner where npi is not null group by npi)`;
const PRACTICE = sql`(select value, min(label) as label from mart.practice_label group by value)`;

const shape = Attribution.shape;
const counted = { persons: z.int() };
const Outcome = shape.outcomes.element.extend(counted);
const Agreed = shape.agreement.element.extend(counted);
const Changed = shape.changes.element.extend(counted);
const Panel = shape.panels.element.extend({ ...counted, high_risk: z.int(), seen: z.int() });

export type Counts = Readonly<{
  outcomes: z.output<typeof Outcome>[];
  agreement: z.output<typeof Agreed>[];
  changes: z.output<typeof Changed>[];
  panels: z.output<typeof Panel>[];
}>;

/** Everything that is counted at one assessment, most persons first. */
export async function readAttribution(queries: Queries, assessment: string): Promise<Counts> {
  const [outcomes, agreement, changes, panels] = await Promise.all([
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
    queries.rows(
      sql`select practice_id, any_value(coalesce(practice.label, practice_id)) as practice, panel.npi,
          any_value(coalesce(practitioner.name, panel.npi)) as practitioner, sum(persons)::integer as persons,
          coalesce(sum(persons) filter (risk_tier in ('high', 'very high')), 0)::integer as high_risk,
          sum(seen_persons)::integer as seen, sum(total_score) filter (risk_basis = 'model') / 100 as expected
        from mart.panel as panel
        left join ${PRACTICE} as practice on practice.value = panel.practice_id
        left join ${PRACTITIONER} as practitioner on practitioner.npi = panel.npi
        where assessment_date = ${assessment}::date
        group by practice_id, panel.npi order by persons desc, practice_id, panel.npi`,
      Panel,
    ),
  ]);
  return { outcomes, agreement, changes, panels };
}

type Asked = Omit<AttributedQuery, 'assessment' | 'mode' | 'limit' | 'offset'>;

/** The rows of mart.attribution_reason that are asked for, with the change behind each where one is asked for. */
function found(assessment: string, { outcome, agreement, change, cause, practice, npi }: Asked): Sql {
  const equal: readonly (readonly [Sql, string | undefined])[] = [
    [sql`reason.outcome`, outcome],
    [sql`reason.agreement`, agreement],
    [sql`coalesce(reason.practice_id, 'none')`, practice],
    [sql`coalesce(reason.npi, 'none')`, npi],
    [sql`change.change`, change],
    [sql`change.reason`, cause],
  ];
  // A panel is of the living.
  const living = sql`coalesce(person.death_date > reason.assessment_date, true)`;
  const conditions = equal.flatMap(([column, value]) => (value === undefined ? [] : [sql`${column} = ${value}`]));
  const onPanel = practice === undefined && npi === undefined ? [] : [living];
  return sql`from mart.attribution_reason as reason
    join core.person as person on person.person_id = reason.person_id
    left join mart.attribution_change as change
      on change.person_id = reason.person_id and change.assessment_date = reason.assessment_date
    where ${join([sql`reason.assessment_date = ${assessment}::date`, ...onPanel, ...conditions], ' and ')}`;
}

export const countAttributed = async (queries: Queries, assessment: string, asked: Asked): Promise<number> =>
  (await queries.row(sql`select count(*) as total ${found(assessment, asked)}`, z.object({ total: z.int() }))).total;

export const readAttributed = (
  queries: Queries,
  assessment: string,
  asked: Asked,
  { limit, offset }: Pick<AttributedQuery, 'limit' | 'offset'>,
): Promise<Attributed[]> =>
  queries.rows(
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
      limit ${limit} offset ${offset}`,
    Attributed,
    limit,
  );
