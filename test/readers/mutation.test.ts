import { describe, expect, it } from 'vitest';
import { families } from '../campaign/families.ts';
import { campaign } from '../campaign/mutate.ts';
import { written } from '../campaign/mutations.ts';
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
  for (const [number, family] of (await families()).flat().entries()) {
    const sheet = family.sheet(`m${number}`, random);
    const { name, bytes } = family.pack(written(sheet), random);
    if (!name.endsWith('.zip')) files[`${number}/${name}`] = bytes;
  }
  const { files: found, refusals } = await loadFiles(files);
  expect(refusals.filter(({ rule, path }) => rule !== 'F11' || !path.includes('/extract.'))).toEqual([]);
  expect(found.filter(({ kind, quarantined }) => kind === 'unrecognised' || quarantined > 0)).toEqual([]);
});

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
