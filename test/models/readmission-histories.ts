import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { type Diagnosis, dayOf, type Part, type Person, type Procedure, textOf } from './readmission-oracle.ts';

const PEOPLE = 10_000;
export const THROUGH = dayOf('2024-12-31');

const diagnosis = (
  code: string,
  cohort: Diagnosis['cohort'],
  words: readonly ('acute' | 'always planned' | NonNullable<Diagnosis['leavesOut']>)[] = [],
): Diagnosis => ({
  code,
  cohort,
  isAcute: words.includes('acute'),
  isAlwaysPlanned: words.includes('always planned'),
  leavesOut:
    (['psychiatric', 'rehabilitation', 'cancer', 'unclassified'] as const).find((word) => words.includes(word)) ?? null,
});

/** Principal diagnoses of every kind, as the tables of the measure and the CCS maps class them; U071 is in no map. */
const DIAGNOSES = [
  diagnosis('I509', 'cardiorespiratory', ['acute']),
  diagnosis('J189', 'cardiorespiratory', ['acute']),
  diagnosis('A419', 'medicine', ['acute']),
  diagnosis('I639', 'neurology', ['acute']),
  diagnosis('I214', 'cardiovascular', ['acute']),
  diagnosis('I2510', 'cardiovascular'),
  diagnosis('M1711', 'medicine'),
  diagnosis('N186', 'medicine'),
  diagnosis('F332', 'medicine', ['psychiatric']),
  diagnosis('F0390', 'medicine', ['acute']),
  diagnosis('R4589', 'medicine', ['acute', 'psychiatric']),
  diagnosis('Z448', 'medicine', ['always planned', 'rehabilitation']),
  diagnosis('Z5111', 'medicine', ['always planned', 'cancer']),
  diagnosis('C187', 'medicine', ['cancer']),
  diagnosis('U071', null, ['unclassified']),
] as const;

const procedure = (code: string, ...words: readonly ('always planned' | 'planned' | 'surgery')[]) => ({
  code,
  isAlwaysPlanned: words.includes('always planned'),
  isPotentiallyPlanned: words.includes('planned'),
  isSurgery: words.includes('surgery'),
});

const PROCEDURES: readonly (Procedure & { readonly code: string })[] = [
  procedure('0TY10Z0', 'always planned', 'surgery'),
  procedure('30243G1', 'always planned'),
  procedure('0SRC0J9', 'planned', 'surgery'),
  procedure('02703ZZ', 'planned'),
  procedure('GZB2ZZZ', 'planned'),
  procedure('5A1D70Z'),
];

const CANCER_HOSPITAL = '330154';
const PSYCHIATRIC_HOSPITAL = '224001';
const HOSPITALS = [
  '360001',
  '360001',
  '360002',
  '360003',
  '361300',
  CANCER_HOSPITAL,
  PSYCHIATRIC_HOSPITAL,
  null,
] as const;
const STATUSES = ['01', '01', '01', '02', '03', '07', '20', '30', '65', '65', null] as const;
const GAPS = [-4, -2, -1, 0, 0, 0, 1, 1, 1, 2, 3, 9, 20, 29, 30, 30, 31, 32, 60] as const;
const LENGTHS = [0, 0, 1, 2, 4, 12] as const;

interface Bill {
  readonly person: string;
  readonly claim: string;
  readonly ccn: string | null;
  readonly from: number;
  readonly to: number;
  readonly status: string | null;
  readonly diagnosis: string | null;
  readonly procedures: readonly (string | null)[];
  readonly drg: string | null;
}

/** What only a chart tells of; its end may be unknown. */
interface Chart {
  readonly person: string;
  readonly encounter: string;
  readonly facility: string | null;
  readonly from: number;
  readonly to: number | null;
  readonly status: string | null;
  readonly diagnosis: string | null;
}

interface Histories {
  readonly people: Map<string, Omit<Person, 'parts'>>;
  readonly bills: Bill[];
  readonly charts: Chart[];
}

