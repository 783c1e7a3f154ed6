import { RiskAdjustment } from '#contract/risk-adjustment';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const { years, tables } = RiskAdjustment.shape;

/** The newest payment year first; supplied tables before the built-in ones. */
export async function readRiskAdjustment(queries: Queries): Promise<RiskAdjustment> {
  const [known, read] = await Promise.all([
    queries.rows(
      sql`select model, payment_year, data_year, status, reason, caveat
        from mart.risk_model_year order by payment_year desc, starts_with(model, 'ESRD'), model desc`,
      years.element,
    ),
    queries.rows(
      sql`select table_name, grain, source, is_supplied
        from catalogue.reference_table order by is_supplied desc, table_name, source`,
      tables.element,
    ),
  ]);
  return { years: known, tables: read };
}
