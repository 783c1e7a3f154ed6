import { z } from 'zod';
import { Providers } from '#contract/providers';
import { EARLIER, PRACTICE, PRACTITIONER, STAYED, yearBefore } from './attribution.ts';
import type { Queries } from './query.ts';
import { join, sql } from './sql.ts';

const TIERS = ['very low', 'low', 'moderate', 'high', 'very high', 'not known'];

const { practices, panels, churn, stability } = Providers.shape;
const counted = { persons: z.int() };
const Practice = practices.element.extend(counted);
const Panel = panels.element.extend({ ...counted, seen: z.int(), tiers: z.array(z.int()) });
const Change = churn.element.shape.changes.element.extend({ assessment: z.iso.date(), ...counted });
const Stay = stability.unwrap().shape.rows.element.extend(counted);

/** Whom each practice, and each practitioner in it, is responsible for: the largest first. */
export async function readPanels(queries: Queries, assessment: string) {
  const [practices, panels] = await Promise.all([
    queries.rows(
      sql`select practice_id, any_value(coalesce(practice.label, practice_id)) as practice, sum(persons)::integer as persons
        from mart.panel as panel left join ${PRACTICE} as practice on practice.value = panel.practice_id
        where assessment_date = ${assessment}::date group by practice_id order by persons desc, practice_id`,
      Practice,
    ),
    queries.rows(
      sql`select practice_id, panel.npi, any_value(coalesce(practitioner.name, panel.npi)) as practitioner,
          sum(persons)::integer as persons, sum(seen_persons)::integer as seen,
          sum(total_score) filter (risk_basis = 'model') / 100 as expected,
          [${join(
            TIERS.map((tier) => sql`coalesce(sum(persons) filter (risk_tier = ${tier}), 0)::integer`),
            ', ',
          )}] as tiers
        from mart.panel as panel left join ${PRACTITIONER} as practitioner on practitioner.npi = panel.npi
        where assessment_date = ${assessment}::date
        group by practice_id, panel.npi order by persons desc, practice_id, panel.npi`,
      Panel,
    ),
  ]);
  return {
    practices,
    panels: panels.map(({ tiers, ...panel }) => ({
      ...panel,
      tiers: TIERS.map((tier, at) => ({ tier, persons: tiers[at] ?? 0 })),
    })),
  };
}

/** Who came and went at every assessment, earliest first; of one practice only, or of all. */
export async function readChurn(queries: Queries, practice: string | undefined) {
  const of = practice === undefined ? sql`true` : sql`${practice} in (from_practice_id, to_practice_id)`;
  const moved = practice === undefined ? sql`'moved'` : sql`if(to_practice_id = ${practice}, 'moved in', 'moved out')`;
  const rows = await queries.rows(
    sql`select assessment_date as assessment, if(change = 'moved', ${moved}, change) as flow, reason, count(*) as persons
      from mart.attribution_change where ${of}
      group by all order by assessment, flow, persons desc, reason`,
    Change,
  );
  return [...new Set(rows.map(({ assessment }) => assessment))].map((assessment) => ({
    assessment,
    changes: rows
      .filter((row) => row.assessment === assessment)
      .map(({ flow, reason, persons }) => ({ flow, reason, persons })),
  }));
}

/** Those whom somebody was responsible for a year before, and how they stand now; null where no assessment is so old. */
export async function readStability(queries: Queries, assessment: string, practice: string | undefined) {
  const { before } = await queries.row(
    sql`select ${yearBefore(assessment)} as before`,
    z.object({ before: z.iso.date().nullable() }),
  );
  if (before === null) return null;
  const rows = await queries.rows(
    sql`select ${STAYED} as stayed, count(*) as persons
      from mart.attribution_reason as earlier
      join mart.attribution_reason as reason on reason.person_id = earlier.person_id
      join core.person as person on person.person_id = reason.person_id
      where earlier.assessment_date = ${before}::date and reason.assessment_date = ${assessment}::date
        and ${EARLIER} ${practice === undefined ? sql`is not null` : sql`= ${practice}`}
      group by stayed order by persons desc, stayed`,
    Stay,
  );
  return { before, rows };
}
