import { join } from 'node:path';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { centsOf, one, records } from '../recount.ts';

/** Claims, lines, fills, covered months and dollars. */
export async function countRif(loaded: Loaded, folder: string): Promise<void> {
  const rows = async (name: string) => {
    const all: Readonly<Record<string, string>>[] = [];
    for await (const record of records(join(folder, `${name}.csv`), '|')) all.push(record);
    return all;
  };
  let lines = 0;
  let cents = 0n;
  const claims = new Set<string>();
  for (const name of ['inpatient', 'outpatient', 'snf', 'hha', 'hospice']) {
    for (const { CLM_ID = '', CLM_PMT_AMT } of await rows(name)) {
      lines += 1;
      if (!claims.has(CLM_ID)) cents += centsOf(CLM_PMT_AMT);
      claims.add(CLM_ID);
    }
  }
  for (const name of ['carrier', 'dme']) {
    for (const { CLM_ID = '', LINE_NCH_PMT_AMT } of await rows(name)) {
      lines += 1;
      cents += centsOf(LINE_NCH_PMT_AMT);
      claims.add(CLM_ID);
    }
  }
  expect(await one(loaded, 'select count(*) from input.medical_claim')).toBe(lines);
  expect(await one(loaded, 'select count(distinct claim_id) from input.medical_claim')).toBe(claims.size);
  expect(await one(loaded, 'select sum(paid_amount) * 100 from input.medical_claim')).toBe(Number(cents));

  const fills = await rows('pde');
  const plan = fills.reduce((sum, { CVRD_D_PLAN_PD_AMT }) => sum + centsOf(CVRD_D_PLAN_PD_AMT), 0n);
  expect(await one(loaded, 'select count(*) from input.pharmacy_claim')).toBe(fills.length);
  expect(await one(loaded, 'select sum(paid_amount) * 100 from input.pharmacy_claim')).toBe(Number(plan));

  const held = new Map<string, Readonly<Record<string, string>>>();
  for (let year = 2011; year <= 2021; year++) {
    for (const record of await rows(`beneficiary_${year}`)) held.set(`${record.BENE_ID} ${record.RFRNC_YR}`, record);
  }
  const months = [...held.values()].flatMap((record) =>
    Array.from({ length: 12 }, (_, at) => record[`MDCR_ENTLMT_BUYIN_${at + 1}_IND`] ?? '').filter(
      (code) => '123ABC'.includes(code) && code,
    ),
  );
  expect(
    await one(
      loaded,
      "select sum(date_diff('month', enrollment_start_date, enrollment_end_date) + 1) from input.eligibility",
    ),
  ).toBe(months.length);
}
