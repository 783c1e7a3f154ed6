import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePipeTable } from '../../pipelines/engine/cases.ts';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, found, given, make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

/** A visit a line: person, day, tax number, practitioner, specialty, dollars, and what differs from an office visit. */
const visits = (text: string): string =>
  [
    `person_id | claim_id | claim_line_number | claim_type | claim_start_date | claim_end_date | billing_tin | rendering_npi
      | rendering_specialty_code | allowed_amount | hcpcs_code | place_of_service_code | bill_type_code
      | revenue_center_code`.replace(/\n/g, ''),
    ...text
      .trim()
      .split('\n')
      .map((line, at) => {
        const [person, day, tin, npi, specialty, dollars, ...rest] = line.trim().split(/\s+/);
        const more = new Map(rest.map((word) => [word.split(':')[0] ?? '', word.split(':')[1] ?? '']));
        const none = (value = '') => (value === '-' ? '' : value);
        return [
          ...[person, `${person}-${at}`, 1, more.has('bill') ? 'institutional' : 'professional', day, day, none(tin)],
          ...[none(npi), none(specialty), none(dollars), more.get('code') ?? '99213'],
          ...[more.has('bill') ? '' : (more.get('place') ?? '11'), more.get('bill') ?? '', more.get('room') ?? ''],
        ].join(' | ');
      }),
  ].join('\n');

const SPAN = 'person_id | payer | plan | payer_type | enrollment_start_date | enrollment_end_date';
const PRACTICES = `practice_id | name | tin
  first  | First Practice  | 000000001
  second | Second Practice | 000000002
  third  | Third Practice  | 000000003`;

casesOf('mart.attribution', {
  'most charges of the 12 months before decide, then the latest; without a list of practices each tax number stands alone':
    {
      given: {
        'input.medical_claim': visits(`
        most 2024-07-05 T1 N1 08 50
        most 2024-09-05 T2 N2 08 50
        most 2024-10-05 T1 N1 08 50
        most 2024-11-05 T2 N2 11 50
        most 2024-07-01 T3 N3 08 900 code:93000`),
      },
      expect: `person_id | month | practice_id | npi | basis
      most | 2024-08-01 | T1 | N1 | primary care charges
      most | 2024-09-01 | T1 | N1 | primary care charges
      most | 2024-10-01 | T2 | N2 | primary care charges
      most | 2024-11-01 | T1 | N1 | primary care charges
      most | 2024-12-01 | T2 | N2 | primary care charges`,
    },
  'a service counts for 12 months': {
    given: { 'input.medical_claim': visits('year 2023-10-31 - N1 08 50\n year 2024-11-30 - N2 08 50') },
    expect: `person_id | month | npi
      ${['2023-11', '2023-12', '2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09', '2024-10'].map((month) => `year | ${month}-01 | N1`).join('\n')}
      year | 2024-12-01 | N2`,
  },
  'a person about whom anybody states attribution has that and no other; the payer comes first': {
    given: {
      'input.medical_claim': visits('said 2024-01-31 - N1 08 50'),
      'input.provider_attribution': `person_id | year_month | custom_attributed_provider_practice | payer_attributed_provider_practice
        said | 202405 | own |
        said | 202406 | own | payers
        said | 202501 | own | payers`,
    },
    expect: `person_id | month | practice_id | basis
      said | 2024-05-01 | own | stated
      said | 2024-06-01 | payers | stated`,
  },
  'who is seen by others than physicians only has the practice all the same, and it says so': {
    given: { 'input.medical_claim': visits('nurse 2024-11-05 T1 N1 50 50') },
    expect: `person_id | month | practice_id | basis
      nurse | 2024-12-01 | T1 | primary care charges, not assigned`,
  },
  'without charges visits decide': {
    given: {
      'input.medical_claim': visits(
        'child 2024-10-05 T1 N1 37 50 code:99393\n child 2024-11-05 T2 N2 37 50 code:99393',
      ),
    },
    expect: `person_id | month | practice_id | basis
      child | 2024-11-01 | T1 | primary care visits
      child | 2024-12-01 | T2 | primary care visits`,
  },
});

