import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import { rows } from '../engine/sql.ts';
import { type LeftOut, reconcileAll } from '../readers/ledger.ts';

/**
 * One step of the warehouse, counted at both ends: `from` and `to` are SELECTs of `rows` and `amount` (dollars, or null
 * where the step carries none), `leftOut` one of `reason`, `rows` and `amount` for what does not go on.
 */
interface Stage {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly leftOut: string;
}

const rowsOf = (table: string, amount = 'null', where = 'true'): string =>
  `select count(*) as rows, ${amount === 'null' ? 'null' : `coalesce(sum(${amount}), 0)`} as amount from ${table} where ${where}`;

const nothingLeftOut = 'select null as reason, 0 as rows, null as amount where false';

/** Claims that the payer took back or never accepted stop at the input. */
const accepted = (table: string): Stage => ({
  name: `input.${table} -> core.${table}`,
  from: rowsOf(`input.${table}`, 'paid_amount'),
  to: rowsOf(`core.${table}`, 'paid_amount'),
  leftOut: `select
      case claim_status when 'denied' then 'denied by the payer' else 'reversed' end as reason,
      count(*) as rows, coalesce(sum(paid_amount), 0) as amount
    from input.${table} where claim_status in ('denied', 'reversed') group by reason`,
});

/** Each statement of a clinical source goes on as a row of its own. */
const stated = (table: string, ...inputs: readonly string[]): Stage => ({
  name: `input.${inputs.join(' + input.')} -> core.${table}`,
  from: `select ${inputs.map((input) => `(select count(*) from input.${input})`).join(' + ')} as rows, null as amount`,
  to: rowsOf(`core.${table}`, 'null', "source = 'ehr'"),
  leftOut: nothingLeftOut,
});

const HOSPITAL = `encounter_type in (
  'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
)`;

const stages: readonly Stage[] = [
  accepted('medical_claim'),
  accepted('pharmacy_claim'),
  {
    ...stated('condition', 'condition'),
    leftOut: `select 'refuted by its source' as reason, count(*) as rows, null as amount
      from input.condition where status = 'refuted'`,
  },
  stated('procedure', 'procedure'),
  stated('observation', 'observation', 'lab_result'),
  stated('medication', 'medication'),
  stated('immunization', 'immunization'),
  stated('allergy', 'allergy'),
  stated('care_plan', 'care_plan'),
  stated('service_request', 'service_request'),
  stated('task', 'task'),
  stated('communication', 'communication'),
  {
    name: 'input.encounter -> core.ehr_encounter',
    from: rowsOf('input.encounter'),
    to: rowsOf('core.ehr_encounter'),
    leftOut: nothingLeftOut,
  },
  {
    name: 'core.person_source -> core.person',
    from: rowsOf('core.person_source'),
    to: rowsOf('core.person'),
    leftOut: `select 'another identifier of the same person' as reason,
      count(*) - count(distinct person_id) as rows, null as amount from core.person_source`,
  },
  {
    name: 'core.medical_claim -> core.claim_encounter',
    from: rowsOf('core.medical_claim', 'paid_amount'),
    to: rowsOf('core.claim_encounter', 'paid_amount'),
    leftOut: `select 'a further line of a claim' as reason,
        (select count(*) from core.medical_claim) - (select coalesce(sum(claim_count), 0) from core.claim_encounter) as rows,
        0 as amount
      union all
      select 'a further claim of the same visit or stay',
        (select coalesce(sum(claim_count), 0) from core.claim_encounter)
        - (select count(distinct encounter_id) from core.medical_claim), 0`,
  },
  {
    name: 'core.claim_encounter + core.ehr_encounter -> core.encounter',
    from: `select (select count(*) from core.claim_encounter) + (select count(*) from core.ehr_encounter) as rows,
      (select coalesce(sum(paid_amount), 0) from core.claim_encounter) as amount`,
    to: rowsOf('core.encounter', 'paid_amount'),
    leftOut: `select 'told by claims and a clinical source, counted once' as reason, count(*) as rows, 0 as amount
      from core.encounter where source = 'both'
      union all
      select 'an emergency visit that led to a stay, part of the stay', count(*), 0 from core.ehr_encounter where is_admitted
      union all
      select 'another statement of the same visit or stay', count(*) - count(distinct encounter_id), 0
      from core.ehr_encounter where not is_admitted`,
  },
  {
    name: 'core.encounter, hospital -> mart.inpatient_stay',
    from: rowsOf('core.encounter', 'paid_amount', HOSPITAL),
    to: rowsOf('mart.inpatient_stay', 'paid_amount'),
    leftOut: `select 'after the data end' as reason, count(*) as rows, coalesce(sum(paid_amount), 0) as amount
      from core.encounter where ${HOSPITAL} and is_after_data_through
      union all
      select 'part of a longer stay: a transfer, or taken back the same day', count(*) - count(distinct stay_id), 0
      from mart.inpatient_stay_part`,
  },
  {
    name: 'mart.inpatient_stay -> mart.readmission',
    from: rowsOf('mart.inpatient_stay'),
    to: rowsOf('mart.readmission'),
    leftOut: `select 'not in a short-term acute or critical access hospital' as reason, count(*) as rows, null as amount
      from mart.inpatient_stay where not is_short_term_acute`,
  },
];

