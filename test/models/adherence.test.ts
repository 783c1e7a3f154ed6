import { expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../../sample-data/random.ts';
import { given, make, warehouse } from '../support/warehouse.ts';

const YEAR_START = Date.UTC(2024, 0, 1);
const LAST_DAY = 365;
const textOf = (day: number): string => new Date(YEAR_START + day * 86_400_000).toISOString().slice(0, 10);

interface Fill {
  readonly drug: string;
  readonly day: number;
  readonly supply: number;
}
interface Person {
  readonly id: string;
  readonly fills: readonly Fill[];
  /** Nights in hospital: from the first day up to, but not including, the last. */
  readonly stays: readonly (readonly [number, number])[];
}

function personOf(at: number): Person {
  const random = new Random(7, at);
  const first = random.whole(0, 300);
  const fills = Array.from({ length: random.whole(1, 9) }, (_, place) => ({
    drug: random.pick(['00000000001', '00000000002']),
    day: place === 0 ? first : random.whole(first, LAST_DAY),
    supply: random.pick([7, 30, 60, 90]),
  }));
  const begins = [random.whole(0, 150), random.whole(200, 350)];
  const stays = begins.filter(() => random.chance(0.4)).map((day) => [day, day + random.whole(1, 40)] as const);
  return { id: `p${at}`, fills, stays };
}

/** A second, naive reading: day by day, each drug's stock is filled up and used. */
function coverageOf({ fills, stays }: Person): { days: number; covered: number } {
  const stock = new Map<string, number>();
  const result = { days: 0, covered: 0 };
  for (let day = Math.min(...fills.map((fill) => fill.day)); day <= LAST_DAY; day++) {
    for (const drug of new Set(fills.map((fill) => fill.drug))) {
      const supplies = fills.filter((fill) => fill.drug === drug && fill.day === day).map(({ supply }) => supply);
      stock.set(drug, (stock.get(drug) ?? 0) + Math.max(0, ...supplies));
    }
    if (stays.some(([from, until]) => from <= day && day < until)) continue;
    result.days++;
    if ([...stock.values()].some((left) => left > 0)) result.covered++;
    for (const [drug, left] of stock) stock.set(drug, Math.max(0, left - 1));
  }
  return result;
}

it('the days covered of 100 random people are what a naive day-by-day reading finds', async () => {
  const people = Array.from({ length: 100 }, (_, at) => personOf(at));
  const connection = await warehouse();
  const table = (header: string, lines: readonly string[]): string => [header, ...lines].join('\n');
  await given(connection, {
    'input.eligibility': table(
      'person_id | birth_date | gender | payer | enrollment_start_date | enrollment_end_date',
      people.map(({ id }) => `${id} | 1950-05-05 | female | medicare | 2024-01-01 | 2024-12-31`),
    ),
    'input.medication': `
      medication_id | person_id | dispensing_date | ndc_code    | ndc_description
      1             | p0        | 2023-06-01      | 00000000001 | atorvastatin
      2             | p0        | 2023-06-01      | 00000000002 | simvastatin`,
    'input.pharmacy_claim': table(
      'claim_id | claim_line_number | person_id | ndc_code | dispensing_date | days_supply',
      people.flatMap(({ id, fills }) =>
        fills.map(({ drug, day, supply }, at) => `${id}-${at} | 1 | ${id} | ${drug} | ${textOf(day)} | ${supply}`),
      ),
    ),
    'input.medical_claim': table(
      'claim_id | claim_line_number | person_id | claim_type | bill_type_code | revenue_center_code | claim_start_date | claim_end_date | admission_date | discharge_date',
      people.flatMap(({ id, stays }) =>
        stays.map(([from, until], at) => {
          const [admission, discharge] = [textOf(from), textOf(until)];
          return `${id}-s${at} | 1 | ${id} | institutional | 111 | 0120 | ${admission} | ${discharge} | ${admission} | ${discharge}`;
        }),
      ),
    ),
  });
  await make(connection, 'mart.drug_coverage');
  const found = await rows(
    connection,
    `select source_person_id, treatment_days, covered_days from mart.drug_coverage
     join core.person_source using (person_id) where period_start = date '2024-01-01' order by source_person_id`,
  );
  const modelled = found.map((row) => `${row.source_person_id}: ${row.covered_days} of ${row.treatment_days}`);
  const expected = people.map((person) => {
    const { days, covered } = coverageOf(person);
    return `${person.id}: ${covered} of ${days}`;
  });
  expect(modelled.toSorted()).toEqual(expected.toSorted());
  connection.closeSync();
});
