// npx tsx test/campaign/ecqm.ts [--value-sets DIR] [--measure CMS130] [--input FILE] [--keep]
// Computes the quality measures for the public test patients of the 2025 eCQMs (../shared/data/ecqm-2025) and prints, for
// each measure, how many cases agree in every population, and each that does not. --value-sets is a folder of FHIR
// ValueSets with all their codes; without it the built-in open lists are used. --input keeps what was read for next time;
// --keep writes the cases that agree with the open lists to test/acceptance/ecqm-agreeing.txt.
// Ends with exit 1 where a case differs.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { SCHEMAS } from '../../pipelines/engine/build.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { loadValueSets, withSupplied } from '../../pipelines/engine/value-sets.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { load } from '../../pipelines/readers/load.ts';
import { tarEntries } from '../support/tar.ts';
import { definitionsInOrder, make, setVariables } from '../support/warehouse.ts';

/** Cases that agree with the open lists alone; may only grow. */
export const AGREEING = join(import.meta.dirname, '../acceptance/ecqm-agreeing.txt');
export const CASES = resolve(import.meta.dirname, '../../../shared/data/ecqm-2025');

export const POPULATIONS = [
  'initial_population',
  'denominator',
  'denominator_exclusion',
  'denominator_exception',
  'numerator',
];
export type Population = Readonly<Record<string, number>>;

export interface Case {
  readonly measure: string;
  readonly rate: string;
  readonly id: string;
  readonly description: string;
  readonly wanted: Population;
  readonly got: Population;
}

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
}
interface Bundle {
  readonly entry: readonly { readonly resource: Resource }[];
}

/** A line of a file of one resource type. */
interface Line {
  readonly resourceType: string;
  readonly line: string;
}

/**
 * The resources of one case. Cases were copied from one another, and each is a world of its own: the identifiers of its
 * patient are dropped, all is about that patient, and what else has an id gets one of the case.
 */
function ownResources({ entry }: Bundle, world: string): Line[] {
  const resources = entry.map(({ resource }) => resource);
  const patient = resources.find(({ resourceType }) => resourceType === 'Patient')?.id;
  const ids = new Set(resources.filter((one) => one.resourceType !== 'Patient').map(({ id }) => id));
  return resources.map((resource) => {
    const own = resource.resourceType === 'Patient' ? { ...resource, identifier: undefined } : resource;
    let line = JSON.stringify(own).replaceAll(/"Patient\/[^"]+"/g, `"Patient/${patient}"`);
    for (const id of ids) {
      line = line.replaceAll(`"id":"${id}"`, `"id":"${id}-${world}"`).replaceAll(`/${id}"`, `/${id}-${world}"`);
    }
    return { resourceType: resource.resourceType, line };
  });
}

/** The public test patients of some measures. */
function* publicPatients(measures: ReadonlySet<string>): Generator<Line> {
  let cases = 0;
  for (const { name, content } of tarEntries(gunzipSync(readFileSync(join(CASES, 'cases.tar.gz'))))) {
    if (!measures.has(name.split('/')[1] ?? '')) continue;
    yield* ownResources(JSON.parse(content.toString('utf8')), `${cases++}`);
  }
}

/** Lays resources out as files of one type each: what a bulk export of these patients would hold. */
function layOut(folder: string, resources: Iterable<Line>): void {
  const byType = new Map<string, string[]>();
  for (const { resourceType, line } of resources) {
    const lines = byType.get(resourceType) ?? [];
    lines.push(line);
    byType.set(resourceType, lines);
  }
  mkdirSync(folder, { recursive: true });
  for (const [type, lines] of byType) writeFileSync(join(folder, `${type}.ndjson`), `${lines.join('\n')}\n`);
}

/** Reads patients into the input tables of the schema `input`. */
async function read(connection: DuckDBConnection, resources: Iterable<Line>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'throughline-ecqm-'));
  try {
    layOut(join(root, 'source'), resources);
    const home = { landing: join(root, 'l'), quarantine: join(root, 'q'), scratch: join(root, 's') };
    for (const path of Object.values(home)) mkdirSync(path);
    await connection.run('create schema run');
    await createInput(connection, 'input');
    const sources = [join(root, 'source')];
    const request = { connection, home, runId: 'ecqm', sources, skip: [], format: undefined, progress: silent };
    const { refusals } = await load(request);
    if (refusals.length > 0) throw new Error(refusals.map(({ message }) => message).join('\n'));
    await connection.run('drop schema run cascade');
  } finally {
    rmSync(root, { recursive: true });
  }
}

interface Asked {
  /** Such as CMS130; all that the project has when empty. */
  readonly measures: readonly string[];
  readonly valueSets?: string | undefined;
  /** File that keeps the input tables of the patients that were read first. */
  readonly input?: string | undefined;
}

const placeOf = (measure: string, rate: string, patient: string): string => [measure, rate, patient].join('|');

