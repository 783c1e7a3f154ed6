import { beforeAll, describe, expect, it } from 'vitest';
import { everyRow } from '../../pipelines/engine/cases.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { given, make, warehouse } from '../support/warehouse.ts';
import { casesOf } from './cases-of.ts';

const covered = (table: string) =>
  everyRow({ gender: 'female', enrollment_start_date: '2024-03-01', enrollment_end_date: '2024-03-31' }, table);

casesOf('mart.medical_month', {
  'end-stage renal disease comes before disability, and that before age and Medicaid': {
    given: {
      'input.eligibility': covered(`
        person_id | birth_date | payer_type | medicare_status_code | dual_status_code
        r1        | 1950-01-01 | medicare   | 11                   | 02
        r2        | 1980-01-01 | medicare   | 21                   | 02
        r3        | 1980-01-01 | medicare   | 31                   |
        r4        | 1980-01-01 | medicare   | 20                   | 02
        r5        | 1950-01-01 | medicare   | 10                   | 02
        r6        | 1950-01-01 | medicare   | 10                   | 00
        r7        | 1950-01-01 | medicare   | 10                   |`),
    },
    expect: `
      person_id | enrollment_type
      r1        | end-stage renal disease
      r2        | end-stage renal disease
      r3        | end-stage renal disease
      r4        | disabled
      r5        | aged, dual
      r6        | aged, not dual
      r7        | aged, not dual`,
  },
  'Medicare without a status goes by the age at the end of the month: 65 that day is aged': {
    given: {
      'input.eligibility': covered(`
        person_id | birth_date | payer_type
        s1        | 1959-04-01 | medicare
        s2        | 1959-03-31 | medicare
        s3        |            | medicare advantage`),
    },
    expect: `
      person_id | enrollment_type
      s1        | disabled
      s2        | aged, not dual
      s3        | aged, not dual`,
  },
  'other payers are a type of their own': {
    given: {
      'input.eligibility': covered(`
        person_id | birth_date | payer_type
        t1        | 1990-01-01 | commercial
        t2        | 1990-01-01 | medicaid`),
    },
    expect: `
      person_id | enrollment_type
      t1        | other payer
      t2        | other payer`,
  },
});

casesOf('mart.annual_cost', {
  'a person covered for some months counts as for twelve, with the dollars of those months alone': {
    given: {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-01-01', payer_type: 'medicare', medicare_status_code: '10' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        u1        | 2023-11-01            | 2024-03-31`,
      ),
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213' },
        `
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        v1       | u1        | 2023-12-05       | 2023-12-05     | 50
        v2       | u1        | 2024-01-05       | 2024-01-05     | 300
        v3       | u1        | 2024-07-05       | 2024-07-05     | 999`,
      ),
    },
    expect: `
      person_id | year | enrollment_type | months | paid   | annualised | share_below_cap
      u1        | 2023 | aged, not dual  | 2      | 50.00  | 300.0      | 1.0
      u1        | 2024 | aged, not dual  | 3      | 300.00 | 1200.0     | 1.0`,
  },
});

