import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTable } from '../../pipelines/engine/make.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const covered =
  'person_id | birth_date | death_date | payer | payer_type | enrollment_start_date | enrollment_end_date';
const bill =
  'person_id | claim_id | claim_line_number | payer | claim_type | bill_type_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1 | revenue_center_code';
/** Two years with a payer whose claims are seen; the first landmark, 2023-01-01, has nothing before it. */
const always = (person: string, birth = '1950-01-01') =>
  `${person} | ${birth} | | m | medicare | 2023-01-01 | 2024-12-31`;
const stay = (person: string, admit: string, left: string, diagnosis = 'A419', room = '0120') =>
  `${person} | ${person}-${admit} | 1 | m | institutional | 111 | ${admit} | ${left} | 01 | ${diagnosis} | ${room}`;
const given = (people: readonly string[], stays: readonly string[]) => ({
  'input.eligibility': [covered, ...people].join('\n'),
  'input.medical_claim': [bill, ...stays].join('\n'),
});
/** What becomes of each at the last landmark; at the one before nobody's 12 months are seen. */
const atLandmark = (found: readonly (readonly [person: string, exclusion: string, isAdmitted: boolean])[]) =>
  [
    'person_id | month | fold | exclusion | is_admitted',
    ...found.map(([person, exclusion, isAdmitted]) => `${person} | 2024-01-01 | 1 | ${exclusion} | ${isAdmitted}`),
    ...found.map(
      ([person]) =>
        `${person} | 2023-01-01 | 0 | claims not seen in each of the 12 months before | ${FIRST_YEAR.has(person)}`,
    ),
  ].join('\n');
const FIRST_YEAR = new Set(['eve']);

casesOf('mart.admission_landmark', {
  'an unplanned admission counts from the day of the landmark to the last of the 12 months': {
    given: given(
      [always('first'), always('last'), always('eve'), always('none')],
      [
        stay('first', '2024-01-01', '2024-01-04'),
        stay('last', '2024-12-31', '2024-12-31'),
        stay('eve', '2023-12-31', '2024-01-03'),
        stay('none', '2022-01-05', '2022-01-06'),
      ],
    ),
    expect: atLandmark([
      ['first', '', true],
      ['last', '', true],
      ['eve', '', false],
      ['none', '', false],
    ]).concat('\nnone | 2022-01-01 | 0 | claims not seen in each of the 12 months before | true'),
  },
  'a planned stay, childbirth, rehabilitation and a psychiatric hospital do not': {
    given: given(
      [always('chemo'), always('birth', '1990-01-01'), always('rehab'), always('mind')],
      [
        stay('chemo', '2024-02-01', '2024-02-03', 'Z5111'),
        stay('birth', '2024-02-01', '2024-02-03', 'O80'),
        stay('rehab', '2024-02-01', '2024-02-13', 'Z448'),
        stay('mind', '2024-02-01', '2024-02-03', 'F329', '0124'),
      ],
    ),
    expect: atLandmark([
      ['chemo', '', false],
      ['birth', '', false],
      ['rehab', '', false],
      ['mind', '', false],
    ]),
  },
  'who dies is followed until then; who leaves otherwise takes no part, admitted or not': {
    given: given(
      [
        'dies | 1950-01-01 | 2024-03-10 | m | medicare | 2023-01-01 | 2024-03-10',
        'dead | 1950-01-01 | 2023-12-20 | m | medicare | 2023-01-01 | 2023-12-20',
        'leaves | 1950-01-01 | | m | medicare | 2023-01-01 | 2024-06-30',
        'stays | 1950-01-01 | | m | medicare | 2023-01-01 | 2024-11-30',
      ],
      [stay('dies', '2024-03-01', '2024-03-10'), stay('leaves', '2024-02-01', '2024-02-05')],
    ),
    expect: atLandmark([
      ['dies', '', true],
      ['dead', 'died before', false],
      ['leaves', 'left the coverage within the 12 months after', true],
      ['stays', 'left the coverage within the 12 months after', false],
    ]),
  },
  'a month that is not seen before the landmark leaves a person out, also one in an Advantage plan that sends no claims':
    {
      given: given(
        [
          'gap | 1950-01-01 | | m | medicare | 2023-01-01 | 2023-05-31',
          'gap | 1950-01-01 | | m | medicare | 2023-07-01 | 2024-12-31',
          'plan | 1950-01-01 | | silent | medicare advantage | 2023-01-01 | 2023-06-30',
          'plan | 1950-01-01 | | m | medicare | 2023-07-01 | 2024-12-31',
          always('child', '2006-02-01'),
        ],
        [],
      ),
      expect: atLandmark([
        ['gap', 'claims not seen in each of the 12 months before', false],
        ['plan', 'claims not seen in each of the 12 months before', false],
        ['child', 'under 18', false],
      ]),
    },
});

