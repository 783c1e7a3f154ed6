import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { DuckDB } from '../../server/store/duckdb.ts';
import { readFindings } from '../../server/store/findings.ts';
import { Queries } from '../../server/store/query.ts';
import { Names } from '../../server/store/sql.ts';
import { temporaryFolder } from '../readers/harness.ts';

/** The tables that the rules read, by their columns. */
const TABLES = {
  'catalogue.snapshot': 'data_through date',
  'run.feed': 'kind varchar, last_date date',
  'mart.unbroken_coverage': 'kind varchar, start_date date, end_date date, person_id varchar',
  'core.encounter':
    'encounter_id varchar, encounter_type varchar, start_date date, end_date date, is_primary_care boolean, person_id varchar, is_after_data_through boolean, practitioner_npi varchar',
  'core.practitioner': 'npi varchar, is_primary_care boolean',
  'mart.discharge_follow_up':
    'discharge_date date, discharge_setting varchar, days_to_visit integer, days_to_admission integer, person_id varchar',
  'core.pharmacy_claim':
    'claim_id varchar, ndc_code varchar, fill_date date, days_supply integer, prescribing_npi varchar, person_id varchar, source_name varchar, line_number integer, is_after_data_through boolean',
  'core.drug_name': 'code varchar, name varchar, code_system varchar',
  'mart.adherence_drug': 'ndc_code varchar, class varchar, ingredients varchar[]',
  'core.observation':
    'code varchar, observed_at timestamp, value_number double, unit varchar, status varchar, person_id varchar, code_system varchar, file_id integer, line_number integer, is_negated boolean',
  'core.medical_claim': 'hcpcs_code varchar, line_start_date date, encounter_id varchar, person_id varchar',
  'core.coded_concept': 'value_set varchar, code_system varchar, code varchar',
  'core.code_match': 'value_set varchar, code_system varchar, code varchar, is_excluded boolean',
} as const;
type Table = keyof typeof TABLES;

const NAMES = new Names(
  new Map(Object.entries(TABLES).map(([table, columns]) => [table, new Set(columns.match(/\w+/g))])),
);

/** What stands in the last columns where a row is shorter. */
const REST: Partial<Record<Table, string>> = {
  'mart.unbroken_coverage': "'p'",
  'core.encounter': "'p', false, 'npi'",
  'mart.discharge_follow_up': "'p'",
  'core.pharmacy_claim': "'p', 's', 1, false",
  'core.drug_name': "'ndc'",
  'core.observation': "'p', 'loinc', 1, 1, false",
  'core.medical_claim': "'p'",
};

/** Rows as SQL, each without the columns of REST. */
type Facts = Partial<Record<Table, readonly string[]>>;

/** Everything reaches to 30 September 2026 or a little less, and the person has been covered for years. */
const BASE: Facts = {
  'catalogue.snapshot': ["'2026-09-30'"],
  'run.feed': ["'medical_claim', '2026-09-12'", "'pharmacy_claim', '2026-09-27'", "'lab_result', '2026-09-30'"],
  'mart.unbroken_coverage': ["'medical', '2023-01-01', '2026-12-31'", "'pharmacy', '2023-01-01', '2026-12-31'"],
  'core.encounter': ["'seen', 'office visit', '2026-01-05', '2026-01-05', true"],
  'core.drug_name': ['a', 'b', 'c', 'd', 'e', 'f'].map((code) => `'${code}', '${code}ol 10 mg'`),
  'mart.adherence_drug': [
    "'a', 'statin', ['aol']",
    "'b', 'statin', ['bol']",
    "'c', 'insulin', ['col']",
    "'d', 'diabetes', ['dol']",
  ],
  'core.coded_concept': ["'billed-a1c-test', 'hcpcs', '83036'"],
  'core.code_match': ["'cross-sectional-imaging', 'hcpcs', '74177', false"],
};

/** What stands out where these facts are added to the base, or stand in for a table of it. */
async function findingsOf(added: Facts, instead: Facts = {}) {
  const file = join(temporaryFolder(), 'tiny.duckdb');
  const instance = await DuckDBInstance.create(file, { threads: '1' });
  const connection = await instance.connect();
  for (const schema of ['catalogue', 'run', 'mart', 'core']) await connection.run(`create schema ${schema}`);
  for (const [table, columns] of Object.entries(TABLES) as [Table, string][]) {
    await connection.run(`create table ${table} (${columns})`);
    for (const row of [...(instead[table] ?? BASE[table] ?? []), ...(added[table] ?? [])]) {
      await connection.run(`insert into ${table} values (${[row, ...(REST[table] ? [REST[table]] : [])].join(', ')})`);
    }
  }
  connection.closeSync();
  instance.closeSync();
  const queries = new Queries(await DuckDB.open(file));
  try {
    return await readFindings(queries, { names: NAMES }, 'p');
  } finally {
    queries.close();
    rmSync(file);
  }
}

