import type { DuckDBConnection, Json } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertRows, rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { given, make, warehouse } from '../support/warehouse.ts';

const PEOPLE = 1500;
const PRACTICES = new Map([
  ['000000001', 'first'],
  ['000000002', 'second'],
  ['000000003', 'third'],
]);
const ELSEWHERE = ['900000001', '900000002'];

/** Code -> performance years in which it counts. */
const YEARS = new Map<string, readonly [first: number, last: number]>([
  ['99213', [0, 9999]],
  ['99441', [0, 2024]],
  ['G2211', [2024, 9999]],
  ['G0556', [2025, 9999]],
]);
const ROLES = new Map<string, Role>([
  ['08', 'physician'],
  ['11', 'physician'],
  ['50', 'practitioner'],
  ['97', 'practitioner'],
  ['06', 'specialist'],
]);
type Role = 'physician' | 'practitioner' | 'specialist';

interface Visit {
  readonly day: string;
  readonly tin: string;
  readonly npi: string;
  readonly specialty: string | null;
  readonly dollars: number;
  readonly code: string;
  readonly bill: string | null;
}

interface Person {
  readonly id: string;
  readonly visits: readonly Visit[];
  readonly spans: readonly (readonly [kind: string, first: string, last: string, a: boolean, b: boolean])[];
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** Few days, dollars and places, so that ties and losses are frequent. */
function person(number: number): Person {
  const random = new Random(6, number);
  const home = random.pick([...PRACTICES.keys()]);
  const team = random.below(3);
  const visits = Array.from({ length: random.below(9) }, (): Visit => {
    const tin = random.pick([home, home, ...PRACTICES.keys(), ...ELSEWHERE]);
    const specialty =
      team === 0
        ? random.pick(['50', '97', '06'])
        : random.pick(['08', '08', '11', '50', '97', '06', '06', '20', null]);
    const isClinic = random.below(12) === 0;
    return {
      day: `${2022 + random.below(4)}-${twoDigits(1 + random.below(12))}-${random.pick(['01', '01', '15', '28'])}`,
      tin,
      npi: `${tin}-${random.below(2)}`,
      specialty,
      dollars: random.pick([20, 50, 50, 100]),
      code: random.pick(['99213', '99213', '99213', '99441', 'G2211', 'G0556', '93000']),
      bill: isClinic ? '771' : null,
    };
  });
  const whole = ['medicare', '2022-01-01', '2025-12-31', true, true] as const;
  const spans: Person['spans'][] = [
    [whole],
    [whole],
    [whole],
    [
      ['medicare', '2022-01-01', '2024-06-30', true, true],
      ['medicare advantage', '2024-07-01', '2024-07-31', true, true],
      ['medicare', '2024-08-01', '2025-12-31', true, true],
    ],
    [
      ['medicare', '2022-01-01', '2024-03-31', true, false],
      ['medicare', '2024-04-01', '2025-12-31', true, true],
    ],
    [['commercial', '2024-10-01', '2025-12-31', false, false]],
    [],
  ];
  return { id: `p${number}`, visits, spans: random.pick(spans) };
}

/** The first day of the month that lies `back` months before the one of `month`. */
function monthsBefore(month: string, back: number): string {
  const at = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - back);
  return at.toISOString().slice(0, 10);
}

const roleOf = ({ specialty, bill }: Visit): Role | undefined =>
  bill || specialty === null ? 'physician' : ROLES.get(specialty);

const isOurs = ({ tin }: Visit): boolean => PRACTICES.has(tin);
const placeOf = ({ tin }: Visit): string => PRACTICES.get(tin) ?? tin;
const organizationOf = (visit: Visit): string => (isOurs(visit) ? 'participants' : visit.tin);

interface Share {
  readonly name: string;
  readonly dollars: number;
  readonly last: string;
  readonly visits: readonly Visit[];
}

/** Most dollars first, then the latest day, then the lowest name. */
function shares(visits: readonly Visit[], nameOf: (visit: Visit) => string): Share[] {
  return [...new Set(visits.map(nameOf))]
    .map((name) => {
      const its = visits.filter((visit) => nameOf(visit) === name);
      const dollars = its.reduce((sum, visit) => sum + visit.dollars, 0);
      return {
        name,
        dollars,
        last:
          its
            .map(({ day }) => day)
            .sort()
            .at(-1) ?? '',
        visits: its,
      };
    })
    .sort((a, b) => b.dollars - a.dollars || (a.last < b.last ? 1 : a.last > b.last ? -1 : a.name < b.name ? -1 : 1));
}

