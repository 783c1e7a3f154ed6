import type { DuckDBConnection } from '@duckdb/node-api';
import type { Built } from '../engine/build.ts';
import { readsOf, upstream } from '../engine/graph.ts';
import { count } from '../engine/sql.ts';
import { inputChecks } from '../input/checks.ts';

/** A rule about the finished warehouse. `violations` counts what breaks it, `denominator` what could. */
export interface WarehouseCheck {
  readonly id: string;
  readonly title: string;
  /** An 'error' with violations blocks publishing. */
  readonly severity: 'error' | 'warning';
  readonly violations: string;
  readonly denominator: string;
}

const unique = (table: string, key: string): WarehouseCheck => ({
  id: `unique-${table.replace(/[._]/g, '-')}`,
  title: `No ${key} twice in ${table}`,
  severity: 'error',
  violations: `select count(*) from (select ${key} from ${table} group by all having count(*) > 1)`,
  denominator: `select count(*) from ${table}`,
});

const known = (table: string): WarehouseCheck => ({
  id: `known-person-${table.replace(/[._]/g, '-')}`,
  title: `Every row of ${table} belongs to a known person`,
  severity: 'error',
  violations: `select count(*) from ${table} as fact anti join core.person as person on person.person_id = fact.person_id`,
  denominator: `select count(*) from ${table}`,
});

const warehouse: readonly WarehouseCheck[] = [
  unique('core.person', 'person_id'),
  unique('core.member_month', 'person_id, month, payer, plan'),
  unique('core.medical_claim', 'source_name, claim_id, claim_line_number'),
  unique('core.pharmacy_claim', 'source_name, claim_id, claim_line_number'),
  unique('core.encounter', 'encounter_id'),
  unique('mart.person_month', 'person_id, month'),
  known('core.member_month'),
  known('core.medical_claim'),
  known('core.pharmacy_claim'),
  known('core.encounter'),
  {
    id: 'encounter-money-is-claim-money',
    title: 'Paid amounts of encounters add up to those of the claim lines in them',
    severity: 'error',
    violations: `select (abs(coalesce((select sum(paid_amount) from core.encounter), 0)
      - coalesce((select sum(paid_amount) from core.medical_claim where encounter_id is not null), 0)) >= 0.01)::integer`,
    denominator: 'select count(*) from core.encounter',
  },
  {
    id: 'stay-ends-after-it-starts',
    title: 'No encounter ends before it starts',
    severity: 'error',
    violations: 'select count(*) from core.encounter where end_date < start_date',
    denominator: 'select count(*) from core.encounter',
  },
  {
    id: 'index-or-excluded',
    title: 'A stay is an index stay or has an exclusion in words, never both',
    severity: 'error',
    violations: "select count(*) from mart.readmission where is_index = (coalesce(exclusion, '') <> '')",
    denominator: 'select count(*) from mart.readmission',
  },
  {
    id: 'readmission-within-30-days',
    title: 'A readmission starts 0 to 30 days after its index discharge',
    severity: 'error',
    violations:
      'select count(*) from mart.readmission where is_readmission_30 and not (days_to_readmission between 0 and 30)',
    denominator: 'select count(*) from mart.readmission where is_readmission_30',
  },
  {
    id: 'numerator-inside-denominator',
    title: 'Measures: numerator inside denominator inside initial population, nobody both excluded and counted',
    severity: 'error',
    violations: `select count(*) from mart.care_gap where (numerator and not denominator)
      or (denominator and not initial_population) or (denominator_exclusion and numerator)`,
    denominator: 'select count(*) from mart.care_gap',
  },
];

/** What must hold of every metric, whatever it measures. */
const metricChecks = ({ served }: Built['metrics'][number]): WarehouseCheck[] => {
  const rows = `select count(*) from ${served.relation}`;
  const checks: WarehouseCheck[] = [
    {
      id: `shape-${served.id}`,
      title: `${served.title}: every row has a subject, a person, a date and parts of 0 or more`,
      severity: 'error',
      violations: `${rows} where subject_id is null or person_id is null or anchor_date is null
        or numerator is null or denominator is null or denominator < 0`,
      denominator: rows,
    },
    {
      id: `subject-once-${served.id}`,
      title: `${served.title}: no subject is counted twice`,
      severity: 'error',
      violations: `select count(*) from (select subject_id, anchor_date from ${served.relation} group by all having count(*) > 1)`,
      denominator: rows,
    },
  ];
  if (served.components.length > 0) {
    const sum = served.components.map(({ id }) => id).join(' + ');
    checks.push({
      id: `components-${served.id}`,
      title: `${served.title}: its components add up to the numerator`,
      severity: 'error',
      violations: `${rows} where abs(numerator - (${sum})) >= 0.005`,
      denominator: rows,
    });
  }
  return checks;
};

/**
 * Runs every check on the warehouse and writes it to run.check. Each check, those of the input too, names the metrics
 * that it touches: those downstream of a table it reads. Returns what blocks publishing, in words.
 */
export async function runChecks(connection: DuckDBConnection, built: Built): Promise<string[]> {
  const above = built.metrics.map(({ served, table }) => ({
    id: served.id,
    tables: upstream(built.reads, [table]).add(served.relation),
  }));
  const touched = (reads: readonly string[]): string =>
    JSON.stringify(above.filter(({ tables }) => reads.some((table) => tables.has(table))).map(({ id }) => id));

  for (const { id, reads } of inputChecks) {
    await connection.run('update run.check set metrics_touched = $2::json::varchar[] where check_id = $1', [
      id,
      touched(reads.map((name) => `input.${name}`)),
    ]);
  }
  const blocked: string[] = [];
  for (const check of [...warehouse, ...built.metrics.flatMap(metricChecks)]) {
    const { tables } = await readsOf(connection, { name: check.id, path: `check ${check.id}`, sql: check.violations });
    const violations = await count(connection, check.violations);
    if (violations > 0 && check.severity === 'error') blocked.push(`${check.title} (${violations} rows)`);
    await connection.run(
      `insert into run.check by name select $1 as check_id, $2 as title, $3 as severity, $4 as status,
         $5::bigint as violations, $6::bigint as denominator, 0::double as threshold, $7::json::varchar[] as metrics_touched`,
      [
        ...[check.id, check.title, check.severity, violations > 0 ? 'failed' : 'passed'],
        ...[violations, await count(connection, check.denominator), touched(tables)],
      ],
    );
  }
  return blocked;
}