/** The measures that were asked for, and the populations of 2025 of each of their rates for any of the patients. */
export async function populations(
  patients: (measures: ReadonlySet<string>) => Iterable<Line>,
  { measures: asked, valueSets, input = ':memory:' }: Asked,
): Promise<{ measures: string[]; of: (measure: string, rate: string, patient: string) => Population }> {
  const { definitions } = await definitionsInOrder();
  const folders = definitions.measures.filter(
    ({ declaration }) => asked.length === 0 || asked.includes(declaration.measureId),
  );
  const measures = folders.map(({ declaration }) => declaration.measureId);
  const isKept = existsSync(input);
  const kept = await DuckDBInstance.create(input);
  const connection = await kept.connect();
  if (!isKept) {
    await connection.run('create schema input');
    const all = definitions.measures.map(({ declaration }) => declaration.measureId);
    await read(connection, patients(new Set(input === ':memory:' ? measures : all)));
  }
  const [{ name } = {}] = await rows(connection, 'select current_database() as name');
  await connection.run("attach ':memory:' as warehouse");
  await connection.run('use warehouse');
  for (const schema of [...SCHEMAS, 'input']) await connection.run(`create schema ${schema}`);
  await createInput(connection, 'input');
  for (const { table_name } of await rows(
    connection,
    `select table_name from duckdb_tables() where database_name = ${quoted(String(name))} and schema_name = 'input'`,
  )) {
    await connection.run(`insert into input.${table_name} by name from ${name}.input.${table_name}`);
  }
  await setVariables(connection, { data_through: '2026-12-31', period: '2025' });
  await loadValueSets(connection, valueSets === undefined ? definitions : await withSupplied(definitions, valueSets));
  await make(connection, ...folders.map(({ model }) => model.name));

  const found = new Map<string, Population>();
  for (const { model } of folders) {
    for (const row of await rows(
      connection,
      `select measure_id, rate_id, source_person_id, ${POPULATIONS.map((one) => `${one}::integer as ${one}`).join(', ')}
       from ${model.name} join core.person_source using (person_id) where period_start = date '2025-01-01'`,
    )) {
      const place = placeOf(String(row.measure_id), String(row.rate_id), String(row.source_person_id));
      found.set(
        place,
        populationOf((one) => Number(row[one])),
      );
    }
  }
  connection.closeSync();
  kept.closeSync();
  return { measures, of: (...place) => found.get(placeOf(...place)) ?? populationOf(() => 0) };
}

/** Every public case of the measures, with what was expected and what was found. */
export async function evaluate(asked: Asked): Promise<Case[]> {
  const { measures, of } = await populations(publicPatients, asked);
  const expected: Record<string, string>[] = parse(readFileSync(join(CASES, 'expected.csv')), { columns: true });
  return expected
    .filter(({ measure = '' }) => measures.includes(measure))
    .map((row) => {
      const { measure = '', patient_id: id = '', description = '' } = row;
      const rate = (row.group ?? '').replace('group_', '');
      const wanted = populationOf((one) => Number(row[one]));
      return { measure, rate, id, description, wanted, got: of(measure, rate, id) };
    });
}

/** A numerator counts, and an exception is asked for, only where the ones before them leave the person in. */
export function populationOf(cell: (name: string) => number): Population {
  const [initial = 0, denominator = 0, exclusion = 0, exception = 0, numerator = 0] = POPULATIONS.map(cell);
  const isCounted = denominator === 1 && exclusion === 0;
  return {
    initial_population: initial,
    denominator,
    denominator_exclusion: denominator === 1 ? exclusion : 0,
    denominator_exception: isCounted && numerator === 0 ? exception : 0,
    numerator: isCounted ? numerator : 0,
  };
}

export const agrees = ({ wanted, got }: Pick<Case, 'wanted' | 'got'>): boolean =>
  POPULATIONS.every((one) => wanted[one] === got[one]);

/** The cases that agree, a line per rate: `CMS130-1: ` and the first eight characters of their ids. */
export function agreeing(cases: readonly Case[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const one of cases.filter(agrees)) {
    const rate = `${one.measure}-${one.rate}`;
    found.set(rate, (found.get(rate) ?? new Set()).add(one.id.slice(0, 8)));
  }
  return found;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'value-sets': { type: 'string' },
      measure: { type: 'string', multiple: true },
      input: { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const cases = await evaluate({
    measures: values.measure ?? [],
    valueSets: values['value-sets'],
    input: values.input,
  });
  if (values.keep) {
    const lines = [...agreeing(cases)].map(([rate, ids]) => `${rate}: ${[...ids].sort().join(' ')}\n`);
    writeFileSync(AGREEING, lines.sort().join(''));
  }
  const short = (population: Population) => POPULATIONS.map((one) => population[one]).join('');
  for (const measure of new Set(cases.map((one) => one.measure))) {
    const own = cases.filter((one) => one.measure === measure);
    process.stdout.write(`${measure}: ${own.filter(agrees).length} of ${own.length} agree\n`);
    for (const one of own.filter((each) => !agrees(each))) {
      process.stdout.write(
        `  rate ${one.rate} ${one.id} wanted ${short(one.wanted)} got ${short(one.got)}: ${one.description}\n`,
      );
    }
  }
  if (!cases.every(agrees)) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await main();
