import type { DuckDBConnection } from '@duckdb/node-api';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { DRUGS, dayOf, type Fill, type Person, type Span, type Stay, textOf, type Visit } from './claims-oracle.ts';
import { load } from './readmission-histories.ts';

export const TABLES = [
  ...['pdc_diabetes', 'pdc_ras', 'pdc_statins', 'statin_use_in_diabetes', 'influenza_vaccination'],
  ...['pneumococcal_vaccination', 'annual_wellness_visit'],
].map((name) => `measure.${name}`);

const DIAGNOSES = ['F329', 'F329', 'F200', 'F1020', 'R45851', 'T401X1A', 'I10', 'I10', 'E119', 'J069'] as const;
const RARE = ['N186', 'Z992', 'G720', 'K7460', 'R7303', 'E282', 'O0991'] as const;
const CODES = [
  ...['99213', '99213', '99213', '99349', '90834', '99408', 'H0005', 'G0439', 'G0402', 'G0438', '99396'],
  ...['90662', 'G0008', 'M1168', '90677', '90732', 'G0009', '97110'],
] as const;

/** One made-up person with at most one visit a day, whose life in care turns around the years of the run. */
function personOf(random: Random, year: number): Person {
  const chance = (share: number): boolean => random.next() < share;
  const [begin, end] = [dayOf(`${year - 2}-11-01`), dayOf(`${year}-12-31`)];
  const some = (): number => begin + random.below(end - begin + 1);
  const age = random.pick([5, 6, 12, 13, 17, 18, 19, 35, 39, 40, 52, 59, 60, 64, 65, 66, 70, 75, 76, 80]);
  const birth = chance(0.5)
    ? `${year - age}-${random.pick(['01-01', '01-02', '02-28', '07-01', '12-31'])}`
    : textOf(dayOf(`${year - age}-01-01`) + random.below(365));
  const stays: Stay[] = [];
  const emergencies: Person['emergencies'][number][] = [];
  const visits: Visit[] = [];
  let day = begin + random.below(200);
  while (day < end - 15 && chance(0.85)) {
    if (chance(0.5)) {
      const diagnoses = Array.from({ length: 1 + random.below(2) }, () => random.pick(DIAGNOSES));
      emergencies.push({ day, diagnoses });
    } else {
      const to = day + 1 + random.below(12);
      stays.push({
        ...{ kind: 'hospital', from: day, to },
        diagnosis: random.pick(['F329', 'F200', 'R45851', 'I5021', 'I5021', 'J189', 'Z5111', 'T814XXA']),
        disposition: chance(0.1) ? '20' : '01',
      });
      day = to;
      if (chance(0.2)) {
        stays.push({ kind: 'skilled nursing', from: to, to: to + 20, diagnosis: 'I10', disposition: '01' });
        day = to + 20;
      }
    }
    const visit = day + random.pick([0, 1, 6, 7, 8, 20, 29, 30, 31]);
    if (chance(0.7)) visits.push(visitOf(visit));
    day += random.pick([3, 9, 10, 11, 12, 29, 30, 31, 32, 60, 90]);
  }
  for (let more = random.below(7); more > 0; more--) visits.push(visitOf(some()));

  function visitOf(on: number): Visit {
    const diagnoses = Array.from({ length: 1 + random.below(2) }, () =>
      chance(0.03) ? random.pick(RARE) : random.pick(DIAGNOSES),
    );
    return { day: on, code: random.pick(CODES), diagnoses, specialty: chance(0.2) ? '26' : null };
  }

  const drugs = Object.keys(DRUGS);
  const own = [random.pick(drugs), random.pick(drugs.slice(0, 8)), random.pick(drugs.slice(0, 8))];
  const fills: Fill[] = [];
  for (const drug of own) {
    let on = begin + random.below(220);
    const supply = random.pick([30, 30, 90, 90, 7]);
    while (on <= end && chance(0.97)) {
      fills.push({ day: on, drug: chance(0.04) ? random.pick(drugs) : drug, supply });
      on += Math.max(0, supply + random.pick([-10, -3, 0, 0, 1, 5, 15]));
    }
  }
  const hole = some();
  const coverage: Span[] = chance(0.55)
    ? [{ from: begin - 400, to: end }]
    : [
        { from: begin - 400, to: hole },
        ...(chance(0.8) ? [{ from: hole + random.pick([1, 2, 3, 15, 32, 33, 90]), to: end }] : []),
      ];
  // What is billed in a hospital is part of the stay.
  const isFree = (on: number): boolean => on <= end && !stays.some(({ from, to }) => from <= on && on < to);
  const hospice = chance(0.05) ? some() : null;
  return {
    ...{ birth, coverage, fills, stays, emergencies },
    death: chance(0.05) ? some() : null,
    hospice: hospice === null ? null : { from: hospice, to: hospice + random.below(30) },
    visits: [...new Map(visits.filter(({ day: on }) => isFree(on)).map((visit) => [visit.day, visit])).values()],
  };
}

