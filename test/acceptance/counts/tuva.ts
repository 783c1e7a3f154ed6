import { join } from 'node:path';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { centsOf, one, records } from '../recount.ts';

/** Every person, claim line, fill and cent; the claim lines in their order. */
export async function countTuva(loaded: Loaded, folder: string): Promise<void> {
  const persons = new Set<string>();
  for await (const { person_id = '' } of records(join(folder, 'eligibility_seed.csv'))) persons.add(person_id);
  expect(await one(loaded, 'select count(distinct person_id) from input.eligibility')).toBe(persons.size);
  for (const kind of ['medical_claim', 'pharmacy_claim']) {
    const lines: string[] = [];
    let cents = 0n;
    for await (const { claim_id, claim_line_number, paid_amount } of records(join(folder, `${kind}_seed.csv`))) {
      lines.push(`${claim_id}/${claim_line_number}`);
      cents += centsOf(paid_amount);
    }
    const found = await loaded.query(
      `select claim_id || '/' || claim_line_number as line from input.${kind} order by line_number`,
    );
    expect(found.map(({ line }) => line)).toEqual(lines);
    expect(await one(loaded, `select sum(paid_amount) * 100 from input.${kind}`)).toBe(Number(cents));
  }
}
