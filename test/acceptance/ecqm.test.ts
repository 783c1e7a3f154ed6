import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AGREEING, agreeing, CASES, evaluate } from '../campaign/ecqm.ts';

const whyNot = existsSync(CASES) ? '' : ' (skipped: the folder ../shared/data/ecqm-2025 is not here)';

describe.skipIf(whyNot !== '')(`the public test patients of the 2025 eCQMs${whyNot}`, () => {
  it('agree in every population wherever they agreed before, with the open code lists alone', async () => {
    const cases = await evaluate({ measures: [] });
    const now = agreeing(cases);
    const lost = readFileSync(AGREEING, 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [rate = '', ids = ''] = line.split(': ');
        return ids.split(' ').flatMap((id) => (now.get(rate)?.has(id) ? [] : [`${rate} ${id}`]));
      });
    expect(lost).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  }, 200_000);
});
