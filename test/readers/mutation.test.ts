import { describe, expect, it } from 'vitest';
import { synpuf } from '../../pipelines/readers/synpuf/format.ts';
import { families } from '../campaign/families.ts';
import { campaign } from '../campaign/mutate.ts';
import { Random } from '../campaign/random.ts';
import { loadFiles } from './harness.ts';

it('2,000 damaged extracts: none brings the readers down, hangs them, or leaves a record or a cent unaccounted for', async () => {
  const tally = await campaign({ mutants: 2000, seed: 1 });
  expect(tally.failures).toEqual([]);
  expect(tally.mutants).toBe(2000);
  for (const outcome of ['refused', 'unrecognised', 'recounted', 'summedAgain', 'quarantined'] as const) {
    expect(tally[outcome], outcome).toBeGreaterThan(20);
  }
}, 600_000);

it('every kind of extract that the campaign damages is recognised and accepted before', async () => {
  const random = new Random(1);
  const files: Record<string, Buffer> = {};
  const known = new Map((await families()).flat().map((family) => [family.id, family]));
  for (const [number, family] of [...known.values()].entries()) {
    const { name, bytes } = family.pack(family.draft(`m${number}`, random, 0).text, random);
    if (!name.endsWith('.zip')) files[`${number}/${name}`] = bytes;
  }
  const { files: found, refusals } = await loadFiles(files);
  expect(refusals.filter(({ rule, path }) => rule !== 'F11' || !path.includes('/extract.'))).toEqual([]);
  expect(found.filter(({ kind, quarantined }) => kind === 'unrecognised' || quarantined > 0)).toEqual([]);
});

/** A beneficiary of DE-SynPUF: columns and what stands in them; # for a number of months. */
const SUMMARY: readonly (readonly [string, string])[] = [
  ...(synpuf.tables.find(({ name }) => name === 'beneficiary_summary')?.columns ?? [])
    .filter(({ name, presence }) => presence !== 'optional' && name !== 'reference_year')
    .map(({ name, deliveredAs, type }): [string, string] => [
      deliveredAs[0] ?? name,
      name.endsWith('_months') ? '#' : type === 'text' ? 'ann' : '',
    ]),
];

describe('what the campaign found stays mended', () => {
  const claims = (extra: string, ...cells: readonly string[]) =>
    [
      `claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,data_source,paid_amount,${extra}`,
      ...cells.map((cell, at) => `${at},1,professional,ann,2024-01-05,2024-01-05,cclf,${cell}`),
      '',
    ].join('\n');

  it('a bad record in a file whose columns are called like those of our own tables is quarantined', async () => {
    const text = claims(
      'id,rule,line,ordinal,violation,reason,raw',
      '1.00,a,b,c,d,e,f,g',
      '1.005,a,b,c,d,e,f,g',
      '',
      '2.00,a,b,c,d,e,f,g',
    );
    const loaded = await loadFiles({ 'medical_claim.csv': text });
    expect(loaded.files.map((file) => [file.loaded, file.quarantined])).toEqual([[2, 2]]);
  });

  it('a bad record is quarantined where another column holds nothing but placeholders', async () => {
    const loaded = await loadFiles({ 'medical_claim.csv': claims('admission_date', '1.005,~', '1.00,~') });
    expect(loaded.files).toMatchObject([{ loaded: 1, quarantined: 1, amount_raw: 1, amount_loaded: 1 }]);
  });

  it('a year far beyond the calendar is quarantined, and more months than a year has are twelve', async () => {
    const beneficiaries = (year: string, months: string) =>
      [
        `reference_year,${SUMMARY.map(([name]) => name).join()}`,
        `${year},${SUMMARY.map(([, value]) => value).join()}`.replaceAll('#', months),
        '',
      ].join('\n');
    const loaded = await loadFiles({
      'a/beneficiary_summary.csv': beneficiaries('20240102', '12'),
      'b/beneficiary_summary.csv': beneficiaries('2009', '999999999'),
    });
    expect(loaded.files.map((file) => [file.loaded, file.quarantined])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(
      await loaded.query('select enrollment_start_date as first, enrollment_end_date as last from input.eligibility'),
    ).toEqual([{ first: '2009-01-01', last: '2009-12-31' }]);
  });

  it('an amount beyond all claims is quarantined, and the cents of the rest stay exact', async () => {
    const largest = '999999999999.99,x';
    const loaded = await loadFiles({
      'medical_claim.csv': claims('note', largest, '9999999999999999.99,x', largest, '0.01,x'),
    });
    expect(loaded.files).toMatchObject([
      { loaded: 3, quarantined: 1, amount_raw: 1999999999999.99, amount_loaded: 1999999999999.99 },
    ]);
  });
});
