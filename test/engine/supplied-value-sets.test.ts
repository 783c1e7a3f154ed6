import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSuppliedValueSets } from '../../pipelines/engine/supplied-value-sets.ts';

const OID = '2.16.840.1.113883.3.464.1003.101.12.1001';
const OTHER = '2.16.840.1.113883.3.464.1003.101.12.1016';
const CPT = 'http://www.ama-assn.org/go/cpt';
const set = (more: object, oid = OID) => ({
  ...{ resourceType: 'ValueSet', url: `http://cts.nlm.nih.gov/fhir/ValueSet/${oid}`, version: '1', title: 'Visit' },
  ...more,
});
const expansion = (...codes: string[]) => ({ expansion: { contains: codes.map((code) => ({ system: CPT, code })) } });

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-lists-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const read = (files: Readonly<Record<string, unknown>>) => {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readSuppliedValueSets(dir, new Set([OID, OTHER]));
};
const codes = async (files: Readonly<Record<string, unknown>>) =>
  (await read(files)).map((one) => [one.oid, one.codes.map(({ system, code }) => `${system} ${code}`)]);

describe('supplied value sets', () => {
  it('are read from an expansion, also a nested one; abstract entries only group', async () => {
    const nested = { system: CPT, code: 'group', abstract: true, contains: [{ system: CPT, code: '99202' }] };
    expect(await codes({ 'a.json': set({ expansion: { contains: [nested] } }) })).toEqual([[OID, ['hcpcs 99202']]]);
  });

  it('are read from a list of codes less those left out; ICD codes lose their dots', async () => {
    const include = [
      { system: 'http://hl7.org/fhir/sid/icd-10-cm', concept: [{ code: 'e11.9' }, { code: 'E11.8' }] },
      { system: 'http://snomed.info/sct', concept: [{ code: '44054006' }] },
    ];
    const exclude = [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', concept: [{ code: 'E11.8' }] }];
    expect(await codes({ 'a.json': set({ compose: { include, exclude } }) })).toEqual([
      [OID, ['icd-10-cm E119', 'snomed 44054006']],
    ]);
  });

  it('may come in a bundle, be named by an identifier, and stand beside files that nobody asks for', async () => {
    const named = { ...set(expansion('99341')), url: undefined, identifier: [{ value: `urn:oid:${OTHER}` }] };
    const bundle = { resourceType: 'Bundle', entry: [{ resource: set(expansion('99202')) }, { resource: named }] };
    const unasked = set({ compose: { include: [{ system: CPT, filter: [{}] }] } }, '2.16.840.1.1.1.1');
    expect(await codes({ 'a.json': bundle, 'b.json': unasked, 'notes.txt': 'x' })).toEqual([
      [OID, ['hcpcs 99202']],
      [OTHER, ['hcpcs 99341']],
    ]);
  });

  it('the same list twice counts once', async () => {
    expect(await codes({ 'a.json': set(expansion('1', '2')), 'b.json': set(expansion('2', '1')) })).toHaveLength(1);
  });

  it.each([
    ['text that is no JSON', { 'a.json': '{' }, /a\.json: is no JSON/],
    ['another resource', { 'a.json': { resourceType: 'Patient' } }, /a\.json: is no FHIR ValueSet: resourceType/],
    [
      'a page of a longer list',
      { 'a.json': set({ expansion: { total: 2, contains: [{ system: CPT, code: '1' }] } }) },
      /holds 1 of the 2 codes/,
    ],
    [
      'a rule without its codes',
      { 'a.json': set({ compose: { include: [{ system: CPT, filter: [{}] }] } }) },
      /by a rule; export its expansion/,
    ],
    ['a list without codes', { 'a.json': set({}) }, /neither an expansion nor a list/],
    [
      'two versions of a list',
      { 'a.json': set(expansion('1')), 'b.json': set(expansion('2')) },
      /b\.json: holds other codes of .* than .*a\.json/,
    ],
    ['no list that is asked for', { 'a.json': set(expansion('1'), '2.16.840.1.1.1.1') }, /holds no FHIR ValueSet/],
  ])('refuses %s', async (_, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });

  it('a folder that is not there is an error of usage', async () => {
    await expect(readSuppliedValueSets(join(dir, 'nowhere'), new Set())).rejects.toMatchObject({ exitCode: 2 });
  });
});
