import { describe, expect, it } from 'vitest';
import { found, given, make, warehouse } from '../support/warehouse.ts';
import type { ModelCase } from './cases-of.ts';

const span = 'person_id | payer | plan | payer_type | enrollment_start_date | enrollment_end_date';
const flags = Array.from({ length: 12 }, (_, at) => `enrollment_flag_${at + 1}`).join(' | ');
/** The flags of twelve months: '4x6 0x6' is six of 4 and six of 0. */
const months = (runs: string): string =>
  runs
    .split(' ')
    .flatMap((run) => Array.from({ length: Number(run.split('x')[1]) }, () => run.split('x')[0]))
    .join(' | ');
const list = `person_id | aco_id | performance_year | report_period | stamp | window_start_date | ${flags}`;
const provider = 'person_id | aco_id | performance_year | report_period | stamp | tin | npi | services';
const at2024 = 'A1 | 2025 | 2024 | T1 | 2024-01-01';

/** Each case has a warehouse of its own: a list decides a month for everybody. */
function casesAlone(table: string, cases: Readonly<Record<string, ModelCase>>): void {
  describe(table, () => {
    for (const [rule, { given: tables, expect: expected }] of Object.entries(cases)) {
      it(rule, async () => {
        const connection = await warehouse();
        await given(connection, tables);
        await make(connection, table, 'core.person_source');
        const { got, wanted } = await found(connection, table, expected);
        expect(got).toEqual(wanted);
      });
    }
  });
}

const spread = (person: string, from: string, count: number, rest: string): string =>
  Array.from({ length: count }, (_, at) => {
    const month = new Date(`${from}-01T00:00:00Z`);
    month.setUTCMonth(month.getUTCMonth() + at);
    return `${person} | ${month.toISOString().slice(0, 10)} | ${rest}`;
  }).join('\n');

casesAlone('core.assignment_month', {
  'of one performance year the later quarter decides the months that both cover': {
    given: {
      'input.assignment': `${list}
        ann | A1 | 2024 | Q1 | T1 | 2023-04-01 | ${months('4x12')}
        ann | A1 | 2024 | Q2 | T1 | 2023-07-01 | ${months('3x12')}`,
    },
    expect: `person_id | month | report_period | enrollment_type
      ${spread('ann', '2023-04', 3, 'Q1 | aged and not dual')}
      ${spread('ann', '2023-07', 12, 'Q2 | aged and dual')}`,
  },
  'the deciding list alone says who is assigned: who is only on the other one is not': {
    given: {
      'input.assignment': `${list}
        ann | A1 | 2024 | Q1 | T1 | 2023-04-01 | ${months('4x12')}
        bob | A1 | 2024 | Q1 | T1 | 2023-04-01 | ${months('4x12')}
        ann | A1 | 2024 | Q2 | T1 | 2023-07-01 | ${months('4x12')}`,
    },
    expect: `person_id | month | report_period
      ${spread('ann', '2023-04', 3, 'Q1')}
      ${spread('ann', '2023-07', 12, 'Q2')}
      ${spread('bob', '2023-04', 3, 'Q1')}`,
  },
  'a benchmark list comes before every quarter of its performance year, the initial list after all': {
    given: {
      'input.assignment': `${list}
        ann | A1 | 2025 | INITIAL | T1 | 2023-10-01 | ${months('1x12')}
        ann | A1 | 2025 | Q1 | T1 | 2024-04-01 | ${months('2x12')}
        ann | A1 | 2025 | 2024 | T1 | 2024-01-01 | ${months('4x12')}`,
    },
    expect: `person_id | month | report_period
      ${spread('ann', '2023-10', 3, 'INITIAL')}
      ${spread('ann', '2024-01', 12, '2024')}`,
  },
  'the earlier performance year decides, whatever its list': {
    given: {
      'input.assignment': `${list}
        ann | A1 | 2024 | Q4 | T1 | 2024-01-01 | ${months('4x12')}
        ann | A1 | 2025 | 2024 | T9 | 2024-01-01 | ${months('0x12')}`,
    },
    expect: `person_id | month | performance_year | is_assigned
      ${spread('ann', '2024-01', 12, '2024 | true')}`,
  },
  'of one period the later stamp decides': {
    given: {
      'input.assignment': `${list}
        ann | A1 | 2024 | Q4 | T0200000 | 2024-01-01 | ${months('4x1 0x11')}
        ann | A1 | 2024 | Q4 | T0100000 | 2024-01-01 | ${months('4x12')}`,
    },
    expect: `person_id | month | is_assigned
      ann | 2024-01-01 | true
      ${spread('ann', '2024-02', 11, 'false')}`,
  },
  'who was taken off the list when the year was settled is not assigned': {
    given: {
      'input.assignment': `${list} | is_excluded
        ann | ${at2024} | ${months('4x12')} | true`,
    },
    expect: `person_id | month | is_assigned | is_excluded
      ${spread('ann', '2024-01', 12, 'false | true')}`,
  },
  'the participant with most services is responsible, and in it the practitioner with most; the lowest number breaks ties':
    {
      given: {
        'input.assignment': `${list}
        ann | ${at2024} | ${months('4x1 0x11')}
        bob | ${at2024} | ${months('4x1 0x11')}`,
        'input.assignment_provider': `${provider}
        ann | A1 | 2025 | 2024 | T1 | 000000001 |            | 3
        ann | A1 | 2025 | 2024 | T1 | 000000002 |            | 5
        ann | A1 | 2025 | 2024 | T1 | 000000001 | 1000000001 | 9
        ann | A1 | 2025 | 2024 | T1 | 000000002 | 1000000002 | 2
        ann | A1 | 2025 | 2024 | T1 | 000000002 | 1000000003 | 3
        bob | A1 | 2025 | 2024 | T1 | 000000002 |            | 4
        bob | A1 | 2025 | 2024 | T1 | 000000001 |            | 4`,
      },
      expect: `person_id | month | tin | npi
      ann | 2024-01-01 | 000000002 | 1000000003
      ${spread('ann', '2024-02', 11, '000000002 | 1000000003')}
      ${spread('bob', '2024-01', 12, '000000001 |')}`,
    },
  'the practitioner whom the person named comes first': {
    given: {
      'input.assignment': `${list} | is_voluntary | voluntary_tin | voluntary_npi
        ann | ${at2024} | ${months('4x12')} | true  | 7 | 1000000009
        bob | ${at2024} | ${months('4x12')} | false | 7 | 1000000009`,
      'input.assignment_provider': `${provider}
        ann | A1 | 2025 | 2024 | T1 | 000000002 | | 5
        bob | A1 | 2025 | 2024 | T1 | 000000002 | | 5`,
    },
    expect: `person_id | month | tin | npi
      ${spread('ann', '2024-01', 12, '000000007 | 1000000009')}
      ${spread('bob', '2024-01', 12, '000000002 |')}`,
  },
});

