import type { DuckDBConnection } from '@duckdb/node-api';
import { type Caveat, NOT_RECORDED } from '#contract/metric';
import type { Built } from '../engine/build.ts';
import { count, quoted, rows } from '../engine/sql.ts';
import { formats } from '../readers/load.ts';
import { tablesBehind } from './behind.ts';

/** Declared by a format that filled some of its tables in this run, and those tables. */
interface Standing {
  readonly words: Caveat;
  readonly isOfDollars: boolean;
  readonly tables: readonly string[];
}

async function standing(connection: DuckDBConnection): Promise<Standing[]> {
  const found: Standing[] = [];
  for (const { id: format, caveats = [] } of formats) {
    for (const { id, title, sentence, tables, where = 'true', isOfDollars = false } of caveats) {
      const filled: string[] = [];
      for (const table of tables) {
        const rows = await count(
          connection,
          `select count(*) from input.${table}
           where ${where} and file_id in (select file_id from run.source_file where format = ${quoted(format)})`,
        );
        if (rows > 0) filled.push(`input.${table}`);
      }
      found.push({ words: { id, title, sentence }, isOfDollars, tables: filled });
    }
  }
  return found;
}

/** With fewer, nobody may have what is asked for by chance: people of a measure, months of a use or cost (1,000 person-years). */
const LEAST = { measure: 20, metric: 12_000 };

/** What nobody is seen to have, though many could: rates of measures, uses and costs. */
async function unrecorded(connection: DuckDBConnection, built: Built): Promise<ReadonlySet<string>> {
  const asked = built.metrics.filter(({ served: { kind, unit } }) => kind === 'measure' || unit !== 'percent');
  if (asked.length === 0) return new Set();
  const found = await rows(
    connection,
    asked
      .map(
        ({ served: { id, kind, relation } }) =>
          `select ${quoted(id)} as id from ${relation} having sum(numerator) = 0 and sum(denominator) >= ${LEAST[kind]}`,
      )
      .join(' union all '),
  );
  return new Set(found.map(({ id }) => String(id)));
}

/** The share of fills from which on a rate of medicines says that it does not know them. */
const MANY_UNNAMED = 0.01;

const thousands = (value: number): string => value.toLocaleString('en-US');

/** Fills whose drug code nobody names: they are of no class of medicines. */
async function unnamedDrugs(connection: DuckDBConnection): Promise<Caveat | undefined> {
  const [found] = await rows(
    connection,
    `select
       count(*)::integer as fills,
       count(*) filter (ndc_code is null or ndc_code not in (select code from core.drug_name where code_system = 'ndc'))::integer as unnamed
     from core.pharmacy_claim
     where not is_after_data_through`,
  );
  const [fills, unnamed] = [Number(found?.fills), Number(found?.unnamed)];
  if (unnamed <= fills * MANY_UNNAMED) return undefined;
  return {
    id: 'unnamed-drugs',
    title: 'Drugs without a name',
    sentence: `Of ${thousands(fills)} fills ${thousands(unnamed)} have a drug code that neither a clinical source nor a supplied drug directory names. They count as no medicine here, so people may look untreated who are treated.`,
  };
}

/** By metric and rate, what its sources do not tell: the caveats of the formats from whose rows its facts come, each once. */
export async function caveatsOf(
  connection: DuckDBConnection,
  built: Built,
): Promise<ReadonlyMap<string, readonly Caveat[]>> {
  const all = await standing(connection);
  const behind = tablesBehind(built);
  const silent = await unrecorded(connection, built);
  const isOfDrugs = (id: string): boolean => behind.get(id)?.has('mart.adherence_drug') ?? false;
  const unnamed = built.metrics.some(({ served }) => isOfDrugs(served.id)) ? await unnamedDrugs(connection) : undefined;
  return new Map(
    built.metrics.map(({ served: { id, unit } }) => {
      const touching = all.filter(
        ({ isOfDollars, tables }) =>
          tables.some((table) => behind.get(id)?.has(table)) && (!isOfDollars || unit.startsWith('dollars')),
      );
      const words = [
        ...touching.map((one) => one.words),
        ...(unnamed && isOfDrugs(id) ? [unnamed] : []),
        ...(silent.has(id) ? [NOT_RECORDED] : []),
      ];
      return [id, [...new Map(words.map((one) => [one.id, one])).values()]];
    }),
  );
}
