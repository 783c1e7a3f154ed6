import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from './sql.ts';

/** Who acts when the rule is broken. */
export type Owner =
  | 'enrollment'
  | 'claims operations'
  | 'pharmacy benefit'
  | 'clinical informatics'
  | 'provider network'
  | 'source system'
  | 'data engineering';

/** What a rule says about itself. */
export interface Rule {
  /** Stable, unique, grouped by table. A rule that holds of every metric has one number and an id for each. */
  readonly number: number;
  /** Stable words by which the check is known and overridden. */
  readonly id: string;
  /** What ought to hold. */
  readonly title: string;
  /** An error is a gate: it blocks publishing. A warning may change a number. Info is worth knowing. */
  readonly severity: 'info' | 'warning' | 'error';
  /** Share of the denominator that may break it before it fails. */
  readonly threshold: number;
  readonly owner: Owner;
}

/** A rule that each row of a relation keeps by itself. */
export interface Check extends Rule {
  /** What stands after FROM; checks of one relation share one scan of it. */
  readonly from: string;
  /** Rows to which the rule applies. */
  readonly among: string;
  /** True for a row that breaks it. */
  readonly broken: string;
}

export interface Finding extends Rule {
  readonly violations: number;
  /** What could have broken it; 0 means that the check does not apply. */
  readonly denominator: number;
  readonly status: 'passed' | 'failed' | 'not applicable';
}

/** A rule and what was counted. It fails when the violations pass its threshold, unless the caller judges otherwise. */
export const judged = (
  { number, id, title, severity, threshold, owner }: Rule,
  violations: number,
  denominator: number,
  fails = violations > threshold * denominator,
): Finding => ({
  ...{ number, id, title, severity, threshold, owner, violations, denominator },
  status: denominator === 0 ? 'not applicable' : fails ? 'failed' : 'passed',
});

type RuleOnRows = Pick<Check, 'number' | 'id' | 'title' | 'broken'> &
  Partial<Pick<Check, 'severity' | 'threshold' | 'owner' | 'among'>>;

/** Rules on the rows of one relation: a warning without threshold, on every row, unless a rule says otherwise. */
export const onRows = (from: string, prefix: string, owner: Owner, rules: readonly RuleOnRows[]): Check[] =>
  rules.map((rule) => ({
    ...{ severity: 'warning', threshold: 0, among: 'true', from, owner },
    ...rule,
    id: prefix === '' ? rule.id : `${prefix}-${rule.id}`,
  }));

/**
 * Runs checks in one query that scans each relation once. A CASE spares the rows to which a rule does not apply; AND
 * would not.
 */
export async function findingsOf(connection: DuckDBConnection, checks: readonly Check[]): Promise<Finding[]> {
  if (checks.length === 0) return [];
  const byRelation = new Map<string, (Check & { readonly place: number })[]>();
  for (const [place, check] of checks.entries()) {
    byRelation.set(check.from, [...(byRelation.get(check.from) ?? []), { ...check, place }]);
  }
  const scans = [...byRelation].map(([from, ofRelation]) => {
    const each = (sql: (check: (typeof ofRelation)[number]) => string) => `unnest([${ofRelation.map(sql).join(', ')}])`;
    return `select
      ${each(({ place }) => `${place}`)} as place,
      ${each(({ among, broken }) => `count_if(case when ${among} then ${broken} end)`)} as violations,
      ${each(({ among }) => `count_if(${among})`)} as denominator
    from ${from}`;
  });
  const counts = await rows(connection, `${scans.join('\nunion all\n')}\norder by place`);
  return checks.map((check, place) =>
    judged(check, Number(counts[place]?.violations), Number(counts[place]?.denominator)),
  );
}
