import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import { createDimensions, dropWide } from './dimensions.ts';
import type { Definitions, Folder } from './discover.ts';
import { makeMonthly, measureTable, metricTable, rateView, type Subjects, subjectsOf } from './fact.ts';
import { inOrder, type Model } from './graph.ts';
import { makeTable } from './make.ts';
import type { Progress } from './progress.ts';
import { loadReferenceTables, referenceTableNames } from './reference-tables.ts';
import { createRuleEffect, measureRuleEffect } from './rule-effect.ts';
import { sideBySide } from './side-by-side.ts';
import { loadValueSets } from './value-sets.ts';

export const SCHEMAS = [
  'core',
  'mart',
  'fact',
  'metric',
  'measure',
  'rate',
  'reference',
  'dimension',
  'catalogue',
  'run',
];

/** Set once per run; SQL reads them with getvariable(). */
export interface Variables {
  readonly data_through: string;
  /** Calendar year of the measures. */
  readonly period: string;
  /** Secret of the home folder; makes ids opaque and stable. */
  readonly surrogate_key: string;
}

const VARIABLES = new Set(['data_through', 'period_start', 'period_end', 'surrogate_key']);

/** Sets the run variables of a connection. */
export async function setVariables(connection: DuckDBConnection, { data_through, period, surrogate_key }: Variables) {
  await connection.run('set variable data_through = $1::date', [data_through]);
  await connection.run('set variable period_start = make_date($1::integer, 1, 1)', [period]);
  await connection.run('set variable period_end = make_date($1::integer, 12, 31)', [period]);
  await connection.run('set variable surrogate_key = $1::varchar', [surrogate_key]);
}

/** A metric or rate as it is served, but for what its sources leave out. */
export type BuiltMetric = Omit<ServedMetric, 'caveats'>;

