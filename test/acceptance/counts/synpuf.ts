import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { centsOf, one, records } from '../recount.ts';

/** Beneficiaries, covered months, claims, lines, fills and dollars. */
export async function countSynpuf(loaded: Loaded, folder: string): Promise<void> {
  const entitled = new Set<string>();
  const claims = new Set<string>();
  const counted = { months: 0, lines: 0, cents: 0n, fills: 0, fillCents: 0n };
  for (const name of readdirSync(folder)) {
    for await (const record of records(join(folder, name))) {
      const { DESYNPUF_ID = '', CLM_ID = '', BENE_HI_CVRAGE_TOT_MONS, BENE_SMI_CVRAGE_TOT_MONS } = record;
      if (name.includes('Beneficiary')) {
        const months = Math.max(Number(BENE_HI_CVRAGE_TOT_MONS), Number(BENE_SMI_CVRAGE_TOT_MONS));
        if (months > 0) entitled.add(DESYNPUF_ID);
        counted.months += months;
      } else if (name.includes('Prescription')) {
        counted.fills += 1;
        counted.fillCents += centsOf(record.TOT_RX_CST_AMT) - centsOf(record.PTNT_PAY_AMT);
      } else if (name.includes('Carrier')) {
        claims.add(CLM_ID);
        const used = (at: number) =>
          ['PRF_PHYSN_NPI', 'TAX_NUM', 'HCPCS_CD', 'LINE_PRCSG_IND_CD', 'LINE_ICD9_DGNS_CD'].some(
            (column) => record[`${column}_${at}`],
          );
        for (let at = 1; at <= 13; at++) {
          if (used(at)) counted.lines += 1;
          counted.cents += centsOf(record[`LINE_NCH_PMT_AMT_${at}`]);
        }
      } else {
        claims.add(CLM_ID);
        const services = Object.entries(record).filter(([column, value]) => column.startsWith('HCPCS_CD_') && value);
        counted.lines += Math.max(services.length, 1);
        counted.cents += centsOf(record.CLM_PMT_AMT);
      }
    }
  }
  const months = `select coalesce(sum(date_diff('month', enrollment_start_date, enrollment_end_date) + 1), 0) from input.eligibility`;
  expect(await one(loaded, 'select count(distinct person_id) from input.eligibility')).toBe(entitled.size);
  expect(await one(loaded, 'select count(distinct claim_id) from input.medical_claim')).toBe(claims.size);
  expect(await one(loaded, 'select count(*) from input.medical_claim')).toBe(counted.lines);
  expect(await one(loaded, 'select sum(paid_amount) * 100 from input.medical_claim')).toBe(Number(counted.cents));
  expect(await one(loaded, 'select count(*) from input.pharmacy_claim')).toBe(counted.fills);
  expect(await one(loaded, 'select coalesce(sum(paid_amount), 0) * 100 from input.pharmacy_claim')).toBe(
    Number(counted.fillCents),
  );
  // Benefits that begin at different ends of a year can make a span more than the longer of them.
  expect(await one(loaded, months)).toBeGreaterThanOrEqual(counted.months);
  expect(await one(loaded, `${months} where is_part_a`)).toBe(await monthsOf(folder, 'BENE_HI_CVRAGE_TOT_MONS'));
  expect(await one(loaded, `${months} where is_part_b`)).toBe(await monthsOf(folder, 'BENE_SMI_CVRAGE_TOT_MONS'));
}

async function monthsOf(folder: string, column: string): Promise<number> {
  let months = 0;
  for (const name of readdirSync(folder).filter((file) => file.includes('Beneficiary'))) {
    for await (const record of records(join(folder, name))) months += Number(record[column]);
  }
  return months;
}
