import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { centsOf, one, records } from '../recount.ts';

/** Patients, encounters, charges as claim lines or fills, and the dollars paid. */
export async function countSynthea(loaded: Loaded, folder: string): Promise<void> {
  const file = (name: string) => {
    const path = join(folder, `${name}.csv`);
    return existsSync(path) ? path : `${path}.gz`;
  };
  const countOf = async (name: string): Promise<number> => {
    let found = 0;
    for await (const _ of records(file(name))) found += 1;
    return found;
  };
  expect(await one(loaded, 'select count(*) from input.patient')).toBe(await countOf('patients'));
  expect(await one(loaded, 'select count(*) from input.encounter')).toBe(await countOf('encounters'));
  let charges = 0;
  let cents = 0n;
  for await (const { TYPE, PAYMENTS } of records(file('claims_transactions'))) {
    if (TYPE === 'CHARGE') charges += 1;
    else cents += centsOf(PAYMENTS);
  }
  const lines = await one(loaded, 'select count(*) from input.medical_claim');
  const fills = await one(loaded, 'select count(*) from input.pharmacy_claim');
  expect(lines + fills).toBe(charges);
  expect(fills).toBe(await countOf('medications'));
  const paid = (table: string) =>
    one(
      loaded,
      `select coalesce(sum(paid_amount + copayment_amount + coinsurance_amount), 0) * 100 from input.${table}`,
    );
  expect((await paid('medical_claim')) + (await paid('pharmacy_claim'))).toBe(Number(cents));
}
