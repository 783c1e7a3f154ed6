import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, describeInputs } from '../../pipelines/readers/inputs.ts';
import { roster } from '../../pipelines/readers/roster/format.ts';
import { loadFiles } from './harness.ts';

const FOLDER = join(import.meta.dirname, '../../pipelines/readers/roster/templates');
const templates = readdirSync(FOLDER).map((name) => name.replace('.csv', ''));
const contentOf = (name: string) => readFileSync(join(FOLDER, `${name}.csv`), 'utf8');

describe('the list of inputs', () => {
  it('is what the declarations say; npx tsx pipelines/readers/inputs.ts writes it anew', () => {
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(describeInputs());
  });
});

describe('the templates of roster files', () => {
  it('are one for each kind of file that is used', () => {
    const used = roster.tables.filter(({ unused }) => unused === undefined).map(({ name }) => name);
    expect(templates.sort()).toEqual(used.sort());
  });

  it('name every column of their kind, and no other', () => {
    for (const { name, columns } of roster.tables.filter(({ unused }) => unused === undefined)) {
      const header = contentOf(name).split('\n')[0]?.toLowerCase().split(',').sort();
      expect(header, name).toEqual(columns.map(({ deliveredAs }) => deliveredAs[0]?.toLowerCase()).sort());
    }
  });

  it('load without a rule broken or a column unknown', async () => {
    const { files, refusals } = await loadFiles(
      Object.fromEntries(templates.map((name) => [`${name}.csv`, contentOf(name)])),
    );
    expect(refusals).toEqual([]);
    for (const { kind, format, loaded, quarantined, note } of files) {
      expect({ kind, format, loaded, quarantined, note }).toEqual({
        ...{ kind, format: 'roster', loaded: 1, quarantined: 0, note: null },
      });
    }
  });

  it('lack a column: the file is refused with its name', async () => {
    for (const { name, columns } of roster.tables.filter(({ unused }) => unused === undefined)) {
      const [wanted = ''] = columns.filter(({ presence }) => presence !== 'optional').at(-1)?.deliveredAs ?? [];
      const [header = '', row = ''] = contentOf(name).split('\n');
      const at = header.toLowerCase().split(',').indexOf(wanted.toLowerCase());
      const without = (line: string) => line.split(',').toSpliced(at, 1).join(',');
      const { refusals } = await loadFiles({ 'x.csv': `${without(header)}\n${without(row)}\n` });
      expect(
        refusals.map(({ rule }) => rule),
        `${name} without ${wanted}`,
      ).toEqual(['F04']);
      expect(refusals[0]?.message).toContain(`no column "${wanted}"`);
    }
  });
});