const home: Facts = {
  'core.encounter': ["'stay', 'acute inpatient', '2026-09-01', '2026-09-05', false"],
  'mart.discharge_follow_up': ["'2026-09-05', 'home', null, null"],
};
const left = ['No visit on record in the 7 days from leaving hospital on 5 Sep 2026 to 12 Sep 2026'];
const fill = (id: string, drug: string, date: string, days: number, npi = '1') =>
  `'${id}', '${drug}', '${date}', ${days}, '${npi}'`;
const side = ['Two statins filled side by side: aol and bol'];
const sideBySide = [
  fill('1', 'a', '2026-07-01', 30),
  fill('2', 'b', '2026-07-10', 30),
  fill('3', 'a', '2026-07-31', 90),
];
const out = ['No statin for 58 days: aol 10 mg of 1 Jul 2026 ran out by 31 Jul 2026'];
const ranOut = [fill('1', 'a', '2026-06-01', 30), fill('2', 'a', '2026-07-01', 30)];
const a1c = (value: number, date: string, status = 'final') =>
  `'4548-4', '${date} 08:00:00', ${value}, '%', '${status}'`;
const over = ['The last A1c, 9.5% on 10 Feb 2026, was over 9; none is on record since'];
const emergency = (...days: string[]) =>
  days.map((day) => `'ed ${day}', 'emergency department', '${day}', '${day}', false`);
const many = ['3 emergency visits in the 90 days to 12 Sep 2026'];
const pictures = (...days: string[]): Facts => ({
  'core.medical_claim': days.map((day) => `'74177', '${day}', 'ct ${day}'`),
  'core.encounter': days.map((day) => `'ct ${day}', 'outpatient', '${day}', '${day}', false`),
});
const twice = ['The same CT or MRI (74177) twice in 30 days, the last on 31 Mar 2026'];
const five = ['a', 'b', 'c', 'd', 'e'].map((drug, at) => fill(drug, drug, '2026-09-20', 30, String(at % 3)));
const seen: Facts = { 'core.encounter': ["'seen', 'office visit', '2025-09-12', '2025-09-12', true"] };
const unseen = ['No primary care visit in the twelve months to 12 Sep 2026'];

