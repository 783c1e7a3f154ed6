import type { DuckDBConnection } from '@duckdb/node-api';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';
import type { Bill, Finding, Person } from './measures-oracle.ts';
import { load } from './readmission-histories.ts';

export const MEASURES = ['cms122', 'cms125', 'cms130', 'cms165'] as const;
export const YEARS = [2025, 2026] as const;
export const THROUGH = '2026-10-15';

/** Days on which a rule of one of the two years begins or ends to hold. */
const EDGES = [
  ...['2014-12-31', '2015-12-31', '2016-01-01', '2016-12-31', '2017-01-01', '2020-12-31', '2021-01-01', '2021-12-31'],
  ...['2022-01-01', '2022-12-31', '2023-01-01', '2023-09-30', '2023-10-01', '2023-12-31', '2024-01-01', '2024-09-30'],
  ...['2024-10-01', '2024-12-31', '2025-01-01', '2025-06-30', '2025-07-01', '2025-12-31', '2026-01-01', '2026-06-30'],
  ...['2026-07-01', THROUGH, '2026-10-16'],
] as const;

/** A day of the two years, mostly; at times a busy one, so that records meet, an edge, or any day before. */
function someDay(random: Random): string {
  const kind = random.below(12);
  if (kind < 3) return random.pick(EDGES);
  if (kind < 5) return random.pick(['2025-05-05', '2026-05-05']);
  const year = kind < 11 ? random.pick(YEARS) : 2015 + random.below(10);
  return `${year}-${pad(1 + random.below(12))}-${pad(1 + random.below(28))}`;
}

const pad = (number: number) => String(number).padStart(2, '0');

const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

type Kind = 'bills' | 'stays' | 'diagnoses' | 'findings' | 'procedures' | 'medicines';
type Records = { [K in Kind]: Person[K][number][] };

const bill = (random: Random, more: Partial<Bill>): Bill => ({
  ...{ day: someDay(random), code: null, modifier: null, place: '11', diagnoses: [], ...more },
});

const VISITS = ['99213', '99213', 'G0439', '99396', '99349', '98967', '99421', '97802', '99211'] as const;
const SERVICES = [
  ...['83036', '3044F', '3052F', '3046F', '77067', '77065', '45378', 'G0121', '45330', '74263'],
  ...['81528', '82274', '3017F', '3074F', '3075F', '3077F', '3078F', '3079F', '3080F', 'G8752', 'G8754'],
] as const;
const RARE_SERVICES = [
  ...['G0182', 'T2042', 'G9054', 'E0143', 'T1019', '44150', '90935', '90960', '50360', '19303', '19303'],
] as const;
const DIAGNOSES = ['E119', 'E119', 'I10', 'I10', 'R7303', 'I5022', 'R5381', 'Z993', 'F0390', 'J069'] as const;
const REASONS_TO_LEAVE_OUT = ['Z515', 'C182', 'Z85038', 'N186', 'N185', 'Z940', 'O0991', 'Z9013'] as const;

const a1c = (random: Random, { findings }: Records): unknown =>
  findings.push(
    finding(random, {
      code: random.pick(['4548-4', '4548-4', '97506-0']),
      isLaboratory: true,
      value: random.pick(['7.1', '8.9', '9', '9.0', '9.1', '12.4', '85', '>14', '0.5', null]),
      unit: random.pick(['%', '%', null, 'percent', 'mmol/mol']),
    }),
  );

/** Pressures of one day, at a visit or with none told; one of the two may be missing. */
const pressures = (random: Random, { findings, stays }: Records): void => {
  const day = someDay(random);
  const status = random.pick(['final', 'final', 'amended', 'preliminary', null]);
  const stay = random.below(2) === 0 ? null : random.below(stays.length + 1);
  const same = {
    day: stay === null ? day : (stays[stay]?.from ?? day),
    status,
    unit: random.pick(['mm[Hg]', 'mm[Hg]', 'mmHg', null, 'kPa']),
  };
  const id = stay === null ? null : String(stay);
  for (const [code, values] of [
    ['8480-6', ['118', '139', '139', '140', '160', '0', null]],
    ['8462-4', ['70', '89', '89', '90', '104']],
  ] as const) {
    if (random.below(8) > 0) findings.push(finding(random, { ...same, code, stay: id, value: random.pick(values) }));
  }
};

