import { join } from 'node:path';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { one, records } from '../recount.ts';

/** Every county with a rank, and the sum of the ranks. */
export async function countSvi(loaded: Loaded, folder: string): Promise<void> {
  let ranked = 0;
  let sum = 0;
  for await (const { RPL_THEMES } of records(join(folder, 'svi-2022-us-county.csv.gz'))) {
    if (RPL_THEMES === '-999') continue;
    ranked += 1;
    sum += Number(RPL_THEMES) * 100;
  }
  const index = "from input.area_index where index_name = 'svi'";
  expect(await one(loaded, `select count(*) ${index}`)).toBe(ranked);
  expect(await one(loaded, `select sum(percentile) ${index}`)).toBeCloseTo(sum, 6);
  expect(await loaded.query(`select distinct length(area_code) as digits ${index}`)).toEqual([{ digits: '5' }]);
}
