import type { DuckDBConnection } from '@duckdb/node-api';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import { createDimensions } from './dimensions.ts';
import type { Definitions, Folder } from './discover.ts';
import { MonthFacts, measureTable, metricTable, rateView } from './fact.ts';
import { inOrder, type Model } from './graph.ts';
import { makeTable } from './make.ts';
import type { Progress } from './progress.ts';
import { count } from './sql.ts';
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

async function setVariables(connection: DuckDBConnection, { data_through, period, surrogate_key }: Variables) {
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
  }[];
  readonly dimensions: readonly Dimension[];
  /** What each table reads, from the tables that are served back to the input. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes every table of the warehouse from the input tables: models, metrics, measures, their dimensions. The schemas
 * of SCHEMAS and an attached or plain schema `input` must exist. Fills run.model (name, rows, seconds, sql).
 */
export async function build(
  connection: DuckDBConnection,
  definitions: Definitions,
  inputTables: readonly string[],
  variables: Variables,
  progress: Progress,
): Promise<Built> {
  await setVariables(connection, variables);
  await connection.run('create table run.model (name varchar, rows bigint, seconds double, sql varchar)');
  await loadValueSets(connection, definitions.valueSets);
  const { models, metrics, measures } = definitions;
  const folders = [...metrics, ...measures].map(({ model }) => model);
  const given = new Set([...inputTables.map((name) => `input.${name}`), 'reference.value_set']);
  const { models: ordered, reads } = await inOrder(connection, [...models, ...folders], {
    tables: given,
    variables: VARIABLES,
  });

  const make = async (model: Model, work: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    try {
      await work();
    } catch (cause) {
      throw new Error(`${model.path} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
    const seconds = (performance.now() - began) / 1000;
    await connection.run('insert into run.model values ($1, $2, $3, $4)', [
      model.name,
      await count(connection, `select count(*) from ${model.name}`),
      seconds,
      model.sql,
    ]);
    progress.step(model.name);
  };

  progress.start('build', ordered.length);
  const isFolder = new Set(folders);
  for (const model of ordered) {
    if (!isFolder.has(model)) await make(model, () => makeTable(connection, model));
  }
  const dimensions = await createDimensions(connection, definitions.dimensions);

  const served: { served: BuiltMetric; table: string; sql: string }[] = [];
  const monthFacts = new MonthFacts(connection, dimensions);
  for (const { declaration: metric, model } of metrics) {
    const table = await metricTable(connection, model, metric, dimensions, monthFacts);
    await make(model, () => connection.run(table.sql));
    served.push({
      served: {
        ...metric,
        kind: 'metric',
        relation: model.name,
        measureId: null,
        rateId: null,
        dimensions: table.dimensions,
      },
      table: model.name,
      sql: model.sql,
    });
  }
  for (const folder of measures) {
    const table = await measureTable(connection, folder.model, dimensions);
    await make(folder.model, () => connection.run(table.sql));
    for (const rate of folder.declaration.rates) {
      const view = rateView(folder.declaration, rate.id, dimensions);
      await connection.run(view.sql);
      const rateServed = servedRate(folder, rate, view.name, table.dimensions);
      served.push({ served: rateServed, table: folder.model.name, sql: folder.model.sql });
    }
  }
  await careGap(
    connection,
    measures.map(({ model }) => model.name),
  );
  progress.finish();
  return { metrics: served, dimensions, reads };
}

function servedRate(
  { declaration: measure }: Folder<Definitions['measures'][number]['declaration']>,
  rate: { readonly id: string; readonly title: string },
  relation: string,
  dimensions: string[],
): BuiltMetric {
  const { measureId, qualityId: _, rates, grain, exceptions, ...words } = measure;
  return {
    ...words,
    id: `${measure.id}-${rate.id}`,
    title: rates.length === 1 ? measure.title : `${measure.title}: ${rate.title}`,
    topic: 'quality',
    exclusions: [...measure.exclusions, ...exceptions],
    unit: 'percent',
    scale: 100,
    grain,
    maturesAfterDays: 0,
    components: [],
    expectedBy: null,
    choices: null,
    kind: 'measure',
    relation,
    measureId,
    rateId: rate.id,
    dimensions,
  };
}

/** mart.care_gap: the union of all measures. */
async function careGap(connection: DuckDBConnection, measures: readonly string[]): Promise<void> {
  const union = measures.map((name) => `select * from ${name}`).join(' union all by name ');
  if (union) await connection.run(`create table mart.care_gap as ${union}`);
}