/** One more record of a person. */
const MORE: readonly ((random: Random, all: Records) => unknown)[] = [
  (random, { bills }) => bills.push(bill(random, { code: random.pick(VISITS) })),
  (random, { bills }) => bills.push(bill(random, { code: random.pick(VISITS) })),
  (random, { bills }) =>
    bills.push(
      bill(random, {
        code: random.pick(SERVICES),
        modifier: random.pick([null, null, null, '8P']),
        place: random.pick(['11', '11', '11', '21', '23']),
      }),
    ),
  (random, { bills }) => bills.push(bill(random, { code: random.pick(SERVICES) })),
  (random, { bills }) => {
    const day = someDay(random);
    for (const codes of [
      ['3074F', '3077F', 'G8752'],
      ['3078F', '3080F', 'G8754'],
    ] as const) {
      bills.push(bill(random, { code: random.pick(codes), day }));
    }
  },
  (random, { bills }) => bills.push(bill(random, { code: '99213', diagnoses: [random.pick(DIAGNOSES)] })),
  (random, { bills }) => {
    if (random.below(3) > 0) return;
    const code = random.pick(RARE_SERVICES);
    bills.push(bill(random, { code, modifier: code === '19303' ? random.pick([null, '50', 'LT', 'RT']) : null }));
  },
  (random, { bills }) => {
    if (random.below(3) === 0) {
      bills.push(bill(random, { code: '99213', diagnoses: [random.pick(REASONS_TO_LEAVE_OUT)] }));
    }
  },
  (random, { bills }) => {
    if (random.below(3) > 0) return;
    for (const code of random.pick([['Z9011'], ['Z9012'], ['Z9011', 'Z9012']])) {
      bills.push(bill(random, { code: '99213', diagnoses: [code] }));
    }
  },
  (random, { stays }) => {
    const from = someDay(random);
    const kind = random.pick(['office visit', 'telehealth', 'emergency department', 'acute inpatient'] as const);
    const isStay = kind === 'acute inpatient';
    const to = isStay ? later(from, random.below(5)) : random.pick([from, from, null]);
    const disposition = isStay ? random.pick(['01', '01', '01', '03', '50', '51', null]) : null;
    stays.push({ id: '', of: 'chart', kind, from, to, disposition });
  },
  (random, { stays }) => {
    if (random.below(6) > 0 || stays.some(({ kind }) => kind === 'hospice')) return;
    const from = someDay(random);
    const of = random.pick(['claim', 'chart'] as const);
    stays.push({ id: '', of, kind: 'hospice', from, to: later(from, random.below(40)), disposition: null });
  },
  (random, { diagnoses }) => {
    const onset = random.below(5) === 0 ? null : someDay(random);
    const recorded = random.below(3) === 0 ? null : someDay(random);
    diagnoses.push({
      code: random.pick([...DIAGNOSES, '44054006', '59621000', 'Z9010', random.pick(REASONS_TO_LEAVE_OUT)]),
      ...{
        onset,
        recorded,
        resolved: random.below(3) === 0 && onset !== null ? later(onset, random.below(900)) : null,
      },
      status: random.pick(['active', 'active', 'active', 'recurrence', 'resolved', 'inactive', 'refuted', null]),
      category: random.pick(['problem-list-item', 'encounter-diagnosis', null]),
      side: random.pick(['7771000', '24028007', '24028007', null]),
    });
  },
  a1c,
  a1c,
  pressures,
  pressures,
  pressures,
  (random, { findings }) =>
    findings.push(
      finding(random, {
        code: random.pick(['24606-6', '79101-2', '29771-3', '77354-9']),
        isLaboratory: random.below(2) === 0,
        value: random.pick(['negative', 'positive', null]),
      }),
    ),
  (random, { findings }) => {
    const code = random.pick(['45755-6', '71007-9', '71802-3', '71802-3', '71802-3', '71802-3']);
    const day = someDay(random);
    const answers = code === '71802-3' ? ['160734000', '160734000', '224209007'] : ['373066001', '373067005'];
    const from = code === '71802-3' || random.below(3) > 0 ? null : later(day, -random.below(40));
    if (random.below(4) === 0) findings.push(finding(random, { code, day, from, value: random.pick(answers) }));
  },
  (random, { procedures }) =>
    procedures.push({
      ...random.pick([
        ...(['71651007', '73761001', '73761001'] as const).map((code) => ({ system: 'snomed', code })),
        ...(['45378', '45330', '77067'] as const).map((code) => ({ system: 'hcpcs', code })),
        ...(['0HTV0ZZ', '0DTE0ZZ', '0TY00Z0'] as const).map((code) => ({ system: 'icd-10-pcs', code })),
      ]),
      day: someDay(random),
      status: random.pick(['completed', 'completed', 'not done', 'in-progress', null]),
    }),
  (random, { medicines }) => {
    if (random.below(3) > 0) return;
    const status = random.pick(['active', 'completed', 'stopped', 'not done', null]);
    medicines.push({
      code: random.pick(['997223', '314076']),
      day: someDay(random),
      days: random.pick([30, 90, null]),
      status,
    });
  },
];

