import { describe, expect, it } from 'vitest';
import { blueButton, lines, type Resource, reasons } from './fhir-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

describe('coverage', () => {
  const part = (letter: string, more: Resource) => ({
    resourceType: 'Coverage',
    ...{ id: `part-${letter}`, status: 'active', beneficiary: { reference: 'Patient/ann' } },
    grouping: { subGroup: 'Medicare', subPlan: `Part ${letter}` },
    ...more,
  });
  const spans = ({ query }: Loaded) =>
    query(`select enrollment_start_date as first, enrollment_end_date as last, payer_type as type, plan, is_part_a as a,
      is_part_b as b, is_pharmacy as d, dual_status_code as dual, medicare_status_code as status from input.eligibility order by 1`);

  it('the parts of Medicare of the same days are one span', async () => {
    const variables = [
      { url: blueButton('ms_cd'), valueCoding: { code: '10' } },
      { url: blueButton('dual_01'), valueCoding: { code: '**' } },
      { url: blueButton('dual_02'), valueCoding: { code: '02' } },
    ];
    const loaded = await loadFiles({
      'c.ndjson': lines(
        part('A', { period: { start: '2023-01-01' }, extension: variables }),
        part('B', { period: { start: '2023-07-01' } }),
        part('D', { period: { start: '2023-07-01', end: '2023-12-31' } }),
      ),
    });
    const kept = { type: 'medicare', plan: 'medicare', a: true, dual: '02', status: '10' };
    expect(await spans(loaded)).toEqual([
      { first: '2023-01-01', last: '2023-06-30', ...kept, b: false, d: false },
      { first: '2023-07-01', last: '2023-12-31', ...kept, b: true, d: true },
      { first: '2024-01-01', last: null, ...kept, b: true, d: false },
    ]);
  });

  it('Part C is Medicare Advantage under its contract, in the months that name one', async () => {
    const contract = (month: string, value: string) => ({
      url: blueButton(`ptc_cntrct_id_${month}`),
      valueCoding: { code: value },
    });
    const loaded = await loadFiles({
      'c.ndjson': lines(
        part('C', {
          extension: [
            { url: blueButton('rfrnc_yr'), valueDate: '2018' },
            contract('01', 'H1225'),
            contract('02', 'H1225'),
            contract('03', '0'),
            contract('04', 'H1225'),
          ],
        }),
      ),
    });
    expect(await spans(loaded)).toMatchObject([
      { first: '2018-01-01', last: '2018-02-28', type: 'medicare advantage', plan: 'H1225', a: true, b: true },
      { first: '2018-04-01', last: '2018-04-30', type: 'medicare advantage', plan: 'H1225' },
    ]);
  });

  it('without a period nobody is enrolled, and that is said', async () => {
    const loaded = await loadFiles({ 'c.ndjson': lines(part('A', {})) });
    expect(await reasons(loaded, 'input.eligibility')).toEqual(['has no first day that can be read: 1']);
  });
});
