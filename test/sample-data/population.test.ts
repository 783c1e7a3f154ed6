import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inputTables } from '../../pipelines/input/tables.ts';
import { generate } from '../../sample-data/generate.ts';
import { TUVA_COLUMNS } from '../../sample-data/layout/tuva.ts';
import { FACILITIES, PRACTITIONERS } from '../../sample-data/network.ts';
import { TRUTH_COLUMNS } from '../../sample-data/truth.ts';

const MEMBERS = 1_500;
const folder = mkdtempSync(join(tmpdir(), 'sample-data-'));
const at = (name: string): string => join(folder, name);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();

async function values(sql: string): Promise<Record<string, number>> {
  const [row = {}] = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

const hashes = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name).slice(path.length),
        createHash('sha256')
          .update(readFileSync(join(parentPath, name)))
          .digest('hex'),
      ]),
  );

beforeAll(async () => {
  await generate({ members: MEMBERS, out: at('population') });
  for (const name of Object.keys(TUVA_COLUMNS)) {
    await connection.run(
      `create view ${name} as select * from read_csv('${at('population')}/${name}.csv', all_varchar = true, header = true, delim = ',', quote = '"')`,
    );
  }
  for (const name of Object.keys(TRUTH_COLUMNS)) {
    await connection.run(
      `create view truth_${name} as select * from read_csv('${at('population')}/truth/${name}.csv', header = true)`,
    );
  }
}, 120_000);

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

describe('the same options give the same bytes', () => {
  test('twice in a row', async () => {
    await generate({ members: 60, seed: 7, out: at('once') });
    await generate({ members: 60, seed: 7, out: at('again') });
    expect(hashes(at('again'))).toEqual(hashes(at('once')));
  });

  test('a person is the same in a population of any size', async () => {
    await generate({ members: 20, seed: 7, out: at('small') });
    await generate({ members: 40, seed: 7, out: at('large') });
    for (const name of ['eligibility', 'medical_claim', 'lab_result']) {
      const of = (path: string) =>
        readFileSync(join(at(path), `${name}.csv`), 'utf8')
          .split('\n')
          .filter((line) => /P00000(0[1-9]|1\d|20)\b/.test(line));
      expect(of('small').length).toBeGreaterThan(0);
      expect(of('large')).toEqual(of('small'));
    }
  });

  test('another seed gives other people', async () => {
    await generate({ members: 20, seed: 8, out: at('other') });
    expect(readFileSync(join(at('other'), 'eligibility.csv'))).not.toEqual(
      readFileSync(join(at('small'), 'eligibility.csv')),
    );
  });

  test('the committed extract is what its options give', async () => {
    const committed = new URL('../../sample-data/extract', import.meta.url).pathname;
    await generate({ members: 20, out: at('extract') });
    expect(hashes(at('extract'))).toEqual(hashes(committed));
  });
});

describe('the files fit the input contract', () => {
  for (const [name, delivered] of Object.entries(TUVA_COLUMNS)) {
    const table = inputTables.find((each) => each.name === name);

    test(`${name}: every column is known`, () => {
      const known = new Set([
        ...(table?.columns.flatMap(({ deliveredAs }) => deliveredAs) ?? []),
        ...(table?.unread ?? []),
      ]);
      expect(delivered.filter((column) => !known.has(column))).toEqual([]);
    });

    test(`${name}: every required column is delivered`, () => {
      const columns = new Set<string>(delivered);
      const missing = table?.columns.filter(
        ({ presence, deliveredAs }) => presence !== 'optional' && !deliveredAs.some((each) => columns.has(each)),
      );
      expect(missing?.map((column) => column.name)).toEqual([]);
    });

    test(`${name}: no key twice`, async () => {
      const key = table?.key.map((column) => (column === 'source_name' ? 'data_source' : column)).join(', ');
      expect(await values(`select count(*) - count(distinct (${key})) as twice from ${name}`)).toEqual({ twice: 0 });
    });
  }

  test('the truth has no column by which a reader knows its files', () => {
    const keys = new Set(inputTables.flatMap(({ key }) => key));
    expect(
      Object.values(TRUTH_COLUMNS)
        .flat()
        .filter((column) => keys.has(column)),
    ).toEqual([]);
  });
});