/** A person's coverage: mostly whole, else late, ended early, broken, in Medicare Advantage for a while, or private. */
function spansOf(random: Random, around: number): Person['spans'] {
  const whole = { from: dayOf('2021-01-01'), to: dayOf('2024-12-31') } as const;
  const edge = around + random.pick([-367, -366, -365, -364, -100, -1, 0, 5, 29, 30, 31, 32]);
  const kind = random.below(14);
  if (kind === 0) return [{ ...whole, from: edge, kind: 'part a' }];
  if (kind === 1) return [{ ...whole, to: edge, kind: 'part a' }];
  if (kind === 2) {
    const gap = random.pick([1, 2, 30]);
    return [
      { ...whole, to: edge, kind: 'part a' },
      { ...whole, from: edge + gap, kind: 'part a' },
    ];
  }
  if (kind === 3) {
    return [
      { ...whole, kind: 'part a' },
      { from: edge, to: edge + random.pick([0, 10, 90]), kind: 'advantage' },
    ];
  }
  if (kind === 4) return [{ ...whole, kind: 'other' }];
  return [{ ...whole, kind: 'part a' }];
}

/** Made-up people whose stays touch, overlap and follow one another, with every kind of coverage, diagnosis and ending. */
export function histories(seed: number): Histories {
  const random = new Random(seed);
  const all: Histories = { people: new Map(), bills: [], charts: [] };
  for (let at = 0; at < PEOPLE; at += 1) {
    const person = `p${at}`;
    let from =
      dayOf(random.pick(['2023-03-01', '2024-02-20', '2024-02-29', '2024-06-01', '2024-11-15'])) + random.below(12);
    const start = from;
    let [to, admitted] = [from, from];
    for (let stay = 0, stays = 1 + random.below(6); stay < stays; stay += 1) {
      to = from + random.pick(LENGTHS);
      admitted = Math.max(admitted, from);
      const ccn = random.pick(HOSPITALS);
      const code = random.below(20) === 0 ? null : random.pick(DIAGNOSES).code;
      const base = { person, from, status: random.pick(STATUSES), diagnosis: code };
      if (random.below(12) === 0) {
        const isOpen = random.below(4) === 0;
        all.charts.push({ ...base, encounter: `${person}-${stay}`, facility: ccn, to: isOpen ? null : to });
      } else {
        const procedures = [0, 1].map(() =>
          random.below(4) === 0 ? random.pick([PROCEDURES[0], ...PROCEDURES]) : null,
        );
        const drg = random.pick(['330', '291', null]);
        all.bills.push({
          ...base,
          ...{ claim: `${person}-${stay}`, ccn, to, drg, procedures: procedures.map((each) => each?.code ?? null) },
        });
      }
      from = Math.max(from, to + random.pick(GAPS));
    }
    const isYoung = random.below(6) === 0;
    const birthday = textOf(start + random.pick([-1, 0, 1, 4]));
    const birth = isYoung ? dayOf(`${Number(birthday.slice(0, 4)) - 65}${birthday.slice(4)}`) : dayOf('1940-02-29');
    all.people.set(person, {
      birth: random.below(40) === 0 ? null : birth,
      death: random.below(8) === 0 ? admitted + random.pick([0, 2, 10, 29, 30, 31, 40]) : null,
      spans: spansOf(random, random.pick([start, admitted])),
    });
  }
  return all;
}

/** Inserts records into an input table; days become dates by the column's type. */
export async function load(
  connection: DuckDBConnection,
  table: string,
  records: readonly Readonly<Record<string, string | null>>[],
) {
  const names = Object.keys(records[0] ?? {});
  const shape = JSON.stringify([Object.fromEntries(names.map((name) => [name, 'varchar']))]);
  await connection.run(
    `insert into ${table} by name
     select 'claims' as source_name, 1 as file_id, row_number() over () as line_number, record.*
     from (select unnest(from_json($records, '${shape}')) as record)`,
    { records: JSON.stringify(records) },
  );
}