/** Where the plurality lies at the end of a month, read off 42 CFR 425.402 one visit at a time. */
function chosen({ visits }: Person, month: string) {
  const year = Number(month.slice(0, 4));
  const end = monthsBefore(month, -1);
  const counted = visits.filter((visit) => {
    const [first = 1, last = 0] = visit.bill ? [0, 9999] : (YEARS.get(visit.code) ?? []);
    return roleOf(visit) !== undefined && visit.day < end && first <= year && year <= last;
  });
  const since = (back: number): Visit[] => counted.filter(({ day }) => day >= monthsBefore(month, back));
  const recent = since(11);
  if (recent.length === 0) return undefined;
  const isPhysician = (visit: Visit): boolean => isOurs(visit) && roleOf(visit) !== 'practitioner';
  const hasPrimaryCare = recent.some((visit) => roleOf(visit) !== 'specialist');
  const step = recent.some(isPhysician)
    ? hasPrimaryCare
      ? 1
      : 2
    : year >= 2025 &&
        since(23).some(isPhysician) &&
        recent.some((visit) => isOurs(visit) && roleOf(visit) === 'practitioner')
      ? 3
      : null;
  const weighed =
    step === 3 ? since(23) : recent.filter((visit) => (roleOf(visit) !== 'specialist') === hasPrimaryCare);
  const [leader, rival] = shares(weighed, organizationOf);
  const [practice, next] = shares(leader?.visits ?? [], placeOf);
  const [practitioner] = shares(practice?.visits ?? [], ({ npi }) => npi);
  return { step, hasPrimaryCare, hasOurs: recent.some(isOurs), leader, rival, practice, next, practitioner };
}

function barOf({ spans }: Person, month: string): string | undefined {
  const window = Array.from({ length: 12 }, (_, back) => monthsBefore(month, back));
  const covered = window.flatMap((at) => spans.filter(([, first, last]) => first <= at && at <= last));
  if (covered.some(([kind]) => kind === 'medicare advantage')) return 'in Medicare Advantage';
  if (covered.some(([, , , a, b]) => a !== b)) return 'Part A or Part B alone';
  if (covered.some(([, , , a, b]) => a && b)) return undefined;
  return covered.length > 0 ? 'not in Medicare' : 'no coverage';
}

const money = (share: Share | undefined): string | null => share?.dollars.toFixed(2) ?? null;

/** The row of mart.attribution_reason that the rules give. */
function reasonOf(person: Person, month: string) {
  const choice = chosen(person, month);
  const isTheirs = choice?.leader?.name === 'participants';
  const outcome =
    barOf(person, month) ??
    (choice === undefined
      ? 'no primary care service'
      : choice.step === null
        ? choice.hasOurs
          ? 'no physician'
          : 'primary care elsewhere only'
        : isTheirs
          ? `step ${choice.step}`
          : 'more charges elsewhere');
  return [
    ...[person.id, month, outcome, outcome.startsWith('step') ? choice?.practice?.name : null, choice?.step],
    ...[money(choice?.practice), choice?.next?.name, money(choice?.next), choice?.leader?.name, money(choice?.leader)],
    ...[choice?.rival?.name, money(choice?.rival), choice?.practice?.last],
  ]
    .map((cell) => cell ?? '-')
    .join(' ');
}

/** The rows of mart.attribution that the rules give: who leads at the end of the month before. */
function responsible(person: Person): string[] {
  const all = Array.from({ length: 47 }, (_, back) => monthsBefore('2025-12-01', back));
  return all.flatMap((month) => {
    const choice = chosen(person, monthsBefore(month, 1));
    if (choice?.leader?.name !== 'participants' || (choice.step === null && !choice.hasPrimaryCare)) return [];
    const basis = choice.step === null ? 'primary care charges, not assigned' : 'primary care charges';
    return [[person.id, month, choice.practice?.name, choice.practitioner?.name, basis].join(' ')];
  });
}