interface Assessed {
  readonly visits?: string;
  /** Coverage; fee-for-service Medicare from 2023 to 2025 unless given. */
  readonly spans?: string;
  readonly tables?: Readonly<Record<string, string>>;
  readonly expect: string;
}

/** One warehouse, data through the end of 2025; every case has people of its own and sees their rows at the dates it names. */
function assessed(table: string, cases: Readonly<Record<string, Assessed>>): void {
  describe(table, () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await warehouse({ data_through: '2025-12-31', period: '2025' });
      await given(connection, { 'input.practice': PRACTICES });
      for (const [at, { visits: seen, spans, tables = {}, expect: expected }] of Object.values(cases).entries()) {
        const file = (text: string) => text.replace(/$/gm, ` | ${at + 1}`).replace(` | ${at + 1}`, ' | file_id');
        const people = [...new Set(parsePipeTable(expected).map((row) => row.person_id))];
        const covered = people.map((person) => `${person} | M | A | medicare | 2023-01-01 | 2025-12-31`).join('\n');
        await given(connection, {
          'input.eligibility': file(spans ?? `${SPAN}\n${covered}`),
          ...(seen && { 'input.medical_claim': file(visits(seen)) }),
          ...tables,
        });
      }
      await make(connection, table, 'core.person_source');
    });
    afterAll(() => connection.closeSync());
    for (const [rule, { expect: expected }] of Object.entries(cases)) {
      it(rule, async () => {
        const wanted = parsePipeTable(expected);
        const listed = (name: string) => [...new Set(wanted.map((row) => quoted(row[name] ?? '')))].join(', ');
        const its = `(
          select * from ${table}
          where person_id in (select person_id from core.person_source where source_person_id in (${listed('person_id')}))
            and assessment_date in (${listed('assessment_date')})
        )`;
        const { got, wanted: sorted } = await found(connection, its, expected);
        expect(got).toEqual(sorted);
      });
    }
  });
}

const P1 = '000000001';
const P2 = '000000002';
const P3 = '000000003';

