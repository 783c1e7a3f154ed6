import { z } from 'zod';
import { ENCOUNTER_TYPES, type Vocabulary } from '#contract/cohort';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { type Sql, sql } from './sql.ts';

const Choice = z.object({ value: z.string(), label: z.string() });

/** What rules can name in this snapshot. To be shared: only what more than 10 persons have. */
export async function readVocabulary(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  shareable: boolean,
): Promise<Vocabulary> {
  const { names, dimensions, metrics } = catalogue;
  const enough = shareable ? sql`having count(distinct person_id) > 10` : sql``;
  /** The values of a column of rows of persons, in their order; none where the snapshot has no such column. */
  const held = (table: string, column: string, label: Sql = names.alias(column)) =>
    names.has(table, column)
      ? queries.rows(
          sql`select ${names.column(table, column)} as value, any_value(${label}) as label from ${names.table(table)}
            where ${names.column(table, column)} is not null group by 1 ${enough} order by 1 limit ${MOST}`,
          Choice,
        )
      : [];
  const ofDimension = (id: string) => dimensions.get(id)?.values.map(({ value, label }) => ({ value, label })) ?? [];
  const practices = new Map(dimensions.get('practice')?.values.map(({ value, label }) => [value, label]));
  const [person, payerTypes, payers, plans, medicareStatus, conditions, tiers, hccs, gapStatuses, programs, statuses] =
    await Promise.all([
      Promise.all(
        (['sex', 'race', 'ethnicity', 'language', 'county', 'state', 'entitlement'] as const).map(
          async (field) => [field, await held('mart.cohort_person', field)] as const,
        ),
      ),
      held('core.member_month', 'payer_type'),
      held('core.member_month', 'payer'),
      held('core.member_month', 'plan'),
      held('core.member_month', 'medicare_status_code'),
      held('mart.chronic_condition', 'condition'),
      held('mart.cohort_person', 'risk_tier'),
      names.has('mart.risk_hcc', 'label')
        ? queries.rows(
            sql`select hcc as value, any_value(coalesce(label, hcc)) as label, model, payment_year::integer as year
              from mart.risk_hcc group by hcc, model, payment_year ${enough}
              order by model, payment_year desc, try_cast(hcc as integer), hcc limit ${MOST}`,
            Choice.extend({ model: z.string(), year: z.number() }),
          )
        : [],
      held('mart.care_gap', 'status'),
      held('core.program_enrollment', 'program'),
      held('core.program_enrollment', 'status'),
    ]);
  const [valueSets, drugClasses, labs, areaIndexes, attributed, providers] = await Promise.all([
    queries.rows(
      sql`select list.value_set as value, replace(list.value_set, '-', ' ') as label, list.source,
          count(*)::integer as codes, list_sort(list_distinct(list(concept.code_system))) as systems
        from core.coded_concept as concept join catalogue.value_set as list using (value_set)
        group by all order by value limit ${MOST}`,
      Choice.extend({ source: z.string(), codes: z.number(), systems: z.array(z.string()) }),
    ),
    names.has('mart.adherence_drug', 'class')
      ? queries.rows(sql`select distinct class as value, class as label from mart.adherence_drug order by 1`, Choice)
      : [],
    queries.rows(
      sql`select concept.code as value, any_value(coalesce(observation.description, concept.code)) as label,
          concept.code_system as system, list_sort(list_distinct(list(observation.unit))) as units
        from mart.cohort_concept as concept
        join core.observation as observation using (code_system, code)
        where concept.kind = 'lab' and observation.value_number is not null
        group by all ${enough} order by label limit ${MOST}`,
      Choice.extend({ system: z.string(), units: z.array(z.string().nullable()) }),
    ),
    names.has('core.area_index', 'index_name')
      ? queries.rows(
          sql`select index_name as value, index_name as label, count(percentile) > 0 as "hasQuintiles",
              min(value) as lowest, max(value) as highest
            from core.area_index group by index_name order by 1`,
          Choice.extend({
            hasQuintiles: z.boolean(),
            lowest: z.number().nullable(),
            highest: z.number().nullable(),
          }),
        )
      : [],
    held('mart.cohort_person', 'practice'),
    queries.rows(
      sql`select provider as value, coalesce(any_value(practitioner.name), provider) as label
        from mart.cohort_person left join core.practitioner as practitioner on practitioner.npi = provider
        where provider is not null group by provider ${enough} order by label limit ${MOST}`,
      Choice,
    ),
  ]);
  const labelled = (choices: readonly { value: string; label: string }[], labels: ReadonlyMap<string, string>) =>
    choices.map(({ value, label }) => ({ value, label: labels.get(value) ?? label }));
  const called = (id: string) => new Map(ofDimension(id).map(({ value, label }) => [value, label]));
  return {
    person: Object.fromEntries(person.map(([field, choices]) => [field, labelled(choices, called(field))])),
    payerTypes,
    payers,
    plans,
    medicareStatus,
    conditions: labelled(conditions, called('condition')),
    tiers: inOrderOf(ofDimension('risk_tier'), tiers),
    hccs,
    measures: [...metrics.values()]
      .filter(({ kind }) => kind === 'measure')
      .map(({ id, title }) => ({ value: id, label: title })),
    gapStatuses,
    encounterTypes: ENCOUNTER_TYPES.map((type) => ({ value: type, label: type })),
    valueSets,
    drugClasses,
    labs: labs.map(({ units, ...lab }) => ({ ...lab, units: units.filter((unit) => unit !== null) })),
    areaIndexes,
    programs,
    programStatuses: statuses,
    practices: labelled(attributed, practices),
    providers,
  };
}

const MOST = 2000;

/** The declared values that somebody has, as they are declared, then others. */
function inOrderOf(
  declared: readonly { value: string; label: string }[],
  held: readonly { value: string; label: string }[],
) {
  const values = new Set(held.map(({ value }) => value));
  const known = new Set(declared.map(({ value }) => value));
  return [...declared.filter(({ value }) => values.has(value)), ...held.filter(({ value }) => !known.has(value))];
}