const CASES: readonly (readonly [rule: string, added: Facts, found: readonly string[], instead?: Facts])[] = [
  ['nothing stands out of nothing', {}, []],
  ['a week at home without a visit', home, left],
  ['not after six days', home, [], { 'run.feed': ["'medical_claim', '2026-09-11'"] }],
  ['not with a visit', { ...home, 'mart.discharge_follow_up': ["'2026-09-05', 'home', 3, null"] }, []],
  ['not back in hospital', { ...home, 'mart.discharge_follow_up': ["'2026-09-05', 'home', null, 4"] }, []],
  [
    'not in a nursing facility',
    { ...home, 'mart.discharge_follow_up': ["'2026-09-05', 'nursing facility', null, null"] },
    [],
  ],
  [
    'not with home health that began before and goes on',
    {
      ...home,
      'core.encounter': [...(home['core.encounter'] ?? []), "'hh', 'home health', '2026-08-01', '2026-09-09', false"],
    },
    [],
  ],
  ['not where claims end long before data-through', home, [], { 'run.feed': ["'medical_claim', '2026-08-01'"] }],
  ['not where coverage has ended', home, [], { 'mart.unbroken_coverage': ["'medical', '2023-01-01', '2026-09-11'"] }],
  ['two statins, the first filled again', { 'core.pharmacy_claim': sideBySide }, side],
  [
    'not a switch that overlaps',
    { 'core.pharmacy_claim': [...sideBySide.slice(0, 2), fill('3', 'b', '2026-08-05', 90)] },
    [],
  ],
  [
    'not where the second had run out',
    { 'core.pharmacy_claim': [...sideBySide.slice(0, 2), fill('3', 'a', '2026-08-03', 90)] },
    [],
  ],
  [
    'not where fills end long before data-through',
    { 'core.pharmacy_claim': sideBySide },
    [],
    { 'run.feed': ["'pharmacy_claim', '2026-08-01'"] },
  ],
  ['a statin that has run out', { 'core.pharmacy_claim': ranOut }, out],
  ['not where a fill has no name', { 'core.pharmacy_claim': [...ranOut, fill('4', 'x', '2026-08-20', 5)] }, []],
  [
    'not for 29 days',
    { 'core.pharmacy_claim': [fill('1', 'a', '2026-06-01', 45), fill('2', 'a', '2026-07-01', 44)] },
    [],
  ],
  ['not after a single fill', { 'core.pharmacy_claim': ranOut.slice(1) }, []],
  ['not while what was left over lasts', { 'core.pharmacy_claim': [...ranOut, fill('3', 'a', '2026-06-20', 60)] }, []],
  [
    'not in a nursing facility since',
    {
      'core.pharmacy_claim': ranOut,
      'core.encounter': ["'snf', 'skilled nursing', '2026-08-01', '2026-08-20', false"],
    },
    [],
  ],
  [
    'not where insulin took the place of a tablet',
    {
      'core.pharmacy_claim': [
        fill('1', 'd', '2026-06-01', 30),
        fill('2', 'd', '2026-07-01', 30),
        fill('3', 'c', '2026-07-20', 90),
      ],
    },
    [],
  ],
  [
    'not without coverage of drugs',
    { 'core.pharmacy_claim': ranOut },
    [],
    { 'mart.unbroken_coverage': BASE['mart.unbroken_coverage']?.slice(0, 1) ?? [] },
  ],
  ['an A1c over 9 that nobody repeated', { 'core.observation': [a1c(7, '2025-10-01'), a1c(9.5, '2026-02-10')] }, over],
  ['not of 9', { 'core.observation': [a1c(9, '2026-02-10')] }, []],
  ['not of five months', { 'core.observation': [a1c(9.5, '2026-03-20')] }, []],
  ['not with a lower one since', { 'core.observation': [a1c(9.5, '2026-02-10'), a1c(8, '2026-08-10')] }, []],
  ['not entered in error', { 'core.observation': [a1c(9.5, '2026-02-10', 'entered-in-error')] }, []],
  [
    'not where one was billed since',
    { 'core.observation': [a1c(9.5, '2026-02-10')], 'core.medical_claim': ["'83036', '2026-05-01', null"] },
    [],
  ],
  [
    'three emergency visits in 90 days',
    { 'core.encounter': emergency('2026-06-15', '2026-07-01', '2026-09-12') },
    many,
  ],
  ['not in 91', { 'core.encounter': emergency('2026-06-14', '2026-07-01', '2026-09-12') }, []],
  ['the same picture within 30 days', pictures('2026-03-01', '2026-03-31'), twice],
  ['not after 31 days, nor on the day after', pictures('2026-03-01', '2026-04-01', '2026-04-02'), []],
  [
    'five medicines of three prescribers',
    { 'core.pharmacy_claim': five },
    ['5 medicines in supply at once, from 3 prescribers'],
  ],
  [
    'not four, though one comes in two packages',
    { 'core.pharmacy_claim': [...five.slice(0, 4), fill('z', 'a', '2026-09-21', 30)] },
    [],
  ],
  ['no primary care visit in a year', {}, unseen, seen],
  [
    'not where nobody tells the specialty of a visit',
    { 'core.encounter': ["'v', 'telehealth', '2026-03-01', '2026-03-01', null"] },
    [],
    seen,
  ],
  [
    'not where an internist comes to the nursing home',
    {
      'core.encounter': ["'v', 'other', '2026-03-01', '2026-03-01', false"],
      'core.practitioner': ["'npi', true"],
    },
    [],
    seen,
  ],
  [
    'not of somebody covered for less',
    {},
    [],
    { ...seen, 'mart.unbroken_coverage': ["'medical', '2025-09-13', '2026-12-31'"] },
  ],
];

test.each(CASES.map(([rule, added, found, instead = {}]) => ({ rule, added, found, instead })))(
  'what stands out: $rule',
  async ({ added, found, instead }) => {
    expect((await findingsOf(added, instead)).map(({ finding }) => finding)).toEqual(found);
  },
);

test('each finding names the events that it was found in, the latest first', async () => {
  const [first, second] = await findingsOf({
    'core.encounter': emergency('2026-07-01', '2026-09-12', '2026-08-01'),
    'core.pharmacy_claim': sideBySide,
  });
  expect(first?.evidence).toEqual([
    { event: 'fill s:3:1', date: '2026-07-31' },
    { event: 'fill s:2:1', date: '2026-07-10' },
    { event: 'fill s:1:1', date: '2026-07-01' },
  ]);
  expect(second?.evidence.map(({ event }) => event)).toEqual(['ed 2026-09-12', 'ed 2026-08-01', 'ed 2026-07-01']);
});