assessed('mart.attribution_reason', {
  'step 1: the participants together against any one other; within them the practice with most': {
    visits: `
      sum  2025-03-01 ${P1} N1 08 60
      sum  2025-04-01 ${P2} N2 11 50
      sum  2025-05-01 900000001 N8 08 70
      sum  2025-05-02 900000002 N9 08 100
      lost 2025-03-01 ${P1} N1 08 60
      lost 2025-05-01 900000001 N8 08 70`,
    expect: `person_id | assessment_date | outcome | step | rule_practice_id | npi | charge_amount | runner_up_practice_id | runner_up_amount | organization_amount | rival_organization | rival_amount | margin_amount
      sum  | 2025-12-31 | step 1 | 1 | first | N1 | 60.00 | second | 50.00 | 110.00 | 900000002 | 100.00 | 10.00
      lost | 2025-12-31 | more charges elsewhere | 1 | | | 70.00 | | | 70.00 | participants | 60.00 | 10.00`,
  },
  'the reason in words': {
    visits: `
      told 2025-03-01 ${P1} N1 08 1060
      told 2025-05-01 900000001 N8 08 70
      gone 2025-05-01 900000001 N8 08 70
      gone 2025-05-01 ${P1} N1 08 60`,
    expect: `person_id | assessment_date | reason
      told | 2025-12-31 | Step 1: $1,060.00 of primary care at the practice, $1,060.00 at all participants, at most $70.00 elsewhere (900000001).
      gone | 2025-12-31 | Step 1: $70.00 of primary care at 900000001, $60.00 at the participants.`,
  },
  'step 1 weighs nurse practitioners, physician assistants and clinical nurse specialists like physicians, once a physician was seen':
    {
      visits: `
      team 2025-03-01 ${P1} N1 38 10
      team 2025-03-01 ${P2} N2 50 20
      team 2025-03-02 ${P2} N3 97 20
      team 2025-03-03 ${P1} N4 89 25`,
      expect: `person_id | assessment_date | outcome | rule_practice_id | npi | charge_amount
      team | 2025-12-31 | step 1 | second | N3 | 40.00`,
    },
  'step 2: specialists, where nobody of primary care gave any, inside or outside': {
    visits: `
      heart 2025-03-01 ${P3} N1 06 80
      heart 2025-03-01 900000001 N9 11 0 code:93000
      both  2025-03-01 ${P3} N1 06 80
      both  2025-03-02 900000001 N9 50 10
      knee  2025-03-01 ${P3} N1 20 80`,
    expect: `person_id | assessment_date | outcome | step | rule_practice_id
      heart | 2025-12-31 | step 2 | 2 | third
      both  | 2025-12-31 | more charges elsewhere | 1 |
      knee  | 2025-12-31 | no primary care service | |`,
  },
  'step 3, from 2025 on: no physician in the 12 months but one in 24, and another practitioner in the 12; charges of 24 months':
    {
      visits: `
      old   2024-02-01 ${P2} N2 08 200
      old   2025-03-01 ${P1} N1 50 50
      never 2025-03-01 ${P1} N1 50 50
      apart 2024-02-01 900000001 N9 08 200
      apart 2025-03-01 ${P1} N1 50 50
      past  2023-02-01 ${P2} N2 08 200
      past  2024-03-01 ${P1} N1 50 50`,
      expect: `person_id | assessment_date | outcome | rule_practice_id | charge_amount
      old   | 2025-12-31 | step 3       | second | 200.00
      never | 2025-12-31 | no physician |        | 50.00
      apart | 2025-12-31 | no physician |        | 50.00
      past  | 2024-12-31 | no physician |        | 50.00
      old   | 2024-12-31 | step 1       | second | 200.00
      never | 2024-12-31 | no primary care service | |
      apart | 2024-12-31 | primary care elsewhere only | | 200.00
      past  | 2025-12-31 | no primary care service | |`,
    },
  'just inside and just outside the windows: the first day of twelve months, and of 24': {
    visits: `
      in12  2025-01-01 ${P1} N1 08 50
      out12 2024-12-31 ${P1} N1 08 50
      in24  2024-01-01 ${P1} N1 08 50
      in24  2025-06-01 ${P2} N2 50 20
      out24 2023-12-31 ${P1} N1 08 50
      out24 2025-06-01 ${P2} N2 50 20
      late  2026-01-01 ${P1} N1 08 50`,
    expect: `person_id | assessment_date | outcome | rule_practice_id
      in12  | 2025-12-31 | step 1 | first
      out12 | 2025-12-31 | no primary care service |
      in24  | 2025-12-31 | step 3 | first
      out24 | 2025-12-31 | no physician |
      late  | 2025-12-31 | no primary care service |`,
  },
  'a tie goes to the latest service, then to the lowest identifier: of organizations, of practices, of practitioners': {
    visits: `
      last 2025-03-01 ${P1} N1 08 50
      last 2025-03-02 900000001 N9 08 50
      ours 2025-03-03 ${P1} N1 08 50
      ours 2025-03-02 900000001 N9 08 50
      day  2025-03-01 ${P2} N2 08 25
      day  2025-03-01 ${P1} N1 08 25
      day  2025-03-01 900000001 N9 08 50
      own  2025-03-02 ${P1} N5 08 10
      own  2025-03-02 ${P1} N4 08 10
      own  2025-03-01 ${P2} N2 08 20`,
    expect: `person_id | assessment_date | outcome | practice_id | npi
      last | 2025-12-31 | more charges elsewhere | |
      ours | 2025-12-31 | step 1 | first | N1
      day  | 2025-12-31 | more charges elsewhere | |
      own  | 2025-12-31 | step 1 | first | N4`,
  },
  'every service of a qualified health center or rural clinic is a physician of primary care; a critical access hospital counts where it bills for its practitioners':
    {
      visits: `
      fqhc 2025-03-01 ${P1} N1 97 80 bill:771 room:0521 code:G0467
      rhc  2025-03-01 ${P1} N1 -  80 bill:711 room:0900 code:90832
      meth 2025-03-01 ${P1} N1 08 80 bill:851 room:0960
      cah  2025-03-01 ${P1} N1 08 80 bill:851 room:0510
      teach 2025-03-01 ${P1} N1 08 80 bill:131 room:0510 code:G0463`,
      expect: `person_id | assessment_date | outcome | rule_practice_id
      fqhc | 2025-12-31 | step 1 | first
      rhc  | 2025-12-31 | step 1 | first
      meth | 2025-12-31 | step 1 | first
      cah  | 2025-12-31 | no primary care service |
      teach | 2025-12-31 | no primary care service |`,
    },
  'a visit in a skilled nursing facility does not count, in a nursing home it does; advance care planning counts outside hospitals':
    {
      visits: `
      snf  2025-03-01 ${P1} N1 08 80 code:99308 place:31
      home 2025-03-01 ${P1} N1 08 80 code:99308 place:32
      bed  2025-03-01 ${P1} N1 08 80 code:99497 place:21
      desk 2025-03-01 ${P1} N1 08 80 code:99497`,
      expect: `person_id | assessment_date | outcome
      snf  | 2025-12-31 | no primary care service
      home | 2025-12-31 | step 1
      bed  | 2025-12-31 | no primary care service
      desk | 2025-12-31 | step 1`,
    },
  'a code counts in the performance years of which it is': {
    visits: `
      phone 2024-11-01 ${P1} N1 08 80 code:99441
      apcm  2024-11-01 ${P1} N1 08 80 code:G0556`,
    expect: `person_id | assessment_date | outcome
      phone | 2024-12-31 | step 1
      phone | 2025-03-31 | no primary care service
      apcm  | 2024-12-31 | no primary care service
      apcm  | 2025-03-31 | step 1`,
  },
  'the tax number tells where; a practitioner of a participant who bills under another number works elsewhere': {
    visits: `
      moon 2025-03-01 900000001 NP1 08 80
      none 2025-03-01 - NP1 08 80`,
    tables: {
      'input.practitioner': 'practitioner_id | npi | practice_id | specialty_code\n NP1 | NP1 | first | 08',
    },
    expect: `person_id | assessment_date | outcome | rule_practice_id
      moon | 2025-12-31 | primary care elsewhere only |
      none | 2025-12-31 | step 1 | first`,
  },
  'where nobody tells the specialty it is taken as primary care, in words': {
    visits: `blank 2025-03-01 ${P1} NX - 80`,
    expect: `person_id | assessment_date | reason
      blank | 2025-12-31 | Step 1: $80.00 of primary care at the practice, $80.00 at all participants, none elsewhere. Specialties are not stated and taken as primary care.`,
  },
  'assignable: a month of Parts A and B, none of one alone or of Medicare Advantage in the twelve; hospice is no bar': {
    visits: ['full', 'hosp', 'ma', 'was', 'part', 'job', 'bare']
      .map((person) => `${person} 2025-03-01 ${P1} N1 08 80`)
      .join('\n'),
    spans: `${SPAN} | is_part_a | is_part_b | hospice_flag
      full | M | A | medicare | 2025-12-01 | 2025-12-31 | | |
      hosp | M | A | medicare | 2025-01-01 | 2025-12-31 | | | true
      ma   | M | A | medicare | 2025-01-01 | 2025-11-30 | | |
      ma   | C | B | medicare advantage | 2025-12-01 | 2025-12-31 | | |
      was  | C | B | medicare advantage | 2024-01-01 | 2024-12-31 | | |
      was  | M | A | medicare | 2025-01-01 | 2025-12-31 | | |
      part | M | A | medicare | 2025-01-01 | 2025-06-30 | | |
      part | M | A | medicare | 2025-07-01 | 2025-12-31 | true | false |
      job  | E | E | commercial | 2025-01-01 | 2025-12-31 | | |
      bare | M | A | medicare | 2023-01-01 | 2023-12-31 | | |`,
    expect: `person_id | assessment_date | outcome | is_assignable | practice_id
      full | 2025-12-31 | step 1 | true | first
      hosp | 2025-12-31 | step 1 | true | first
      ma   | 2025-12-31 | in Medicare Advantage | false | first
      was  | 2025-12-31 | step 1 | true | first
      part | 2025-12-31 | Part A or Part B alone | false | first
      job  | 2025-12-31 | not in Medicare | false | first
      bare | 2025-12-31 | no coverage | false | first`,
  },
  'assignable: a home in the United States or its territories; who died within the twelve months keeps the assignment':
    {
      visits: ['abroad', 'island', 'died', 'long'].map((person) => `${person} 2025-02-01 ${P1} N1 08 80`).join('\n'),
      spans: `${SPAN} | state | death_date
      abroad | M | A | medicare | 2023-01-01 | 2025-12-31 | ON |
      island | M | A | medicare | 2023-01-01 | 2025-12-31 | PR |
      died   | M | A | medicare | 2023-01-01 | 2025-12-31 |    | 2025-04-01
      long   | M | A | medicare | 2023-01-01 | 2024-12-31 |    | 2024-12-31`,
      expect: `person_id | assessment_date | outcome | practice_id
      abroad | 2025-12-31 | lives outside the United States | first
      island | 2025-12-31 | step 1 | first
      died   | 2025-12-31 | step 1 |
      long   | 2025-12-31 | died before the twelve months |`,
    },
});