describe('mart.month_cost', () => {
  const totals = { inside: '', outside: '', claims: '' };
  beforeAll(async () => {
    const connection = await warehouse();
    const cents = (at: number) => ((at * 7919) % 100_003) / 100;
    const lines = Array.from({ length: 60 }, (_, at) => {
      const day = `2024-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 27) + 1).padStart(2, '0')}`;
      const person = ['ann', 'bob', 'cyd'][at % 3];
      return `${at} | ${person} | ${day} | ${day} | ${at % 11 === 0 ? -cents(at) : cents(at)}`;
    });
    await given(connection, {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-03-01', payer: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-12-31
        bob       | 2024-02-10            | 2024-05-02`,
      ),
      'input.patient': `
        person_id | sex
        cyd       | female`,
      'input.medical_claim': everyRow(
        { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213' },
        ['claim_id | person_id | claim_start_date | claim_end_date | paid_amount', ...lines].join('\n'),
      ),
      'input.pharmacy_claim': `
        claim_id | claim_line_number | person_id | dispensing_date | ndc_code    | paid_amount
        r1       | 1                 | ann       | 2024-06-26      | 00000000001 | 20.51
        r2       | 1                 | bob       | 2024-11-26      | 00000000001 | 0.01
        r3       | 1                 | bob       | 2025-01-26      | 00000000001 | 9.99`,
    });
    await make(connection, 'metric.total_cost_per_member_per_month');
    const [found] = await rows(
      connection,
      `select
        (select sum(numerator) from metric.total_cost_per_member_per_month where exclusion is null)::varchar as inside,
        (select sum(numerator) from metric.total_cost_per_member_per_month where exclusion is not null)::varchar as outside,
        (select sum(paid_amount) from (
          select paid_amount from core.medical_claim where not is_after_data_through
          union all
          select paid_amount from core.pharmacy_claim where not is_after_data_through
        ))::varchar as claims`,
    );
    Object.assign(totals, found);
    connection.closeSync();
  });

  it('holds every dollar of the claims up to the data end, in coverage or outside it, to the cent', () => {
    const centsOf = (dollars: string) => BigInt(dollars.replace('.', ''));
    expect(centsOf(totals.inside) + centsOf(totals.outside)).toBe(centsOf(totals.claims));
    expect(centsOf(totals.outside)).toBeGreaterThan(0n);
    expect(centsOf(totals.inside)).toBeGreaterThan(0n);
  });
});

describe('mart.claim_completion', () => {
  /** Dollars by month of service and by months until they were paid; data through December 2024. */
  const triangle: Readonly<Record<string, readonly number[]>> = {
    '2024-08': [100, 60, 30, 10, 0],
    '2024-09': [80, 64, 20, 12],
    '2024-10': [120, 84, 40],
    '2024-11': [90, 66],
    '2024-12': [110],
  };

  /** Chain ladder by the book: the growth from lag to lag over the months that have both. */
  function completionAt(lag: number): number {
    let completion = 1;
    for (let at = lag; at < 4; at++) {
      const both = Object.values(triangle).filter((paid) => paid.length > at + 1);
      const until = (paid: readonly number[], last: number) => paid.slice(0, last + 1).reduce((a, b) => a + b, 0);
      const [earlier, later] = [at, at + 1].map((last) => both.reduce((sum, paid) => sum + until(paid, last), 0));
      completion *= earlier! / later!;
    }
    return completion;
  }

  const paymentsOf = (payments: Readonly<Record<string, readonly number[]>>) =>
    everyRow(
      {
        ...{ person_id: 'ann', claim_line_number: '1', claim_type: 'professional' },
        ...{ place_of_service_code: '11', hcpcs_code: '99213' },
      },
      [
        'claim_id | claim_start_date | claim_end_date | paid_date | paid_amount',
        ...Object.entries(payments).flatMap(([month, paid]) =>
          paid.map((amount, lag) => {
            const due = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + lag + 1, 0));
            return `${month}-${lag} | ${month}-01 | ${month}-01 | ${due.toISOString().slice(0, 10)} | ${amount}`;
          }),
        ),
      ].join('\n'),
    );

  const completionOf = async (medical: string) => {
    const connection = await warehouse();
    await given(connection, {
      'input.eligibility': everyRow(
        { gender: 'female', birth_date: '1950-03-01', payer: 'medicare' },
        `
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-12-31`,
      ),
      'input.medical_claim': medical,
    });
    await make(connection, 'mart.claim_completion');
    const found = await rows(
      connection,
      "select strftime(month, '%Y-%m') as month, lag, paid::double as paid, completion from mart.claim_completion order by month",
    );
    connection.closeSync();
    return found;
  };

  it('is what a month has been paid, over what the earlier months grew to from its lag on', async () => {
    const found = await completionOf(paymentsOf(triangle));
    expect(found.map(({ month, lag, paid }) => [month, lag, paid])).toEqual(
      Object.entries(triangle).map(([month, paid]) => [month, paid.length - 1, paid.reduce((a, b) => a + b, 0)]),
    );
    for (const { lag, completion } of found) expect(completion).toBeCloseTo(completionAt(Number(lag)), 10);
    expect(completionAt(0)).toBeLessThan(0.6);
  });

  it('does not take the last month of payments as whole before it is', async () => {
    const { '2024-12': _, ...earlier } = triangle;
    const early = `${paymentsOf(triangle)}
      late | 2024-12-01 | 2024-12-01 | 2025-01-15 | 5 | ann | 1 | professional | 11 | 99213`;
    const whole = await completionOf(early);
    expect(whole.map(({ month, lag }) => [month, lag])).toEqual(
      Object.entries({ ...earlier, '2024-12': triangle['2024-12']! }).map(([month, paid]) => [month, paid.length - 1]),
    );
  });

  it('is empty where no claim tells when it was paid', async () => {
    const unpaid = everyRow(
      {
        ...{ person_id: 'ann', claim_id: '1', claim_line_number: '1', claim_type: 'professional' },
        ...{ place_of_service_code: '11', hcpcs_code: '99213' },
      },
      `
      claim_start_date | claim_end_date | paid_amount
      2024-08-01       | 2024-08-01     | 90`,
    );
    expect(await completionOf(unpaid)).toEqual([]);
  });
});