const finding = (random: Random, more: Partial<Finding> & Pick<Finding, 'code' | 'value'>): Finding => ({
  ...{ isLaboratory: false, from: null, day: someDay(random), unit: null, stay: null },
  ...{ status: random.pick(['final', 'final', 'final', 'corrected', 'cancelled', null]), ...more },
});

/** Coverage without a gap, whole or late or ended early, at times with a part in an institution. */
function spansOf(random: Random): Person['spans'] {
  const from = random.pick([
    '2014-01-01',
    '2014-01-01',
    '2016-01-01',
    '2016-02-01',
    '2017-01-01',
    '2023-10-01',
    '2023-11-01',
    '2024-10-01',
    '2025-05-01',
  ]);
  const to = random.pick(['2026-12-31', '2026-12-31', '2026-12-31', '2026-12-31', '2025-12-31', '2025-03-31']);
  if (from > to) return [{ from, to: '2026-12-31', isInstitutional: false }];
  if (random.below(12) > 0) return [{ from, to, isInstitutional: false }];
  const cut = random.pick(['2025-01-01', '2025-12-01', '2026-01-01']);
  return from < cut && cut <= to
    ? [
        { from, to: later(cut, -1), isInstitutional: random.below(2) === 0 },
        { from: cut, to, isInstitutional: random.below(2) === 0 },
      ]
    : [{ from, to, isInstitutional: true }];
}

const AGES = [
  17, 18, 19, 41, 42, 43, 45, 46, 47, 51, 52, 53, 60, 60, 65, 66, 67, 70, 74, 75, 76, 77, 80, 81, 82, 85, 86, 87,
] as const;

function someone(random: Random): Person {
  const all: Records = { bills: [], stays: [], diagnoses: [], findings: [], procedures: [], medicines: [] };
  for (const code of ['E119', 'I10'] as const) {
    const onset = random.pick(['2015-03-01', '2025-05-05', '2026-05-05']);
    const [status, category] = ['active', random.pick(['problem-list-item', 'encounter-diagnosis'])];
    const known = { onset, recorded: null, resolved: null, status, category, side: null };
    if (random.below(3) === 0) all.diagnoses.push({ ...known, code });
    else if (random.below(4) > 0) all.bills.push(bill(random, { code: '99213', diagnoses: [code] }));
  }
  for (let more = 4 + random.below(12); more > 0; more -= 1) random.pick(MORE)(random, all);
  if (random.below(5) === 0) {
    const year = random.pick(YEARS);
    for (const code of [random.pick(['R5381', 'Z993']), random.pick(['I5022', 'F0390', 'R7303'])]) {
      all.bills.push(
        bill(random, { code: '99213', diagnoses: [code], day: random.pick([someDay(random), `${year}-03-03`]) }),
      );
    }
  }
  const stays = all.stays.map((stay, at) => ({ ...stay, id: String(at) }));
  return {
    birth: `${2026 - random.pick(AGES)}-${random.pick(['01-01', '02-28', '06-15', '12-31'])}`,
    sex: random.below(3) === 0 ? 'male' : 'female',
    ...{ ...all, stays, spans: spansOf(random) },
  };
}

/** Made-up people whose records lie on both sides of every rule. */
export function people(count: number, seed: number): Map<string, Person> {
  return new Map(Array.from({ length: count }, (_, at) => [`p${at}`, someone(new Random(seed, at))]));
}

type Cells = Readonly<Record<string, string | null>>;

