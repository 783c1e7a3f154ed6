import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';

const PEOPLE = 1_500;
const FIRST = Date.UTC(2017, 0, 1);
const DAYS = 8 * 365;
const DAY = 86_400_000;
const textOf = (day: number): string => new Date(day).toISOString().slice(0, 10);

/** What is billed, and what the published rules call it. */
const CLAIMS = [
  { setting: 'IP', type: 'institutional', bill: '111', place: '', service: '' },
  { setting: 'SNF', type: 'institutional', bill: '211', place: '', service: '' },
  { setting: 'HHA', type: 'institutional', bill: '329', place: '', service: '' },
  { setting: 'HOSPICE', type: 'institutional', bill: '812', place: '', service: '' },
  { setting: 'HOP', type: 'institutional', bill: '131', place: '', service: '' },
  { setting: 'HOP ED', type: 'institutional', bill: '131', place: '', service: '99284' },
  { setting: 'CAR', type: 'professional', bill: '', place: '11', service: '99213' },
  { setting: 'CAR', type: 'professional', bill: '', place: '81', service: '80053' },
  { setting: 'CAR', type: 'professional', bill: '', place: '21', service: '99232' },
  { setting: 'DME', type: 'professional', bill: '', place: '12', service: 'E1390' },
  { setting: 'AMBULANCE', type: 'professional', bill: '', place: '41', service: 'A0428' },
] as const;
type Setting = (typeof CLAIMS)[number]['setting'];

const isOneOf =
  (...of: readonly Setting[]) =>
  (setting: Setting): boolean =>
    of.includes(setting);
const never = (): boolean => false;
const HOP_CAR = ['HOP', 'HOP ED', 'CAR'] as const;
const notInpatient = (setting: Setting): boolean => setting !== 'IP';

/** A rule as CMS prints it: a claim of one kind, or so many of another kind on different days, in so many years. */
interface Rule {
  readonly condition: string;
  readonly code: string;
  readonly one: (setting: Setting) => boolean;
  readonly several: (setting: Setting) => boolean;
  readonly needed: number;
  readonly years: number;
  readonly unless?: string;
  readonly isLifelong?: boolean;
}

const stays = { one: isOneOf('IP', 'SNF', 'HHA'), several: isOneOf(...HOP_CAR), needed: 2, years: 2 };
const RULES: readonly Rule[] = [
  { condition: 'hypertension', code: 'I10', ...stays },
  { condition: 'benign-prostatic-hyperplasia', code: 'N401', unless: 'D291', ...stays },
  { condition: 'pneumonia', code: 'J189', ...stays, years: 1 },
  { condition: 'alzheimers-disease', code: 'G309', ...stays, isLifelong: true },
  {
    condition: 'cancer-lung',
    code: 'C3490',
    one: isOneOf('IP', 'SNF'),
    several: isOneOf(...HOP_CAR),
    needed: 2,
    years: 2,
  },
  { condition: 'acute-myocardial-infarction', code: 'I214', one: isOneOf('IP'), several: never, needed: 1, years: 1 },
  { condition: 'cataract', code: 'H2510', one: isOneOf(...HOP_CAR), several: never, needed: 1, years: 1 },
  { condition: 'glaucoma', code: 'H409', one: isOneOf(...HOP_CAR), several: never, needed: 1, years: 2 },
  {
    condition: 'stroke',
    code: 'I639',
    one: isOneOf('IP', ...HOP_CAR),
    several: never,
    needed: 1,
    years: 1,
    unless: 'S065X0A',
  },
  {
    ...{ condition: 'hip-pelvic-fracture', code: 'S72001A', needed: 1, years: 1 },
    ...{ one: isOneOf('IP', 'SNF', ...HOP_CAR), several: never },
  },
  { condition: 'migraine', code: 'G43909', one: isOneOf('IP'), several: notInpatient, needed: 2, years: 2 },
  {
    condition: 'opioid-use-disorder',
    code: 'F1120',
    one: isOneOf('IP', 'HOP ED'),
    several: notInpatient,
    needed: 2,
    years: 2,
  },
  {
    ...{ condition: 'sickle-cell-disease', code: 'D571', needed: 3, years: 5, isLifelong: true },
    ...{ one: never, several: () => true },
  },
];

interface Claim {
  readonly person: string;
  readonly day: number;
  readonly bill: (typeof CLAIMS)[number];
  readonly codes: readonly string[];
}

/** People with a few conditions each; distances between claims often meet a look-back to the day. */
function histories(): Claim[] {
  const random = new Random(7);
  return Array.from({ length: PEOPLE }, (_, number) => {
    const rules = [random.pick(RULES), random.pick(RULES)];
    let day = FIRST + random.below(700) * DAY;
    return Array.from({ length: 1 + random.below(7) }, () => {
      const rule = random.pick(rules);
      const codes = ['Z0000', rule.code, ...(random.below(3) === 0 ? [rule.unless ?? 'D291'] : [])];
      if (random.below(2) === 0) codes.reverse();
      const claim = { person: `p${number}`, day, bill: random.pick(CLAIMS), codes };
      const date = new Date(day);
      const later = Date.UTC(date.getUTCFullYear() + random.pick([1, 2, 5]), date.getUTCMonth(), date.getUTCDate());
      day = random.pick([day, day + DAY, day + random.below(1200) * DAY, later - DAY, later, later + DAY]);
      return claim;
    });
  }).flat();
}

