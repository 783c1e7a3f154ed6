import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import {
  type Encounter,
  type Extract,
  type Recount,
  recount,
  syntheaExtract,
  tuvaExtract,
} from '../support/encounter-recount.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const LAUNCH = resolve(import.meta.dirname, '../../server/launch.mjs');
const whyNot = existsSync(DATA) ? '' : ' (skipped: the folder ../shared/data is not here)';
const run = promisify(execFile);

type Counted = Omit<Encounter, 'facility'>;

/** Publishes the extract with the product's own command and reads core.encounter, with the source's ids of persons. */
async function published(source: string): Promise<Counted[]> {
  const home = mkdtempSync(join(tmpdir(), 'throughline-encounters-'));
  try {
    await run(process.execPath, [LAUNCH, 'run', '--source', source, '--home', home]);
    const { file = '' } = readPointer(openHome(home)) ?? {};
    const instance = await DuckDBInstance.create(join(home, file), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const found = await rows(
      connection,
      `with line as (select encounter_id, count(*)::integer as lines from core.medical_claim group by encounter_id)
       select
         source.source_person_id as person, encounter_type as type, start_date::varchar as start,
         end_date::varchar as "end", encounter.source, coalesce(lines, 0) as lines
       from core.encounter
       join (select distinct person_id, source_person_id from core.person_source) as source using (person_id)
       left join line using (encounter_id)`,
    );
    connection.closeSync();
    instance.closeSync();
    return found.map(({ person, type, start, end, source: told, lines }) => ({
      person: String(person),
      type: String(type),
      start: String(start),
      end: String(end),
      source: told === 'claim' || told === 'ehr' ? told : 'both',
      lines: Number(lines),
    }));
  } finally {
    rmSync(home, { recursive: true });
  }
}

function tally(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

const kinds = (encounters: readonly Counted[]) =>
  Object.fromEntries([...tally(encounters.map(({ type, source }) => `${type}, ${source}`))].sort());

/** What only one of the two counts has, as 'counted 1 | person | type | start | end | source | lines'. */
function differences(counted: readonly Counted[], core: readonly Counted[]): string[] {
  const text = ({ person, type, start, end, source, lines }: Counted) =>
    [person, type, start, end, source, `${lines} lines`].join(' | ');
  const ours = tally(counted.map(text));
  const theirs = tally(core.map(text));
  return [...new Set([...ours.keys(), ...theirs.keys()])].sort().flatMap((row) => {
    const more = (ours.get(row) ?? 0) - (theirs.get(row) ?? 0);
    return more === 0 ? [] : [`${more > 0 ? 'counted' : 'core'} ${Math.abs(more)} | ${row}`];
  });
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);

describe.skipIf(whyNot !== '').each([
  { name: 'the Tuva layout', folder: 'tuva', read: tuvaExtract },
  { name: '420 Synthea patients', folder: 'synthea/full-420', read: syntheaExtract },
])(`encounters of $name, counted a second time from the raw files${whyNot}`, ({ folder, read }) => {
  let core: Counted[];
  let extract: Extract;
  let counted: Recount;
  beforeAll(async () => {
    const source = join(DATA, folder);
    [core, extract] = await Promise.all([published(source), read(source)]);
    counted = recount(extract);
  }, 180_000);

  it('leave no claim line and no statement of a clinical source out, and count none twice', () => {
    const { encounters, claims, statements } = counted;
    expect(encounters.reduce((all, { lines }) => all + lines, 0)).toBe(extract.lines.length);
    expect(sum(statements)).toBe(extract.statements.length);
    const billed = encounters.filter(({ source }) => source !== 'ehr').length;
    expect(claims.get('opens an encounter')).toBe(billed);
    expect(encounters.length).toBe(billed + (statements.get('encounter without claims') ?? 0));
  });

  it('are as many as core.encounter has, of each type and source', () => {
    expect(core.length).toBe(counted.encounters.length);
    expect(kinds(core)).toEqual(kinds(counted.encounters));
  });

  it('are the same: person, type, first and last day, source, and number of claim lines', () => {
    expect(differences(counted.encounters, core)).toEqual([]);
  });
});