casesAlone('core.coverage_span', {
  'without a list, spans hold': {
    given: { 'input.eligibility': `${span}\n ann | P | A | medicare | 2024-01-10 | 2024-06-20` },
    expect: `person_id | start_date | end_date
      ann | 2024-01-10 | 2024-06-20`,
  },
  'in months that a list decides, a span keeps those in which the person is assigned, and its days in them': {
    given: {
      'input.assignment': `${list}\n ann | ${at2024} | ${months('4x3 0x3 4x6')}`,
      'input.eligibility': `${span}
        ann | P | A | medicare | 2023-11-10 | 2024-08-20
        bob | P | A | medicare | 2023-11-10 | 2024-08-20`,
    },
    expect: `person_id | payer | start_date | end_date
      ann | P | 2023-11-10 | 2024-03-31
      ann | P | 2024-07-01 | 2024-08-20
      ann | medicare | 2024-09-01 | 2024-12-31
      bob | P | 2023-11-10 | 2023-12-31`,
  },
  'who is on the list without any span is covered, Parts A and B': {
    given: { 'input.assignment': `${list} | death_date\n ann | ${at2024} | ${months('1x2 4x8 0x2')} | 2024-10-15` },
    expect: `person_id | start_date | end_date | is_part_a | is_part_b | is_pharmacy | is_esrd
      ann | 2024-01-01 | 2024-02-29 | true | true | false | true
      ann | 2024-03-01 | 2024-10-15 | true | true | false | false`,
  },
  'other coverage is not for the list to say': {
    given: {
      'input.assignment': `${list}\n ann | ${at2024} | ${months('0x12')}`,
      'input.eligibility': `${span}
        ann | P | A | commercial         | 2024-01-10 | 2024-06-20
        ann | P | B | medicare advantage | 2024-02-01 | 2024-02-29`,
    },
    expect: `person_id | payer_type | start_date | end_date
      ann | commercial | 2024-01-10 | 2024-06-20
      ann | medicare advantage | 2024-02-01 | 2024-02-29`,
  },
});