const flags = Array.from({ length: 12 }, (_, at) => `enrollment_flag_${at + 1}`).join(' | ');
const LIST = `person_id | aco_id | performance_year | report_period | stamp | window_start_date | is_voluntary | voluntary_tin | voluntary_npi | ${flags}`;
const PROVIDER = 'person_id | aco_id | performance_year | report_period | stamp | tin | npi | services';
const at2025 = 'A1 | 2025 | Q4 | T1 | 2025-01-01';
const lists = (...people: readonly (readonly [person: string, tin: string, named?: string, months?: string])[]) => ({
  'input.assignment': [
    LIST,
    ...people.map(
      ([person, , named, months = '4 4 4 4 4 4 4 4 4 4 4 4']) =>
        `${person} | ${at2025} | ${named ? `true | ${named} | N7` : ' | | '} | ${months.replaceAll(' ', ' | ')}`,
    ),
  ].join('\n'),
  'input.assignment_provider': [
    PROVIDER,
    ...people.map(([person, tin]) => `${person} | A1 | 2025 | Q4 | T1 | ${tin} | | 3`),
  ].join('\n'),
});

assessed('mart.attribution_reason', {
  'the assignment list decides; what the rule gives stands beside it, and whether the two agree, for those who died too':
    {
      visits: `
      same  2025-03-01 ${P1} N1 08 80
      other 2025-03-01 ${P1} N1 08 80
      off   2025-03-01 ${P1} N1 08 80
      late  2025-03-01 ${P1} N1 08 80
      named 2025-03-01 ${P1} N1 08 80`,
      tables: lists(
        ['same', P1],
        ['other', P2],
        ['quiet', P1],
        ['named', P1, P3],
        ['late', P1, '', '4 4 4 4 0 0 0 0 0 0 0 0'],
      ),
      expect: `person_id | assessment_date | practice_id | basis | outcome | rule_practice_id | is_voluntary | agreement
      same  | 2025-12-31 | first  | assignment list | step 1 | first | false | same practice
      other | 2025-12-31 | second | assignment list | step 1 | first | false | another practice
      quiet | 2025-12-31 | first  | assignment list | no primary care service | | false | stated, not by the rule
      off   | 2025-12-31 | first  | primary care charges | step 1 | first | false | by the rule, not stated
      idle  | 2025-12-31 |        |                 | no primary care service | | false | neither
      late  | 2025-12-31 |        |                 | step 1 | first | false | same practice
      named | 2025-12-31 | third  | assignment list | voluntary alignment | third | true | same practice`,
    },
  'months that no list and no payer tells of are not compared': {
    expect: `person_id | assessment_date | is_voluntary | agreement
      early | 2024-12-31 | |`,
  },
});