/** A warehouse that holds their claims and charts, with the four measures made. */
export async function filled(all: ReadonlyMap<string, Person>): Promise<DuckDBConnection> {
  const connection = await warehouse({ data_through: THROUGH, period: '2026' });
  const each = <T>(of: (person: Person) => readonly T[], cells: (one: T, at: number) => Cells): Cells[] =>
    [...all].flatMap(([person_id, person]) => of(person).map((one, at) => ({ person_id, ...cells(one, at) })));
  const text = (value: number | boolean | null) => (value === null ? null : String(value));
  await load(
    connection,
    'input.eligibility',
    [...all].flatMap(([person_id, { birth, sex, spans }]) =>
      spans.map(({ from, to, isInstitutional }) => ({
        ...{ person_id, birth_date: birth, gender: sex, payer: 'medicare', payer_type: 'medicare' },
        ...{ enrollment_start_date: from, enrollment_end_date: to },
        long_term_institutional_flag: text(isInstitutional),
      })),
    ),
  );
  await load(
    connection,
    'input.medical_claim',
    [
      ...each(
        ({ bills }) => bills,
        ({ day, code, modifier, place, diagnoses }, at) => ({
          ...{ claim_id: String(at), claim_line_number: '1', claim_type: 'professional', bill_type_code: null },
          ...{ place_of_service_code: place, hcpcs_code: code, hcpcs_modifier_1: modifier },
          ...{ claim_start_date: day, claim_end_date: day, diagnosis_code_1: diagnoses[0] ?? null },
        }),
      ),
      ...each(
        ({ stays }) => stays.filter(({ of }) => of === 'claim'),
        ({ id, from, to }) => ({
          ...{ claim_id: `stay ${id}`, claim_line_number: '1', claim_type: 'institutional', bill_type_code: '811' },
          ...{ place_of_service_code: null, hcpcs_code: null, hcpcs_modifier_1: null },
          ...{ claim_start_date: from, claim_end_date: to, diagnosis_code_1: null },
        }),
      ),
    ].map((cells, at) => ({ ...cells, claim_id: `${cells.person_id} ${cells.claim_id} ${at}` })),
  );
  await load(
    connection,
    'input.encounter',
    each(
      ({ stays }) => stays.filter(({ of }) => of === 'chart'),
      ({ id, kind, from, to, disposition }) => ({
        ...{ encounter_id: id, encounter_type: kind, encounter_start_date: from, encounter_end_date: to },
        discharge_disposition_code: disposition,
      }),
    ).map((cells) => ({ ...cells, encounter_id: `${cells.person_id} ${cells.encounter_id}` })),
  );
  await load(
    connection,
    'input.condition',
    each(
      ({ diagnoses }) => diagnoses,
      ({ code, onset, recorded, resolved, status, category, side }, at) => ({
        ...{
          condition_id: String(at),
          source_code_type: /^\d+$/.test(code) ? 'snomed' : 'icd-10-cm',
          source_code: code,
        },
        ...{ onset_date: onset, recorded_date: recorded, resolved_date: resolved, status, condition_type: category },
        body_site_code: side,
      }),
    ),
  );
  await load(
    connection,
    'input.lab_result',
    each(
      ({ findings }) => findings.filter(({ isLaboratory }) => isLaboratory),
      ({ code, day, value, unit, status }, at) => ({
        ...{ lab_result_id: String(at), source_component_type: 'loinc', source_component_code: code, status },
        ...{ collection_datetime: `${day} 08:00:00`, result: value, source_units: unit },
      }),
    ),
  );
  await load(
    connection,
    'input.observation',
    each(
      ({ findings }) => findings.filter(({ isLaboratory }) => !isLaboratory),
      ({ code, from, day, value, unit, status, stay }, at) => ({
        ...{ observation_id: String(at), source_code_type: 'loinc', source_code: code, status },
        ...{
          observation_start_date: from,
          observation_date: day,
          result: value,
          source_units: unit,
          encounter_id: stay,
        },
      }),
    ).map((cells) => ({
      ...cells,
      encounter_id: cells.encounter_id === null ? null : `${cells.person_id} ${cells.encounter_id}`,
    })),
  );
  await load(
    connection,
    'input.procedure',
    each(
      ({ procedures }) => procedures,
      ({ system, code, day, status }, at) => ({
        ...{ procedure_id: String(at), source_code_type: system, source_code: code, procedure_date: day, status },
      }),
    ),
  );
  await load(
    connection,
    'input.medication',
    each(
      ({ medicines }) => medicines,
      ({ code, day, days, status }, at) => ({
        ...{ medication_id: String(at), statement_type: 'order', rxnorm_code: code, prescribing_date: day, status },
        days_supply: text(days),
      }),
    ),
  );
  await make(connection, 'core.person_source', ...MEASURES.map((id) => `measure.${id}`));
  return connection;
}