export interface Built {
  readonly metrics: readonly {
    readonly served: BuiltMetric;
    /** The table whose SQL computes it; a rate is a view of its measure's table. */
    readonly table: string;
    readonly sql: string;
    readonly subjects: Subjects;
  }[];
  readonly dimensions: readonly Dimension[];
  /** What each table reads, from the tables that are served back to the input. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes every table of the warehouse from the input tables: models, metrics, measures, their dimensions. The schemas
 * of SCHEMAS and an attached or plain schema `input` must exist. Fills run.model (name, rows, seconds, sql). Models that
 * do not wait for each other run side by side on `beside`, further connections to the same database.
 */
export async function build(
  connection: DuckDBConnection,
  definitions: Definitions,
  inputTables: readonly string[],
  variables: Variables,
  progress: Progress,
  beside: readonly DuckDBConnection[] = [],
): Promise<Built> {
  const connections = [connection, ...beside] as const;
  for (const each of connections) {
    await setVariables(each, variables);
    // A pivot into more columns than this gathers lists, which cannot leave the memory.
    await each.run('set pivot_filter_threshold = 100');
  }
  await loadValueSets(connection, definitions);
  await loadReferenceTables(connection, definitions.suppliedTables);
  const { models, metrics, measures } = definitions;
  const folders = [...metrics, ...measures].map(({ model }) => model);
  const given = new Set([
    ...inputTables.map((name) => `input.${name}`),
    'reference.value_set',
    'reference.value_set_source',
    ...referenceTableNames,
  ]);
  const {
    models: ordered,
    reads,
    projected,
  } = await inOrder(connection, [...models, ...folders], {
    tables: given,
    variables: VARIABLES,
  });

  const made: { name: string; seconds: number; sql: string }[] = [];
  const make = async (model: Model, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    try {
      await work();
    } catch (cause) {
      throw new Error(`${model.path} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
    made.push({ name: model.name, seconds: (performance.now() - began) / 1000, sql: model.sql });
    progress.step(model.name);
  };

  progress.start('build', ordered.length);
  const isFolder = new Set(folders);
  const isRead = new Set(models.flatMap(({ name }) => reads.get(name) ?? []));
  const isProjected = new Set(metrics.map(({ model }) => projected.get(model.name)));
  const isForMetrics = ({ name }: Model) => isProjected.has(name) && !isRead.has(name);
  const modelled = ordered.filter((model) => !isFolder.has(model));
  await sideBySide(
    connections,
    modelled.filter((model) => !isForMetrics(model)),
    reads,
    (own, model) => make(model, () => makeTable(own, model)),
  );
  const dimensions = await createDimensions(connection, definitions.dimensions);
  const monthly = new Set<string>();
  await sideBySide(connections, modelled.filter(isForMetrics), reads, (own, model) =>
    make(model, async () => {
      if (await makeMonthly(own, model, dimensions)) monthly.add(model.name);
    }),
  );

  const served: Built['metrics'][number][] = [];
  const tables = new Map<Model, string>();
  for (const { declaration: metric, model } of metrics) {
    const source = projected.get(model.name);
    const shared = source !== undefined && monthly.has(source) ? source : undefined;
    const table = await metricTable(connection, model, metric, dimensions, shared);
    tables.set(model, table.sql);
    served.push({
      served: {
        ...metric,
        kind: 'metric',
        relation: model.name,
        measureId: null,
        rateId: null,
        dimensions: table.dimensions,
        closures: [],
        changes: null,
      },
      table: model.name,
      sql: model.sql,
      subjects: table.subjects,
    });
  }
  for (const { declaration: measure, model } of measures) {
    tables.set(model, await measureTable(connection, model, measure, dimensions));
  }
  await createRuleEffect(connection);
  const measureOf = new Map(measures.map((folder) => [folder.model, folder]));
  await sideBySide(connections, folders, reads, (own, model) =>
    make(model, async () => {
      await own.run(tables.get(model) ?? '');
      const measure = measureOf.get(model);
      if (measure) await measureRuleEffect(own, measure, variables.period);
    }),
  );
  for (const folder of measures) {
    for (const rate of folder.declaration.rates) {
      const view = rateView(folder.declaration, rate.id, dimensions);
      await connection.run(view.sql);
      const rateServed = servedRate(folder, rate, view.name, dimensions);
      const { name: table, sql } = folder.model;
      served.push({ served: rateServed, table, sql, subjects: subjectsOf(view.name) });
    }
  }
  await dropWide(connection);
  await careGap(
    connection,
    measures.map(({ model }) => model.name),
  );
  const counts = made.map(({ name }) => `select '${name}' as name, count(*) as rows from ${name}`);
  await connection.run(
    `create table run.model as
     select name, rows, seconds, sql
     from (select unnest($1::json::struct(name varchar, seconds double, sql varchar)[], recursive := true))
     join (${counts.join(' union all ')}) using (name)`,
    [JSON.stringify(made)],
  );
  progress.finish();
  return { metrics: served, dimensions, reads };
}

function servedRate(
  { declaration: measure }: Folder<Definitions['measures'][number]['declaration']>,
  rate: { readonly id: string; readonly title: string },
  relation: string,
  dimensions: readonly Dimension[],
): BuiltMetric {
  const { measureId, qualityId, rates, grain, exceptions, ...words } = measure;
  return {
    ...words,
    id: `${measure.id}-${rate.id}`,
    title: rates.length === 1 ? measure.title : `${measure.title}: ${rate.title}`,
    topic: 'quality',
    exclusions: [...measure.exclusions, ...exceptions],
    unit: 'percent',
    scale: 100,
    isPart: false,
    grain,
    maturesAfterDays: 0,
    components: [],
    expectedBy: null,
    choices: null,
    kind: 'measure',
    relation,
    measureId,
    qualityId: qualityId ?? null,
    rateId: rate.id,
    dimensions: dimensions.filter(({ scope }) => scope !== 'subject').map(({ id }) => id),
  };
}

/** mart.care_gap: the union of all measures. */
async function careGap(connection: DuckDBConnection, measures: readonly string[]): Promise<void> {
  const union = measures.map((name) => `select * from ${name}`).join(' union all by name ');
  if (union) await connection.run(`create view mart.care_gap as ${union}`);
}
