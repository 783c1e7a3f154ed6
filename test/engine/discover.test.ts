import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from '../../pipelines/engine/discover.ts';
import { parseValueSet } from '../../pipelines/engine/value-sets.ts';

const PIPELINES = new URL('../../pipelines', import.meta.url).pathname;

describe('discover', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(PIPELINES, '..', 'test', '.discover-'));
    for (const folder of ['engine', 'models', 'metrics', 'measures', 'dimensions', 'programs', 'value-sets']) {
      cpSync(join(PIPELINES, folder), join(root, folder), { recursive: true });
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('finds every folder of the real project', async () => {
    const found = await discover(root);
    expect(found.metrics.map(({ declaration }) => declaration.id)).toContain('readmission-30-day');
    expect(found.measures.map(({ declaration }) => declaration.id)).toEqual(
      expect.arrayContaining(['cms122', 'cms125']),
    );
    expect(found.models.map(({ name }) => name)).toContain('core.person');
  });

  it.each([
    ['a stray file in a metric folder', 'metrics/readmission-30-day/notes.md'],
    ['a definition saved without its extension', 'models/core/person'],
    ['a file among the metric folders', 'metrics/README.md'],
    ['a value set with another ending', 'value-sets/mammography.txt'],
    ['a file among the schemas', 'models/person.sql'],
  ])('refuses %s by name', async (_, path) => {
    writeFileSync(join(root, path), 'x');
    await expect(discover(root)).rejects.toThrow(path);
  });

  it('refuses a metric folder without cases', async () => {
    rmSync(join(root, 'metrics/readmission-30-day/cases.ts'));
    await expect(discover(root)).rejects.toThrow('has no cases.ts');
  });

  it('refuses a folder whose declaration has another id', async () => {
    renameSync(join(root, 'metrics/readmission-7-day'), join(root, 'metrics/readmission-60-day'));
    await expect(discover(root)).rejects.toThrow('declares the id "readmission-7-day"');
  });
});

describe('parseValueSet', () => {
  const cited = (...lines: string[]) => ['# CMS, 2025, public domain', ...lines, ''].join('\n');
  const plain = { isPrefix: false, ending: null, isExcluded: false, category: null };

  it('reads codes, prefixes, endings and exclusions, and keeps the source', () => {
    const set = cited('code_system,code', 'icd-10-cm,E11*', 'icd-10-cm,!S02*A', 'loinc,4548-4');
    expect(parseValueSet(set, 'x.csv')).toEqual({
      source: 'CMS, 2025, public domain',
      rules: [
        { ...plain, system: 'icd-10-cm', code: 'E11', isPrefix: true },
        { ...plain, system: 'icd-10-cm', code: 'S02', isPrefix: true, ending: 'A', isExcluded: true },
        { ...plain, system: 'loinc', code: '4548-4' },
      ],
    });
  });

  it('reads a classification, where every rule names a category', () => {
    const set = cited('code_system,code,category', 'icd-10-cm,E11*,50');
    expect(parseValueSet(set, 'x.csv').rules).toEqual([
      { ...plain, system: 'icd-10-cm', code: 'E11', isPrefix: true, category: '50' },
    ]);
  });

  it('names file and line of a bad rule', () => {
    expect(() => parseValueSet(cited('code_system,code', 'icd-10-cm,E11.9'), 'x.csv')).toThrow(
      'x.csv:3 needs "system,CODE" or "system,PREFIX*", got "icd-10-cm,E11.9"',
    );
    expect(() => parseValueSet(cited('code_system,code', 'icd-10-cm,E11,50'), 'x.csv')).toThrow('x.csv:3');
    expect(() => parseValueSet(cited('code_system,code,category', 'icd-10-cm,E11'), 'x.csv')).toThrow(
      'x.csv:3 needs "system,CODE,CATEGORY" or "system,PREFIX*,CATEGORY"',
    );
  });

  it('demands the source line and a header', () => {
    expect(() => parseValueSet('code_system,code\n', 'x.csv')).toThrow('x.csv:1');
    expect(() => parseValueSet(cited('system,code'), 'x.csv')).toThrow('x.csv:2');
  });
});
