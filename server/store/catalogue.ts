import { z } from 'zod';
import { Cohort, Dimension } from '#contract/dimension';
import { type Caveat, NOT_RECORDED, ServedMetric } from '#contract/metric';
import { Program } from '#contract/program';
import { type Cubed, readCubed } from './cube.ts';
import type { Queries } from './query.ts';
import { join, Names, sql } from './sql.ts';

const CatalogueMetric = ServedMetric.extend({ sql: z.string() });
export type CatalogueMetric = z.infer<typeof CatalogueMetric>;

/** What a snapshot says about itself; read once, when it is opened. */
export interface SnapshotCatalogue {
  readonly snapshot: string;
  readonly runId: string;
  readonly publishedAt: string;
  readonly dataThrough: string;
  readonly period: string;
  readonly synthetic: boolean;
  readonly metrics: ReadonlyMap<string, CatalogueMetric>;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** Without counts of persons. */
  readonly presets: readonly Cohort[];
  /** Those of any metric, each once. */
  readonly caveats: readonly Caveat[];
  /** YYYY-MM of the metrics; null when none has a row. */
  readonly programs: readonly Program[];
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
  /** Names of the value sets. */
  readonly valueSets: ReadonlySet<string>;
  readonly cubed: Cubed;
  readonly names: Names;
}

const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

export async function readCatalogue(queries: Queries): Promise<SnapshotCatalogue> {
  const about = await queries.row(
    sql`select snapshot, run_id as "runId", published_at as "publishedAt", data_through as "dataThrough", period, synthetic
        from catalogue.snapshot`,
    z.object({
      snapshot: z.string(),
      runId: z.string(),
      publishedAt: z.string(),
      dataThrough: z.iso.date(),
      period: z.string(),
      synthetic: z.boolean(),
    }),
  );
  const columns = await queries.rows(
    sql`select table_schema || '.' || table_name as "table", list(column_name::varchar) as columns
        from information_schema.columns where table_catalog = current_database() group by 1`,
    z.object({ table: z.string(), columns: z.array(z.string()) }),
  );
  const names = new Names(new Map(columns.map(({ table, columns }) => [table, new Set(columns)])));
  const metrics = await queries.rows(
    sql`select definition, sql from catalogue.metric order by id`,
    z
      .object({ definition: json(ServedMetric), sql: z.string() })
      .transform(({ definition, sql }): CatalogueMetric => ({ ...definition, sql })),
  );
  const dimensions = await queries.rows(
    sql`select definition from catalogue.dimension order by id`,
    z.object({ definition: json(Dimension) }).transform(({ definition }) => definition),
  );
  const presets = await queries.rows(
    sql`select id, title, description, "where", preset, null::integer as persons from catalogue.cohort order by rowid`,
    Cohort,
  );
  const programs = await queries.rows(
    sql`select definition from catalogue.program order by id`,
    z.object({ definition: json(Program) }).transform(({ definition }) => definition),
  );
  const valueSets = await queries.rows(
    sql`select value_set as name from catalogue.value_set`,
    z.object({ name: z.string() }),
  );
  return {
    ...about,
    programs,
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    dimensions: new Map(dimensions.map((dimension) => [dimension.id, dimension])),
    presets,
    caveats: [
      ...new Map(metrics.flatMap(({ caveats }) => caveats.map((caveat) => [caveat.id, caveat] as const))).values(),
    ].filter(({ id }) => id !== NOT_RECORDED.id),
    ...(await monthsOf(queries, names, metrics)),
    valueSets: new Set(valueSets.map(({ name }) => name)),
    cubed: await readCubed(queries, names),
    names,
  };
}

/** Measures are dated by their period's end, which can lie after the data; so metrics alone say which months there are. */
async function monthsOf(queries: Queries, names: Names, metrics: readonly ServedMetric[]) {
  const relations = metrics.filter(({ kind }) => kind === 'metric').map(({ relation }) => names.table(relation));
  if (relations.length === 0) return { firstMonth: null, lastMonth: null };
  return queries.row(
    sql`select strftime(min(month), '%Y-%m') as "firstMonth", strftime(max(month), '%Y-%m') as "lastMonth"
        from (${join(
          relations.map(
            (relation) => sql`select min(month) as month from ${relation} union all select max(month) from ${relation}`,
          ),
          ' union all ',
        )})`,
    z.object({ firstMonth: z.string().nullable(), lastMonth: z.string().nullable() }),
  );
}