/** As many people as wanted, by id. */
export const people = (count: number, year: number): Map<string, Person> =>
  new Map(Array.from({ length: count }, (_, at) => [`p${at}`, personOf(new Random(year, at), year)]));

/** A warehouse that holds them, with the measures made. */
export async function filled(all: ReadonlyMap<string, Person>, year: number): Promise<DuckDBConnection> {
  const connection = await warehouse({ data_through: `${year}-12-31`, period: String(year) });
  let claims = 0;
  const each = <T>(
    pick: (person: Person) => readonly T[],
    cells: (one: T) => Readonly<Record<string, string | null>>,
  ) =>
    [...all].flatMap(([person_id, person]) =>
      pick(person).map((one) => ({ ...cells(one), person_id, claim_id: String(claims++) })),
    );
  const date = (day: number | null): string | null => (day === null ? null : textOf(day));
  await load(
    connection,
    'input.eligibility',
    [...all].flatMap(([person_id, { birth, death, coverage }]) =>
      coverage
        .filter(({ from, to }) => from <= to)
        .map(({ from, to }) => ({
          ...{ person_id, birth_date: birth, death_date: date(death), gender: 'female', payer: 'medicare' },
          ...{ enrollment_start_date: textOf(from), enrollment_end_date: textOf(to) },
        })),
    ),
  );
  await load(
    connection,
    'input.medication',
    Object.entries(DRUGS).map(([ndc_code, { name }]) => ({
      ...{ medication_id: ndc_code, person_id: 'p0', statement_type: 'order', ndc_code, ndc_description: name },
    })),
  );
  await load(
    connection,
    'input.pharmacy_claim',
    each(
      ({ fills }) => fills,
      ({ day, drug, supply }) => ({
        ...{ claim_line_number: '1', ndc_code: drug, dispensing_date: textOf(day) },
        days_supply: String(supply),
      }),
    ),
  );
  const claim = (more: Record<string, string | null>) => ({
    ...{ claim_line_number: '1', claim_type: 'institutional', bill_type_code: null, place_of_service_code: null },
    ...{ facility_npi: null, revenue_center_code: null, claim_start_date: null, claim_end_date: null },
    ...{ hcpcs_code: null, diagnosis_code_1: null, diagnosis_code_2: null, discharge_disposition_code: null },
    ...{ rendering_specialty_code: null, ...more },
  });
  await load(connection, 'input.medical_claim', [
    ...each(
      ({ visits }) => visits,
      ({ day, code, diagnoses: [first = null, second = null], specialty }) =>
        claim({
          ...{ claim_type: 'professional', place_of_service_code: '11', hcpcs_code: code },
          ...{ claim_start_date: textOf(day), claim_end_date: textOf(day), rendering_specialty_code: specialty },
          ...{ diagnosis_code_1: first, diagnosis_code_2: second },
        }),
    ),
    ...each(
      ({ emergencies }) => emergencies,
      ({ day, diagnoses: [first = null, second = null] }) =>
        claim({
          ...{ bill_type_code: '131', facility_npi: 'north', revenue_center_code: '0450' },
          ...{ claim_start_date: textOf(day), claim_end_date: textOf(day) },
          ...{ diagnosis_code_1: first, diagnosis_code_2: second },
        }),
    ),
    ...each(
      ({ stays }) => stays,
      ({ kind, from, to, diagnosis, disposition }) =>
        claim({
          ...{ bill_type_code: kind === 'hospital' ? '111' : '211', facility_npi: 'north' },
          ...{ claim_start_date: textOf(from), claim_end_date: textOf(to), diagnosis_code_1: diagnosis },
          discharge_disposition_code: disposition,
        }),
    ),
    ...each(
      ({ hospice }) => (hospice ? [hospice] : []),
      ({ from, to }) =>
        claim({
          bill_type_code: '811',
          claim_start_date: textOf(from),
          claim_end_date: textOf(to),
          facility_npi: 'rest',
        }),
    ),
  ]);
  await load(
    connection,
    'input.condition',
    [...all].flatMap(([person_id, { coverage }], at) =>
      ['E119', ...(at % 3 === 0 ? [] : ['I509'])].map((source_code, place) => ({
        ...{ condition_id: `${person_id} ${place}`, person_id, source_code_type: 'icd-10-cm', source_code },
        ...{ status: 'active', onset_date: at % 5 === 0 ? `${year}-01-01` : `${year - 1}-12-31` },
        recorded_date: date(coverage[0]?.from ?? null),
      })),
    ),
  );
  await make(
    connection,
    ...TABLES,
    ...['core.person_source', 'mart.behavioral_follow_up', 'mart.chronic_condition'],
    'metric.multiple_chronic_admissions_per_1000',
  );
  return connection;
}