assessed('mart.attribution_change', {
  'who came in, went out or moved between two assessments, and why': {
    visits: `
      new   2025-05-01 ${P1} N1 08 80
      gap   2024-02-01 ${P1} N1 08 80
      moves 2024-11-01 ${P1} N1 08 80
      moves 2025-05-01 ${P2} N2 08 90
      lured 2025-02-01 ${P1} N1 08 80
      lured 2025-05-01 900000001 N9 08 90
      dies  2025-02-01 ${P1} N1 08 80
      joins 2025-02-01 ${P1} N1 08 80`,
    spans: `${SPAN} | death_date
      new   | M | A | medicare | 2023-01-01 | 2025-12-31 |
      gap   | M | A | medicare | 2023-01-01 | 2025-12-31 |
      moves | M | A | medicare | 2023-01-01 | 2025-12-31 |
      lured | M | A | medicare | 2023-01-01 | 2025-12-31 |
      dies  | M | A | medicare | 2023-01-01 | 2025-12-31 | 2025-06-30
      joins | M | A | medicare | 2025-01-01 | 2025-12-31 |`,
    expect: `person_id | assessment_date | previous_date | change | from_practice_id | to_practice_id | reason
      new   | 2025-06-30 | 2025-03-31 | in    |       | first  | before: no primary care service
      joins | 2025-03-31 | 2024-12-31 | in    |       | first  | coverage began
      dies  | 2025-03-31 | 2024-12-31 | in    |       | first  | before: no primary care service
      lured | 2025-03-31 | 2024-12-31 | in    |       | first  | before: no primary care service
      gap   | 2025-03-31 | 2024-12-31 | out   | first |        | no primary care service
      moves | 2025-06-30 | 2025-03-31 | moved | first | second | more charges there
      lured | 2025-06-30 | 2025-03-31 | out   | first |        | more charges elsewhere
      dies  | 2025-06-30 | 2025-03-31 | out   | first |        | died`,
  },
});