describe('attribution of random visit histories', () => {
  const people = Array.from({ length: PEOPLE }, (_, at) => person(at));
  const months = Array.from({ length: 8 }, (_, back) => monthsBefore('2025-12-01', 3 * back));
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await warehouse({ data_through: '2025-12-31', period: '2025' });
    await given(connection, {
      'input.practice': ['practice_id | tin', ...[...PRACTICES].map(([tin, id]) => `${id} | ${tin}`)].join('\n'),
    });
    await insertRows(
      connection,
      'input.medical_claim',
      `source_name varchar, person_id varchar, claim_id varchar, claim_line_number varchar, claim_type varchar,
       claim_start_date date, claim_end_date date, billing_tin varchar, rendering_npi varchar,
       rendering_specialty_code varchar, allowed_amount decimal(18, 2), hcpcs_code varchar, bill_type_code varchar,
       place_of_service_code varchar, file_id integer, line_number bigint`,
      people.flatMap(({ id, visits }) =>
        visits.map((visit, at) => ({
          ...{ source_name: 'claims', person_id: id, claim_id: `${id}-${at}`, claim_line_number: '1' },
          ...{ claim_type: visit.bill ? 'institutional' : 'professional', claim_start_date: visit.day },
          ...{
            claim_end_date: visit.day,
            billing_tin: visit.tin,
            rendering_npi: visit.npi,
            allowed_amount: visit.dollars,
          },
          ...{ rendering_specialty_code: visit.specialty, hcpcs_code: visit.code, bill_type_code: visit.bill },
          ...{ place_of_service_code: visit.bill ? null : '11', file_id: 1, line_number: at + 1 },
        })),
      ),
    );
    await insertRows(
      connection,
      'input.eligibility',
      `source_name varchar, person_id varchar, payer varchar, plan varchar, payer_type varchar,
       enrollment_start_date date, enrollment_end_date date, is_part_a boolean, is_part_b boolean, file_id integer,
       line_number bigint`,
      people.flatMap(({ id, spans }, number) =>
        spans.map(([kind, first, last, a, b], at) => ({
          ...{
            source_name: 'claims',
            person_id: id,
            payer: kind,
            plan: kind,
            payer_type: kind,
            is_part_a: a,
            is_part_b: b,
          },
          ...{ enrollment_start_date: first, enrollment_end_date: last, file_id: 2, line_number: number * 10 + at },
        })),
      ),
    );
    await make(connection, 'mart.attribution', 'mart.attribution_reason', 'core.person_source');
  });
  afterAll(() => connection.closeSync());

  const lines = async (sql: string): Promise<string[]> =>
    (await rows(connection, sql)).map((row) =>
      Object.values(row)
        .map((cell: Json) => cell ?? '-')
        .join(' '),
    );
  const differences = (found: readonly string[], expected: readonly string[]): string[] => {
    const [one, other] = [new Set(found), new Set(expected)];
    return [...found.filter((line) => !other.has(line)), ...expected.filter((line) => !one.has(line))];
  };

  it('gives at every assessment what a second, naive reading gives', async () => {
    const found = await lines(
      `select source_person_id, date_trunc('month', assessment_date)::date::varchar, outcome, rule_practice_id, step,
         charge_amount::varchar, runner_up_practice_id, runner_up_amount::varchar, organization,
         organization_amount::varchar, rival_organization, rival_amount::varchar, last_service_date::varchar
       from mart.attribution_reason join core.person_source using (person_id)`,
    );
    const known = new Set(await lines('select source_person_id from core.person_source'));
    const expected = people
      .filter(({ id }) => known.has(id))
      .flatMap((each) => months.map((month) => reasonOf(each, month)));
    expect(differences(found, expected)).toEqual([]);
    expect(found).toHaveLength(expected.length);
    const outcomes = new Set(found.map((line) => line.split(' ').slice(2, 4).join(' ')));
    expect([...outcomes].filter((outcome) => /^step [123]$/.test(outcome))).toHaveLength(3);
  });

  it('gives in every month what a second, naive reading gives', async () => {
    const found = await lines(
      `select source_person_id, month::varchar, practice_id, npi, basis
       from mart.attribution join core.person_source using (person_id)
       where basis <> 'primary care visits'`,
    );
    const expected = people.flatMap(responsible);
    expect(found.length).toBeGreaterThan(10_000);
    expect(differences(found, expected)).toEqual([]);
  });

  it('gives every person a reason at every assessment', async () => {
    expect(
      await rows(
        connection,
        `select count(*)::integer as missing
         from core.person cross join (select distinct assessment_date from mart.attribution_reason)
         left join mart.attribution_reason as reason using (person_id, assessment_date)
         where coalesce(reason.reason, '') = ''`,
      ),
    ).toEqual([{ missing: 0 }]);
  });
});