const member =
  'person_id | birth_date | death_date | payer_type | enrollment_start_date | enrollment_end_date | hospice_flag | long_term_institutional_flag';
const since2023 = '1950-01-01 | | medicare | 2023-01-01 | 2024-12-31';

casesOf('mart.outreach_candidate', {
  'somebody in charge, a refusal, the end of cover or of life keep a person off the list, and are named': {
    given: {
      'input.eligibility': `${member}
        open | ${since2023} | | 
        enrolled | ${since2023} | | 
        declined | ${since2023} | | 
        offered | ${since2023} | | 
        over | ${since2023} | | 
        died | 1950-01-01 | 2024-12-10 | medicare | 2023-01-01 | 2024-12-10 | | 
        hospice | ${since2023} | true | 
        home | ${since2023} | | true
        gone | 1950-01-01 | | medicare | 2023-01-01 | 2024-09-30 | | `,
      'input.program_enrollment': `person_id | program | start_date | end_date | status
        enrolled | heart | 2024-05-01 | | enrolled
        declined | heart | 2024-05-02 | | declined
        offered | heart | 2024-05-03 | | offered
        over | heart | 2024-01-01 | 2024-06-30 | completed`,
    },
    expect: `person_id | barriers
      open | []
      enrolled | [in the program heart since 2024-05-01]
      declined | [declined the program heart on 2024-05-02]
      offered | []
      over | []
      died | [died on 2024-12-10]
      hospice | [in hospice care since 2023-01-01]
      home | [lives in a long-term institution]
      gone | [not enrolled since 2024-09-30]`,
  },
  'what could be done follows from the last 12 months, and from 30 days after a discharge': {
    given: {
      'input.eligibility': `${member}
        back | ${since2023} | | 
        rare | ${since2023} | | `,
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | place_of_service_code | hcpcs_code | claim_start_date | claim_end_date | discharge_disposition_code | diagnosis_code_1
        back | k1 | 1 | institutional | 111 | | | 2024-12-10 | 2024-12-14 | 01 | A419
        back | k2 | 1 | professional | | 11 | 99213 | 2024-12-20 | 2024-12-20 | | I10
        rare | k3 | 1 | professional | | 11 | 99213 | 2023-05-20 | 2023-05-20 | | I10`,
    },
    expect: `person_id | handles
      back | [discharged on 2024-12-14]
      rare | [no visit to a practice since 2023-05-20]`,
  },
});

describe('the tier of a person', () => {
  let connection: DuckDBConnection;
  const tiers = (person: string, columns: string) =>
    rows(connection, `select ${columns} from mart.risk_tier where person_id = '${person}' order by month`);
  const now = async (person: string) => (await tiers(person, 'tier, score, basis')).at(-1);

  beforeAll(async () => {
    connection = await warehouse();
    const { definitions } = await definitionsInOrder();
    const values = (list: readonly (readonly (string | number | null)[])[]) =>
      list
        .map((row) => `(${row.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(', ')})`)
        .join(', ');
    /** Chance by person, six months before and now, as the one weight of the factor "log odds". */
    const modelled: readonly (readonly [string, number, number])[] = [
      ['under', 0.0499, 0.0499],
      ['five', 0.0501, 0.0501],
      ['ten', 0.1001, 0.1001],
      ['twenty', 0.2001, 0.2001],
      ['forty', 0.4001, 0.4001],
      ['half again', 0.09, 0.136],
      ['nearly', 0.09, 0.134],
      ['still low', 0.02, 0.09],
      ['two up', 0.099, 0.201],
    ];
    const odds = (chance: number) => Math.log(chance / (1 - chance));
    const dated = [
      ...modelled.map(([person]) => person),
      'told',
      ...['child', 'hcc', 'points', 'nothing', 'grows'],
    ].flatMap((person) => [
      [person, '2024-07-01', '2025-01-01'],
      [person, '2025-01-01', null],
    ]);
    const whole = new Set([...modelled.map(([person]) => person), 'told', 'child']);
    await connection.run(`
      create table core.person as
        select distinct person_id, case when person_id = 'child' then date '2010-01-01' else date '1950-01-01' end as birth_date
        from (values ${values(dated)}) as date (person_id, month, until_month)`);
    await connection.run(`
      create table mart.risk_date as
        select person_id, month::date as month, until_month::date as until_month, person_id in (${[...whole].map((one) => `'${one}'`).join(', ')}) as is_whole
        from (values ${values(dated)}) as date (person_id, month, until_month);
      create table mart.admission_risk_coefficient as
        select * from (values ('m', 0, 'log odds', 1.0), ('m', 1, 'log odds', 9.0), ('m', 0, 'unplanned admissions, up to 4', 0.5),
          ('m', 0, 'condition: heart failure', 0.9), ('m', 0, 'male', -0.2), ('m', 0, 'emergency visits, up to 5', 0.1),
          ('m', 0, 'decades of age over 55', 0.001)) as c (model, fold, factor, coefficient);
      create table mart.admission_risk_factor as
        select person_id, month::date as month, factor, value::double as value, amount::integer as amount from (values ${values(
          [
            ...modelled.flatMap(([person, before, after]): (string | number | null)[][] => [
              [person, '2024-07-01', 'log odds', odds(before), null],
              [person, '2025-01-01', 'log odds', odds(after), null],
            ]),
            ['told', '2025-01-01', 'unplanned admissions, up to 4', 4, 6],
            ['told', '2025-01-01', 'condition: heart failure', 1, null],
            ['told', '2025-01-01', 'male', 1, null],
            ['told', '2025-01-01', 'emergency visits, up to 5', 1, 1],
            ['told', '2025-01-01', 'decades of age over 55', 2, 75],
            ['told', '2025-01-01', 'log odds', -3, null],
            ['child', '2025-01-01', 'log odds', 3, null],
            ['hcc', '2025-01-01', 'condition: heart failure', 1, null],
            ['points', '2025-01-01', 'decades of age over 55', 2, 75],
            ['points', '2025-01-01', 'unplanned admissions, up to 4', 2, 2],
            ['points', '2025-01-01', 'condition: heart failure', 1, null],
            ['grows', '2024-07-01', 'condition: gout', 1, null],
            ['grows', '2025-01-01', 'condition: heart failure', 1, null],
            ['grows', '2025-01-01', 'condition: gout', 1, null],
          ],
        )}) as factor (person_id, month, factor, value, amount);
      create table mart.risk_score as select * from (values ('hcc', 'V28', 2025, 2.0), ('hcc', 'V24', 2025, 9.0), ('under', 'V28', 2025, 9.0))
        as score (person_id, model, payment_year, raw_score);
    `);
    const model = definitions.models.find(({ name }) => name === 'mart.risk_tier');
    if (model) await makeTable(connection, model);
  });

  it.each([
    ['under', 'very low', 5.0],
    ['five', 'low', 5.0],
    ['ten', 'moderate', 10],
    ['twenty', 'high', 20],
    ['forty', 'very high', 40],
  ])('%s percent and its fellows: %s', async (person, tier, score) => {
    expect(await now(person)).toEqual({ tier, score, basis: 'model' });
  });

  it('rises by half as much again from 10% on, or by two tiers, within six months', async () => {
    for (const [person, rises] of [
      ['half again', true],
      ['nearly', false],
      ['still low', false],
      ['two up', true],
      ['twenty', false],
    ] as const)
      expect([person, (await tiers(person, 'is_rising')).at(-1)]).toEqual([person, { is_rising: rises }]);
  });

  it('holds from its month until the next, the last one openly', async () => {
    expect(await tiers('five', 'month, until_month')).toEqual([
      { month: '2024-07-01', until_month: '2025-01-01' },
      { month: '2025-01-01', until_month: null },
    ]);
  });

  it('is driven by the three factors that raise the risk the most above the average, with their facts', async () => {
    expect((await tiers('told', 'drivers')).at(-1)).toEqual({
      drivers: ['6 unplanned admissions in 12 months', 'heart failure', '1 emergency visit in 12 months'],
    });
  });

  it('comes of the CMS-HCC score where the person has too little history, V28 before V24', async () => {
    expect(await now('hcc')).toEqual({ tier: 'high', score: 2, basis: 'hcc' });
  });

  it('comes of points without one: age 75, two admissions and heart failure are 2 + 6 + 3', async () => {
    expect(await now('points')).toEqual({ tier: 'very high', score: 11, basis: 'points' });
    expect(await now('nothing')).toEqual({ tier: 'very low', score: 0, basis: 'points' });
    expect((await tiers('points', 'drivers')).at(-1)).toEqual({
      drivers: ['2 unplanned admissions in 12 months', 'heart failure', 'age 75'],
    });
  });

  it('never comes of the model of adults for a child', async () => {
    expect(await now('child')).toEqual({ tier: 'very low', score: 0, basis: 'points' });
  });

  it('rises on points as well, and never from one basis to another', async () => {
    expect((await tiers('grows', 'score, is_rising')).at(-1)).toEqual({ score: 4, is_rising: true });
    expect((await tiers('hcc', 'is_rising')).at(-1)).toEqual({ is_rising: false });
  });
});
