import { readFileSync } from 'node:fs';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { insertRows, rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { type Claim, type Person, type Span, scoreOf } from './hcc-oracle.ts';

export const THROUGH = '2026-12-31';
/** Models and payment years with a table of diagnoses. */
const KNOWN = [
  ...[2024, 2025].map((year) => ['V24', year] as const),
  ...[2024, 2025, 2026, 2027].map((year) => ['V28', year] as const),
  ...[2025, 2026].map((year) => ['ESRD V21', year] as const),
  ...[2024, 2025, 2026].map((year) => ['ESRD V24', year] as const),
];

const two = (number: number): string => String(number).padStart(2, '0');
const monthDay = (month: number): string => `${Math.floor(month / 12)}-${two((month % 12) + 1)}-01`;
const lastDay = (month: number): string =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);

/** Codes that edits, interactions, the heart patch and the odd hierarchies turn on. */
const TURNING = [
  ...'D66 D67 J410 J449 J982 F3481 C50011 C50912 P040 P270 E0952 Z940 N186 N184 N179 I509 I5023 I2699 E1122 E119'.split(
    ' ',
  ),
  ...'Z944 K7290 K7030 R4020 G9382 Z95811 I5022 Z941 Z9481 S062X9A F200 F1020 F1120 F329 L89154 L89153 A419 J690'.split(
    ' ',
  ),
  ...'J9600 I4891 G40909 C7800 C3490 B20 D801 Z931 Z9911 M4628 G35 G20 F39 N189 Q8742 I10 Z0000'.split(' '),
];

/** Every code of our table of diagnoses. */
const ALL = [
  ...new Set(
    readFileSync(new URL('../../pipelines/reference-tables/hcc-diagnosis.csv', import.meta.url), 'utf8').match(
      /\b[A-Z]\d[0-9A-Z]{1,5}\b/g,
    ),
  ),
];

function spans(random: Random): Span[] {
  const chance = (share: number): boolean => random.next() < share;
  const start = chance(0.7) ? 2023 * 12 : 2023 * 12 + random.below(36);
  const end = chance(0.7) ? 2027 * 12 - 1 : start + random.below(40);
  const split = chance(0.3) ? start + random.below(Math.max(1, end - start)) : end;
  const entitlement = random.pick(['0', '0', '0', '1', '1', '2', '3', null]);
  const isEsrd = chance(0.3);
  const span = (from: number, to: number): Span => {
    const esrdStatus = isEsrd ? random.pick([null, null, null, 'dialysis', 'graft', 'transplant']) : null;
    return {
      ...{ from: monthDay(from), to: lastDay(to), entitlement, esrdStatus },
      payerType: random.pick(['medicare', 'medicare', 'medicare', 'medicare advantage', 'commercial']),
      hasPartB: chance(0.95),
      dual: random.pick(['00', '00', '00', '01', '02', '03', '04', '05', '06', '08', null]),
      medicareStatus: isEsrd ? random.pick(['11', '21', '31', null]) : random.pick(['10', '20', null, null]),
      isInstitutional: chance(0.15),
      snp: random.pick([null, null, null, 'C-SNP', 'I-SNP', 'D-SNP']),
      esrd: isEsrd && chance(0.8),
      transplantMonths:
        esrdStatus === 'transplant' || (esrdStatus === 'graft' && chance(0.7)) ? 1 + random.below(14) : null,
    };
  };
  return split < end ? [span(start, split), span(split + 1, end)] : [span(start, end)];
}

function claim(random: Random): Claim {
  const chance = (share: number): boolean => random.next() < share;
  const start = new Date(Date.UTC(2023, 0, 1) + random.below(4 * 365) * 86_400_000);
  const end = new Date(start.getTime() + (chance(0.2) ? random.below(12) : 0) * 86_400_000);
  const type = chance(0.5) ? 'professional' : 'institutional';
  const one = (): string | null =>
    random.pick([
      '99213',
      '99215',
      'G0439',
      '80053',
      '36415',
      'A0428',
      null,
      '96040',
      'G2012',
      '0950T',
      '50360',
      '90999',
    ]);
  return {
    type,
    bill:
      type === 'professional'
        ? null
        : random.pick('111 112 411 121 131 731 771 851 211 327 721 811 141 181'.split(' ')),
    ...{ start: start.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) },
    procedures: chance(0.5) ? [one()] : [one(), random.pick(['99213', null])],
    diagnoses: [
      ...new Set(Array.from({ length: 1 + random.below(5) }, () => random.pick(chance(0.5) ? TURNING : ALL))),
    ],
    isDenied: chance(0.04),
  };
}

const BIRTHS = ['1959-01-31', '1959-02-01', '1959-02-02', '1960-01-31', '1960-02-01', '1960-02-29', '1961-02-02'];