describe('records fit together', () => {
  const missing = (from: string, column: string, to: string, key: string) =>
    values(
      `select count(*) as missing from ${from} where ${column} is not null
       and ${column} not in (select ${key} from ${to} where ${key} is not null)`,
    );

  test.each([
    ['medical_claim', 'person_id', 'eligibility', 'person_id'],
    ['medical_claim', 'member_id', 'eligibility', 'member_id'],
    ['medical_claim', 'rendering_npi', 'practitioner', 'npi'],
    ['medical_claim', 'facility_ccn', 'location', 'ccn'],
    ['medical_claim', 'facility_npi', 'location', 'npi'],
    ['pharmacy_claim', 'person_id', 'eligibility', 'person_id'],
    ['pharmacy_claim', 'prescribing_provider_npi', 'practitioner', 'npi'],
    ['patient', 'person_id', 'eligibility', 'person_id'],
    ['encounter', 'patient_id', 'patient', 'patient_id'],
    ['encounter', 'facility_npi', 'location', 'npi'],
    ['condition', 'encounter_id', 'encounter', 'encounter_id'],
    ['procedure', 'encounter_id', 'encounter', 'encounter_id'],
    ['lab_result', 'encounter_id', 'encounter', 'encounter_id'],
    ['observation', 'encounter_id', 'encounter', 'encounter_id'],
    ['medication', 'patient_id', 'patient', 'patient_id'],
    ['appointment', 'practitioner_id', 'practitioner', 'practitioner_id'],
    ['provider_attribution', 'payer_attributed_provider_practice', 'practice', 'practice_id'],
    ['practitioner', 'practice_id', 'practice', 'practice_id'],
  ])('%s.%s is known to %s', async (from, column, to, key) => {
    expect(await missing(from, column, to, key)).toEqual({ missing: 0 });
  });

  test('what is paid is at most what is allowed, and that at most what is charged', async () => {
    expect(
      await values(`select count(*) as broken from medical_claim
        where paid_amount::decimal(18,2) > allowed_amount::decimal(18,2)
          or allowed_amount::decimal(18,2) > charge_amount::decimal(18,2) or paid_amount::decimal(18,2) < 0`),
    ).toEqual({ broken: 0 });
  });

  test('nothing is delivered before it is decided upon, and nothing happens after the delivery but appointments', async () => {
    expect(
      await values(`select
        (select count(*) from medical_claim where paid_date > file_date or claim_end_date > file_date) as claims,
        (select count(*) from pharmacy_claim where paid_date > file_date) as fills,
        (select count(*) from encounter where encounter_end_date > '2026-09-30') as encounters,
        (select count(*) from lab_result where collection_datetime > '2026-10-01') as results`),
    ).toEqual({ claims: 0, fills: 0, encounters: 0, results: 0 });
  });

  test('no service is billed outside of fee for service, the hand-written persons apart', async () => {
    expect(
      await values(`select count(*) as outside from medical_claim as claim where person_id not like 'TRAP%' and not exists (
        select 1 from eligibility as span where span.person_id = claim.person_id and span.payer_type = 'medicare'
        and claim.claim_start_date between span.enrollment_start_date and span.enrollment_end_date)`),
    ).toEqual({ outside: 0 });
  });

  test('identifiers of providers have a valid check digit and belong to nobody', () => {
    const digitSum = (npi: string): number =>
      [...`80840${npi}`].reverse().reduce((sum, digit, place) => {
        const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
        return sum + (value > 9 ? value - 9 : value);
      }, 0);
    const npis = [...FACILITIES, ...PRACTITIONERS].map(({ npi }) => npi);
    expect(npis.filter((npi) => !npi.startsWith('29') || digitSum(npi) % 10 !== 0)).toEqual([]);
    expect(new Set(npis).size).toBe(npis.length);
  });
});

describe('the population is believable', () => {
  const between = async (sql: string, low: number, high: number): Promise<void> => {
    const { value } = await values(sql);
    expect(value).toBeGreaterThanOrEqual(low);
    expect(value).toBeLessThanOrEqual(high);
  };
  const people = "truth_person where person not like 'TRAP%'";
  const per1000 = (column: string) =>
    `select sum(${column}) * 12000.0 / sum(months_fee_for_service) as value from ${people}`;

  test('150 to 350 acute stays per 1,000 a year', () => between(per1000('acute_stays'), 150, 350));
  test('350 to 700 emergency visits per 1,000 a year', () => between(per1000('emergency_days'), 350, 700));
  test('2,000 to 4,000 primary care visits per 1,000 a year', () =>
    between(per1000('primary_care_days'), 2_000, 4_000));
  test('700 to 1,500 dollars per member per month', () =>
    between(
      `select sum(medical_paid + pharmacy_paid) / sum(months_fee_for_service) as value from ${people}`,
      700,
      1_500,
    ));
  test('10 to 20 % of index stays lead to an unplanned return', () =>
    between(`select 100 * avg(is_unplanned_return) as value from truth_stay where exclusions is null`, 10, 20));
  test('60 to 85 % of women are screened for breast cancer', () =>
    between(
      `select 100 * avg(is_numerator) as value from truth_measure where measure = 'CMS125' and period = 2025 and exclusions is null`,
      60,
      85,
    ));
  test('15 to 35 % of people with diabetes are poorly controlled or untested', () =>
    between(
      `select 100 * avg(is_numerator) as value from truth_measure where measure = 'CMS122' and period = 2025 and exclusions is null`,
      15,
      35,
    ));
  test.each(['CMS2', 'CMS124', 'CMS138', 'CMS139'])('40 to 80 %% are screened as %s asks', (measure) =>
    between(
      `select 100 * avg(is_numerator) as value from truth_measure
       where measure = '${measure}' and period = 2025 and exclusions is null and person not like 'TRAP%'`,
      40,
      80,
    ),
  );
  test('practices differ by 15 points or more in whom they ask about falls', () =>
    between(
      `select max(rate) - min(rate) as value from (
         select 100 * avg(is_numerator) as rate
         from truth_measure as truth
         join (select distinct person_id, payer_attributed_provider_practice as practice from provider_attribution) as own
           on own.person_id = truth.person
         where measure = 'CMS139' and period = 2025 and exclusions is null
         group by practice having count(*) >= 40)`,
      15,
      70,
    ));
  test('the costliest twentieth of people take 25 to 60 % of the money', () =>
    between(
      `select sum(paid) filter (where place <= 0.05) / sum(paid) as value from (
         select medical_paid + pharmacy_paid as paid, percent_rank() over (order by medical_paid + pharmacy_paid desc) as place
         from ${people})`,
      0.25,
      0.6,
    ));
  test('respiratory stays come more often in winter', () =>
    between(
      `select count(*) filter (where month(admitted) in (12, 1, 2)) / count(*) as value from truth_stay
       where principal in ('J189', 'J1000', 'J441', 'J440') and person not like 'TRAP%'`,
      0.3,
      0.6,
    ));
  test('the newest weeks lack the claims that are not yet paid', () =>
    between(
      `select count(*) filter (where claim_start_date >= '2026-09-01') * 5 / count(*) as value from medical_claim
       where claim_start_date >= '2026-05-01'`,
      0,
      0.3,
    ));
});
