import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Cohort, Dimension } from '#contract/dimension';
import { Measure, Metric } from '#contract/metric';
import { Program } from '#contract/program';
import type { Cases } from './cases.ts';
import type { Model } from './graph.ts';
import type { ReferenceList } from './reference-tables.ts';
import type { SuppliedValueSet } from './supplied-value-sets.ts';

export interface Folder<Declaration> {
  readonly declaration: Declaration;
  readonly model: Model;
  readonly cases: Cases;
}

export interface ValueSetFile {
  readonly name: string;
  readonly path: string;
  /** Of the folder `quality`: what quality measures ask of people, see mart.evidence. */
  readonly isForQuality: boolean;
}

export interface Definitions {
  readonly models: readonly Model[];
  readonly metrics: readonly Folder<Metric>[];
  readonly measures: readonly Folder<Measure>[];
  readonly dimensions: readonly Dimension[];
  readonly cohorts: readonly Cohort[];
  readonly programs: readonly Program[];
  readonly valueSets: readonly ValueSetFile[];
  /** Lists that the customer brings; each wins over the built-in one of its OID. */
  readonly supplied: readonly SuppliedValueSet[];
  /** Reference tables that the customer brings; each wins over the built-in lists of its model and year. */
  readonly suppliedTables: readonly ReferenceList[];
}

const ROOT = join(import.meta.dirname, '..');

const tableName = (id: string): string => id.replaceAll('-', '_');

const importDefault = async (path: string): Promise<unknown> => (await import(pathToFileURL(path).href)).default;

const visible = async (dir: string) =>
  (await readdir(dir, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));

const stray = (path: string, expected: string): Error => new Error(`stray file ${path}; expected ${expected}`);

/** `models/<schema>/<table>.sql`, or `<table>.logistic.sql` for a table of coefficients. */
async function modelsIn(dir: string): Promise<Model[]> {
  const found: Model[] = [];
  for (const schema of await visible(dir)) {
    if (!schema.isDirectory()) throw stray(join(dir, schema.name), 'a folder per schema');
    for (const file of await visible(join(dir, schema.name))) {
      const path = join(dir, schema.name, file.name);
      const [, table, kind] = /^([a-z][a-z0-9_]*)(\.logistic)?\.sql$/.exec(file.name) ?? [];
      if (!file.isFile() || table === undefined) throw stray(path, '<table>.sql');
      found.push({
        name: `${schema.name}.${table}`,
        sql: await readFile(path, 'utf8'),
        path,
        isLogistic: kind !== undefined,
      });
    }
  }
  return found;
}

/** `<kind>s/<id>/{<kind>.ts,<kind>.sql,cases.ts}`: a folder is one definition, and holds nothing else. */
async function foldersIn<Declaration extends { readonly id: string }>(
  dir: string,
  kind: 'metric' | 'measure',
  parse: (input: unknown) => Declaration,
): Promise<Folder<Declaration>[]> {
  const expected = ['cases.ts', `${kind}.sql`, `${kind}.ts`];
  const found: Folder<Declaration>[] = [];
  for (const folder of await visible(dir)) {
    const path = join(dir, folder.name);
    if (!folder.isDirectory()) throw stray(path, `a folder per ${kind}`);
    const files = (await visible(path)).map(({ name }) => name).sort();
    for (const file of files) if (!expected.includes(file)) throw stray(join(path, file), expected.join(', '));
    for (const file of expected) if (!files.includes(file)) throw new Error(`${path} has no ${file}`);
    const declaration = parse(await importDefault(join(path, `${kind}.ts`)));
    if (declaration.id !== folder.name) throw new Error(`${path} declares the id "${declaration.id}"`);
    const sqlPath = join(path, `${kind}.sql`);
    const sql = await readFile(sqlPath, 'utf8');
    const cases = (await importDefault(join(path, 'cases.ts'))) as Cases;
    found.push({ declaration, model: { name: `${kind}.${tableName(declaration.id)}`, sql, path: sqlPath }, cases });
  }
  return found;
}

async function dimensionsIn(dir: string): Promise<{ dimensions: Dimension[]; cohorts: Cohort[] }> {
  const dimensions: Dimension[] = [];
  let cohorts: Cohort[] = [];
  for (const file of await visible(dir)) {
    const path = join(dir, file.name);
    const id = file.name.replace(/\.ts$/, '');
    if (!file.isFile() || id === file.name) throw stray(path, '<dimension>.ts');
    const content = await importDefault(path);
    if (id === 'cohorts') {
      cohorts = Cohort.omit({ preset: true, persons: true })
        .array()
        .parse(content)
        .map((cohort) => ({ ...cohort, preset: true, persons: null }));
      continue;
    }
    const dimension = Dimension.parse(content);
    if (dimension.id !== id.replaceAll('-', '_')) throw new Error(`${path} declares the id "${dimension.id}"`);
    dimensions.push(dimension);
  }
  return { dimensions, cohorts };
}

/** `programs/<id>.ts`: the measures that a payer asks for, by year. */
async function programsIn(dir: string): Promise<Program[]> {
  const found: Program[] = [];
  for (const file of await visible(dir)) {
    const path = join(dir, file.name);
    if (!file.isFile() || !file.name.endsWith('.ts')) throw stray(path, '<program>.ts');
    const program = Program.parse(await importDefault(path));
    if (`${program.id}.ts` !== file.name) throw new Error(`${path} declares the id "${program.id}"`);
    found.push(program);
  }
  return found;
}

/** `value-sets/<name>.csv`, and `value-sets/quality/<name>.csv` for those of quality measures; a name is used once. */
async function valueSetsIn(dir: string): Promise<ValueSetFile[]> {
  const found: ValueSetFile[] = [];
  for (const folder of [dir, join(dir, 'quality')]) {
    for (const file of await visible(folder)) {
      const path = join(folder, file.name);
      if (path === join(dir, 'quality')) continue;
      const [, name] = /^([a-z0-9-]+)\.csv$/.exec(file.name) ?? [];
      if (!file.isFile() || name === undefined) throw stray(path, '<value-set>.csv');
      const other = found.find((one) => one.name === name);
      if (other) throw new Error(`${path} has the name of ${other.path}`);
      found.push({ name, path, isForQuality: folder !== dir });
    }
  }
  return found;
}

/** Everything that the folders of `pipelines/` define. A stray, missing or misnamed file is an error that names it. */
export async function discover(root = ROOT): Promise<Definitions> {
  const [models, metrics, measures, { dimensions, cohorts }, programs, valueSets] = await Promise.all([
    modelsIn(join(root, 'models')),
    foldersIn(join(root, 'metrics'), 'metric', (input) => Metric.parse(input)),
    foldersIn(join(root, 'measures'), 'measure', (input) => Measure.parse(input)),
    dimensionsIn(join(root, 'dimensions')),
    programsIn(join(root, 'programs')),
    valueSetsIn(join(root, 'value-sets')),
  ]);
  return { models, metrics, measures, dimensions, cohorts, programs, valueSets, supplied: [], suppliedTables: [] };
}