/** Every row of a metric or measure is counted, or is left out for a reason in words. */
const counted = ({ served }: Built['metrics'][number]): Stage => ({
  name: `${served.relation} -> ${served.id}`,
  from: rowsOf(served.relation),
  to: rowsOf(served.relation, 'null', 'exclusion is null'),
  leftOut: `select exclusion as reason, count(*) as rows, null as amount
    from ${served.relation} where exclusion is not null group by exclusion`,
});

/** Follows every dollar of the claims into the metric that counts them, at both ends. */
const dollars = ({ served }: Built['metrics'][number]): Stage => {
  const line = `(
      select person_id, start_date as day, paid_amount, is_after_data_through from core.medical_claim
      union all
      select person_id, fill_date, paid_amount, is_after_data_through from core.pharmacy_claim
    ) as line`;
  const enrolled =
    "semi join mart.medical_month as month on month.person_id = line.person_id and month.month = date_trunc('month', line.day)";
  return {
    name: `core.medical_claim + core.pharmacy_claim -> ${served.id}`,
    from: rowsOf(line, 'paid_amount'),
    to: `select
        (select count(*) from ${line} ${enrolled} where not is_after_data_through) as rows,
        (select coalesce(sum(numerator), 0) from ${served.relation} where exclusion is null) as amount`,
    leftOut: `select 'after the data end' as reason, count(*) as rows, coalesce(sum(paid_amount), 0) as amount
      from ${line} where is_after_data_through
      union all
      select 'not enrolled that month', count(*), coalesce(sum(paid_amount), 0)
      from ${line} ${enrolled.replace('semi', 'anti')} where not is_after_data_through`,
  };
};

/**
 * Explains in run.reconciliation every row between the input and the numbers that are served, and every dollar of the
 * claims. Throws when a step loses or invents one.
 */
export async function reconcileWarehouse(connection: DuckDBConnection, built: Built): Promise<void> {
  const money = built.metrics.filter(({ served }) => served.id === 'total-cost-per-member-per-month');
  const all = [...stages, ...money.map(dollars), ...built.metrics.map(counted)];
  const flows = all.map(
    ({ from, to, leftOut }, place) => `
      select ${place} as place, 'into' as side, null as reason, rows, amount::double as amount from (${from})
      union all select ${place}, 'out', null, rows, amount from (${to})
      union all select ${place}, 'left out', reason, rows, amount from (${leftOut}) where rows > 0`,
  );
  const found = await rows(connection, `${flows.join(' union all ')} order by place, rows desc, reason`);
  const of = (place: number, side: string): LeftOut[] =>
    found
      .filter((flow) => flow.place === place && flow.side === side)
      .map((flow) => ({
        reason: String(flow.reason),
        rows: Number(flow.rows),
        amount: flow.amount === null ? null : Number(flow.amount),
      }));
  const nothing = { rows: 0, amount: null };
  await reconcileAll(
    connection,
    all.map(({ name }, place) => ({
      stage: name,
      into: of(place, 'into')[0] ?? nothing,
      out: of(place, 'out')[0] ?? nothing,
      leftOut: of(place, 'left out'),
    })),
  );
}