function person(random: Random, number: number): Person {
  const chance = (share: number): boolean => random.next() < share;
  const birth = chance(0.2)
    ? random.pick(BIRTHS)
    : `${chance(0.04) ? 2005 + random.below(19) : 1925 + random.below(70)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
  return {
    id: `P${number}`,
    birth,
    death: chance(0.06) ? `${2023 + random.below(4)}-${two(1 + random.below(12))}-15` : null,
    sex: chance(0.5) ? 'female' : 'male',
    spans: spans(random),
    claims: Array.from({ length: random.below(chance(0.3) ? 16 : 7) }, () => claim(random)),
  };
}

export async function fill(connection: DuckDBConnection, people: readonly Person[]): Promise<void> {
  const place = (line: number) => ({ source_name: 'claims', file_id: 1, line_number: line });
  let line = 0;
  const eligibility = people.flatMap((one) =>
    one.spans.map((span) => ({
      ...place(line++),
      ...{ person_id: one.id, member_id: one.id, enrollment_start_date: span.from, enrollment_end_date: span.to },
      ...{ payer: 'p', plan: 'p', payer_type: span.payerType, gender: one.sex, birth_date: one.birth },
      ...{ death_date: one.death, original_reason_entitlement_code: span.entitlement, dual_status_code: span.dual },
      ...{ medicare_status_code: span.medicareStatus, esrd_flag: span.esrd, esrd_status: span.esrdStatus },
      ...{ transplant_duration_months: span.transplantMonths, snp_type: span.snp?.toLowerCase() ?? null },
      ...{ long_term_institutional_flag: span.isInstitutional, is_part_b: span.hasPartB },
    })),
  );
  await insertRows(
    connection,
    'input.eligibility',
    `source_name varchar, file_id integer, line_number bigint, person_id varchar, member_id varchar,
     enrollment_start_date date, enrollment_end_date date, payer varchar, plan varchar, payer_type varchar, gender varchar,
     birth_date date, death_date date, original_reason_entitlement_code varchar, dual_status_code varchar,
     medicare_status_code varchar, esrd_flag boolean, esrd_status varchar, transplant_duration_months double,
     snp_type varchar, long_term_institutional_flag boolean, is_part_b boolean`,
    eligibility,
  );
  const claims = people.flatMap((one) =>
    one.claims.flatMap((claim, number) =>
      claim.procedures.map((hcpcs_code, at) => ({
        ...place(line++),
        ...{ person_id: one.id, claim_id: `${one.id}-${number}`, claim_line_number: String(at + 1), hcpcs_code },
        ...{ claim_type: claim.type, claim_start_date: claim.start, claim_end_date: claim.end, payer: 'p' },
        ...{ bill_type_code: claim.bill, claim_status: claim.isDenied ? 'denied' : 'paid', paid_amount: 1 },
        ...Object.fromEntries(
          Array.from({ length: 12 }, (_, at) => at + 1).map((at) => [
            `diagnosis_code_${at}`,
            claim.diagnoses[at - 1] ?? null,
          ]),
        ),
      })),
    ),
  );
  await insertRows(
    connection,
    'input.medical_claim',
    `source_name varchar, file_id integer, line_number bigint, person_id varchar, claim_id varchar,
     claim_line_number varchar, hcpcs_code varchar, claim_type varchar, claim_start_date date, claim_end_date date,
     payer varchar, bill_type_code varchar, claim_status varchar, paid_amount decimal(18, 2), ${Array.from({ length: 12 }, (_, at) => `diagnosis_code_${at + 1} varchar`).join(', ')}`,
    claims,
  );
}

export const randomPeople = (count: number, seed: number): Person[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => person(random, number));
};

/** What the models say of everybody: a line per person, model and year. */
export async function modelled(connection: DuckDBConnection): Promise<string[]> {
  const found = await rows(
    connection,
    `with categories as (
       select person_id, model, payment_year, array_to_string(list(hcc order by hcc::integer), ' ') as hccs
       from mart.risk_hcc group by all
     )
     select source.source_person_id as person, person.model, person.payment_year as year, person.segment,
       coalesce(categories.hccs, '') as hccs, score.raw_score, score.normalized_score, score.payment_score
     from mart.hcc_person_year as person
     join core.person_source as source using (person_id)
     left join categories using (person_id, model, payment_year)
     left join mart.risk_score as score using (person_id, model, payment_year)`,
  );
  return found.map(({ person, model, year, segment, hccs, ...scores }) =>
    [person, model, year, segment, hccs, ...Object.values(scores).map(scoreText)].join(' | '),
  );
}

/** What a second, naive reading of the macros says of them. */
export const read = (people: readonly Person[]): string[] =>
  people.flatMap((one) =>
    KNOWN.flatMap(([model, year]) => {
      const scored = scoreOf(one, model, year, 2026 * 12 + 11);
      if (scored === null) return [];
      const { person, segment, hccs, raw, normalized, payment } = scored;
      return [[person, model, year, segment, hccs.join(' '), ...[raw, normalized, payment].map(scoreText)].join(' | ')];
    }),
  );

const scoreText = (score: Json): string => (score === null ? '-' : Number(score).toFixed(3));