describe('mart.panel', () => {
  it('counts the living by practice, practitioner and tier, and who was seen there', async () => {
    const connection = await warehouse({ data_through: '2025-12-31', period: '2025' });
    await given(connection, {
      'input.practice': PRACTICES,
      'input.eligibility': `${SPAN} | birth_date | death_date
        ann | M | A | medicare | 2023-01-01 | 2025-12-31 | 1950-01-01 |
        bob | M | A | medicare | 2023-01-01 | 2025-12-31 | 1950-01-01 |
        cat | M | A | medicare | 2023-01-01 | 2025-12-31 | 1950-01-01 | 2025-11-30
        dan | M | A | medicare | 2023-01-01 | 2025-12-31 | 1950-01-01 |`,
      'input.medical_claim': visits(`
        ann 2025-03-01 ${P1} N1 08 80
        cat 2025-03-01 ${P1} N1 08 80
        dan 2025-03-01 ${P2} N1 08 80`),
      'input.provider_attribution': `person_id | year_month | payer_attributed_provider | payer_attributed_provider_practice
        bob | 202512 | N1 | first
        dan | 202512 | N1 | first`,
    });
    await make(connection, 'mart.attribution_reason');
    await connection.run(
      `create table mart.risk_tier as
       select person_id, month, until_month, tier, score, 'model' as basis
       from core.person_source
       join (values
         ('ann', date '2025-06-01', date '2026-01-01', 'high', 99), ('ann', '2026-01-01', null, 'low', 7.5),
         ('bob', '2025-12-01', null, 'low', 5), ('cat', '2025-06-01', null, 'low', 99), ('dan', '2025-06-01', null, 'high', 30)
       ) as tier (source_person_id, month, until_month, tier, score) using (source_person_id)`,
    );
    const { definitions } = await definitionsInOrder();
    const panel = definitions.models.find(({ name }) => name === 'mart.panel')?.sql;
    expect(
      await rows(
        connection,
        `select practice_id, npi, risk_tier, persons, total_score, seen_persons
         from (${panel}) where assessment_date = date '2025-12-31' order by risk_tier`,
      ),
    ).toEqual([
      { practice_id: 'first', npi: 'N1', risk_tier: 'high', persons: 1, total_score: 30, seen_persons: 0 },
      { practice_id: 'first', npi: 'N1', risk_tier: 'low', persons: 2, total_score: 12.5, seen_persons: 1 },
    ]);
    connection.closeSync();
  });
});