casesAlone('core.eligibility_conflict', {
  'months on which the list and the spans disagree are listed with the reason': {
    given: {
      'input.assignment': `${list} | is_excluded
        ann | ${at2024} | ${months('4x12')} |
        bob | ${at2024} | ${months('4x2 0x10')} |
        cat | ${at2024} | ${months('4x1 0x11')} |
        dan | ${at2024} | ${months('4x12')} | true
        eve | ${at2024} | ${months('4x1 0x11')} |`,
      'input.eligibility': `${span}
        ann | P | A | medicare           | 2023-01-01 | 2024-02-29
        bob | P | A | medicare           | 2024-01-01 | 2024-03-31
        dan | P | A | medicare           | 2024-01-01 | 2024-01-31
        eve | P | A | medicare advantage | 2024-01-01 | 2024-01-31
        fay | P | A | medicare           | 2023-12-01 | 2024-01-31`,
    },
    expect: `person_id | month | reason
      bob | 2024-03-01 | covered, not eligible by the list
      ann | 2024-03-01 | on the list, not covered
      cat | 2024-01-01 | on the list, not covered
      dan | 2024-01-01 | covered, taken off the list
      eve | 2024-01-01 | on the list, in Medicare Advantage
      fay | 2024-01-01 | covered, not on the list`,
  },
  'without spans there is nothing to disagree with': {
    given: { 'input.assignment': `${list}\n ann | ${at2024} | ${months('4x12')}` },
    expect: 'person_id | month | reason',
  },
});

casesAlone('core.attribution_statement', {
  'the assignment list comes before what a payer states; a tax number without a practice is one': {
    given: {
      'input.assignment': `${list}\n ann | ${at2024} | ${months('4x1 0x11')}\n bob | ${at2024} | ${months('4x1 0x11')}`,
      'input.assignment_provider': `${provider}
        ann | A1 | 2025 | 2024 | T1 | 000000001 | | 3
        bob | A1 | 2025 | 2024 | T1 | 000000002 | | 3`,
      'input.practice': 'practice_id | name | tin\n first | First Practice | 000000001',
      'input.provider_attribution': `person_id | year_month | payer_attributed_provider
        ann | 202401 | 1000000001
        ann | 202402 | 1000000001`,
    },
    expect: `person_id | month | practice_id | tin | npi | basis
      ann | 2024-01-01 | first | 000000001 | | assignment list
      ann | 2024-02-01 | | | 1000000001 | stated
      bob | 2024-01-01 | 000000002 | 000000002 | | assignment list`,
  },
});

casesAlone('core.person', {
  'a list knows a person by the number at the payer, where it is the number of one person only': {
    given: {
      'input.eligibility': `${span} | member_id
        p1 | P | A | medicare | 2024-01-01 | 2024-12-31 | 1EG4
        p2 | P | A | medicare | 2024-01-01 | 2024-12-31 | 2EG4
        p3 | P | A | medicare | 2024-01-01 | 2024-12-31 | 2EG4`,
      'input.assignment': `source_name | ${list} | birth_date | gender
        list | 1EG4 | ${at2024} | ${months('4x12')} | 1945-03-05 | female
        list | 2EG4 | ${at2024} | ${months('4x12')} | 1946-03-05 | male`,
      'input.beneficiary_exclusion': `source_name | person_id | excluded_date
        opt-out | 1EG4 | 2024-06-01
        opt-out | 9EG4 | 2024-06-01`,
    },
    expect: `birth_date | sex | claims_excluded_date
      1945-03-05 | female | 2024-06-01
      1946-03-05 | male |
      | unknown |
      | unknown |`,
  },
});

casesAlone('core.program_enrollment', {
  'a span in a program lasts until it is said to have ended': {
    given: {
      'input.program_enrollment': `person_id | program | start_date | end_date | status | reason
        ann | transitions | 2024-01-05 | 2024-03-01 |          | goals met
        bob | transitions | 2024-01-05 |            |          |
        cat | transitions | 2024-01-05 |            | declined | no time`,
    },
    expect: `person_id | program | start_date | end_date | status | reason
      ann | transitions | 2024-01-05 | 2024-03-01 | ended | goals met
      bob | transitions | 2024-01-05 | | enrolled |
      cat | transitions | 2024-01-05 | | declined | no time`,
  },
});