/** The first day on which a claim no longer counts: its date so many years on. */
function outOfReach(day: number, years: number): number {
  const date = new Date(day);
  const end = new Date(Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate()));
  return end.getUTCDate() === date.getUTCDate() ? end.getTime() : Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 0);
}

/** Whether the rule holds on a day, read word by word off the claims. */
function holds(rule: Rule, claims: readonly Claim[], today: number): boolean {
  const days = rule.isLifelong ? claims.filter(({ day }) => day <= today).map(({ day }) => day) : [];
  return [today, ...days].some((day) => {
    const counted = claims.filter(
      (claim) =>
        claim.day <= day &&
        day < outOfReach(claim.day, rule.years) &&
        claim.codes.includes(rule.code) &&
        !(rule.unless !== undefined && claim.codes.includes(rule.unless)),
    );
    const several = counted.filter(({ bill }) => rule.several(bill.setting));
    return (
      counted.some(({ bill }) => rule.one(bill.setting)) ||
      (several.length > 0 && new Set(several.map((claim) => claim.day)).size >= rule.needed)
    );
  });
}

describe(`conditions of ${PEOPLE} random people`, () => {
  const THROUGH = FIRST + DAYS * DAY;
  const all = histories().filter(({ day }) => day <= THROUGH);
  const byPerson = new Map<string, Claim[]>();
  for (const claim of all) byPerson.set(claim.person, [...(byPerson.get(claim.person) ?? []), claim]);
  let connection: DuckDBConnection;
  let found: Map<string, { readonly since: number; readonly until: number }[]>;
  beforeAll(async () => {
    connection = await warehouse({ data_through: textOf(THROUGH), period: '2024' });
    const lines = all.map(({ person, day, bill, codes }, at) =>
      [
        ...["'claims'", '1', String(at), quoted(person), quoted(`c${at}`), "'1'", quoted(bill.type)],
        ...[bill.bill, bill.place, bill.service, ...[0, 1, 2].map((place) => codes[place] ?? '')].map((text) =>
          text === '' ? 'null' : quoted(text),
        ),
        ...(bill.setting === 'HOP ED' ? ["'0450'"] : ['null']),
        ...[`date ${quoted(textOf(day))}`, `date ${quoted(textOf(day))}`],
      ].join(', '),
    );
    await connection.run(`insert into input.medical_claim (source_name, file_id, line_number, person_id, claim_id,
      claim_line_number, claim_type, bill_type_code, place_of_service_code, hcpcs_code, diagnosis_code_1, diagnosis_code_2,
      diagnosis_code_3, revenue_center_code, claim_start_date, claim_end_date) values (${lines.join('), (')})`);
    await make(connection, 'mart.chronic_condition');
    const spells = await rows(
      connection,
      `select source.source_person_id, held.condition, epoch_ms(since_date::timestamp)::double as since,
         epoch_ms(until_date::timestamp)::double as until
       from mart.chronic_condition as held
       join core.person_source as source on source.person_id = held.person_id`,
    );
    found = new Map();
    for (const { source_person_id, condition, since, until } of spells) {
      const key = `${source_person_id} ${condition}`;
      found.set(key, [...(found.get(key) ?? []), { since: Number(since), until: Number(until) }]);
    }
  });
  afterAll(() => connection.closeSync());

  it('hold on the same days as in a second, naive reading of the published rules', () => {
    const wrong: string[] = [];
    let compared = 0;
    let held = 0;
    for (const [person, claims] of byPerson) {
      for (const rule of RULES) {
        if (!claims.some(({ codes }) => codes.includes(rule.code))) continue;
        const spells = found.get(`${person} ${rule.condition}`) ?? [];
        const edges = [...claims.map(({ day }) => day), ...claims.map(({ day }) => outOfReach(day, rule.years))];
        const days = new Set(edges.flatMap((day) => [day - DAY, day, day + DAY]));
        for (const day of days) {
          compared += 1;
          const expected = holds(rule, claims, day);
          held += Number(expected);
          if (spells.some(({ since, until }) => since <= day && day <= until) !== expected) {
            wrong.push(`${person} ${rule.condition} ${textOf(day)} ${expected}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(20_000);
    expect(held).toBeGreaterThan(5_000);
  });

  it('never meet: spells of one condition lie apart', () => {
    const meeting = [...found].filter(([, spells]) =>
      spells.some((one) =>
        spells.some((other) => one !== other && one.since <= other.until + DAY && other.since <= one.since),
      ),
    );
    expect(meeting).toEqual([]);
    expect([...found.values()].filter((spells) => spells.length > 1).length).toBeGreaterThan(50);
  });
});
