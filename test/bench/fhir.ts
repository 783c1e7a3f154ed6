// node --import tsx test/bench/fhir.ts [MEMBERS] [ROUNDS] [THREADS]
// Ratio of the FHIR reader, from files to input, to bare DuckDB on the same bytes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemStructure, structures } from '../../pipelines/readers/fhir/structures.ts';
import { compare } from './lines.ts';

const [members = 1000, rounds = 3, threads = 2] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
/** What the reader parses of a resource, once: of an ExplanationOfBenefit its header and its lines. */
function columnsOf(name: string): string {
  const [type = ''] = name.split('.');
  const structure = type === 'ExplanationOfBenefit' ? { ...structures[type], ...itemStructure } : structures[type];
  return `unnest(from_json(line, '${JSON.stringify({ id: 'VARCHAR', ...structure })}'))`;
}

try {
  const generator = join(import.meta.dirname, '../../sample-data/main.ts');
  const wanted = ['--members', String(members), '--format', 'fhir', '--out', join(folder, 'extract')];
  execFileSync(process.execPath, ['--import', 'tsx', generator, ...wanted], { stdio: 'ignore' });
  const [source] = readdirSync(join(folder, 'extract'), { recursive: true, withFileTypes: true }).filter(({ name }) =>
    name.startsWith('Patient.'),
  );
  if (!source) throw new Error('the generator wrote no Patient');
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  rmSync(join(source.parentPath, 'synthetic.json'), { force: true });
  await compare('FHIR', source.parentPath, scratch, { rounds, threads, columnsOf });
} finally {
  rmSync(folder, { recursive: true });
}