const dateOf = (day: number | null): string | null => (day === null ? null : textOf(day));

/** A warehouse that holds their claims and charts, with the readmission models made. */
export async function filled({ people, bills, charts }: Histories): Promise<DuckDBConnection> {
  const connection = await warehouse();
  await load(
    connection,
    'input.eligibility',
    [...people].flatMap(([person_id, { birth, death, spans }]) =>
      spans.map(({ from, to, kind }) => ({
        ...{ person_id, birth_date: dateOf(birth), death_date: dateOf(death) },
        payer_type: { 'part a': 'medicare', advantage: 'medicare advantage', other: 'commercial' }[kind],
        ...{ enrollment_start_date: dateOf(from), enrollment_end_date: dateOf(to) },
      })),
    ),
  );
  await load(
    connection,
    'input.medical_claim',
    bills.map(({ person, claim, ccn, from, to, status, diagnosis: code, procedures, drg }) => ({
      ...{
        person_id: person,
        claim_id: claim,
        claim_line_number: '1',
        claim_type: 'institutional',
        bill_type_code: '111',
      },
      ...{ facility_ccn: ccn, claim_start_date: dateOf(from), claim_end_date: dateOf(to), drg_code: drg },
      ...{ discharge_disposition_code: status, diagnosis_code_type: 'icd-10-cm', diagnosis_code_1: code },
      ...{ procedure_code_1: procedures[0] ?? null, procedure_code_2: procedures[1] ?? null },
    })),
  );
  await load(
    connection,
    'input.encounter',
    charts.map(({ person, encounter, facility, from, to, status, diagnosis: code }) => ({
      ...{ person_id: person, encounter_id: encounter, encounter_type: 'acute inpatient', facility_npi: facility },
      ...{ encounter_start_date: dateOf(from), encounter_end_date: dateOf(to), discharge_disposition_code: status },
      ...{ primary_diagnosis_code_type: 'icd-10-cm', primary_diagnosis_code: code },
    })),
  );
  await make(connection, 'core.person_source', 'metric.readmission_7_day', 'metric.readmission_90_day');
  return connection;
}

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** The hospital encounters of every person as the core tells them: claims and charts of one stay at one hospital are one. */
export async function partsByPerson(connection: DuckDBConnection): Promise<Map<string, Part[]>> {
  const parts = new Map<string, Part[]>();
  const diagnosisOf = new Map(DIAGNOSES.map((each) => [each.code, each]));
  const found = await rows(
    connection,
    `select source.source_person_id as person, encounter_id, facility_id, start_date, end_date,
       discharge_disposition_code, primary_diagnosis_code, drg_code,
       (select list(code) from core.procedure where procedure.encounter_id = encounter.encounter_id) as procedures
     from core.encounter as encounter join core.person_source as source using (person_id)
     where encounter_type = 'acute inpatient' and facility_id is distinct from '${PSYCHIATRIC_HOSPITAL}'`,
  );
  for (const row of found) {
    const person = String(row.person);
    const codes = Array.isArray(row.procedures) ? row.procedures.map(String) : [];
    parts.set(person, [
      ...(parts.get(person) ?? []),
      {
        id: String(row.encounter_id),
        hospital: text(row.facility_id),
        isCancerHospital: row.facility_id === CANCER_HOSPITAL,
        admit: dayOf(String(row.start_date)),
        discharge: row.end_date === null ? null : dayOf(String(row.end_date)),
        status: text(row.discharge_disposition_code),
        diagnosis: diagnosisOf.get(String(row.primary_diagnosis_code)) ?? null,
        procedures: PROCEDURES.filter(({ code }) => codes.includes(code)),
        hasSurgicalDrg: row.drg_code === '330',
      },
    ]);
  }
  return parts;
}
