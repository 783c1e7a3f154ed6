import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { Random } from '../campaign/random.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { load } from './readmission-histories.ts';
import { dayOf, textOf } from './readmission-oracle.ts';

const PEOPLE = 2_000;
const THROUGH = dayOf('2026-12-20');

/** Codes of sets that are SNOMED alone, so empty here until supplied: added for this test under made-up numbers. */
const SUPPLIED = {
  'follow-up-for-adult-depression': '900000000000000001',
  'follow-up-for-adolescent-depression': '900000000000000002',
  'referral-for-adult-depression': '900000000000000003',
  'referral-for-adolescent-depression': '900000000000000004',
  'medical-reason': '900000000000000005',
} as const;

const NEGATIVE = '428171000124102';
const POSITIVE = '428181000124104';
const DECLINED = '720834000';

type Tool = 'adolescent' | 'adult';
const CODE_OF: Readonly<Record<Tool, string>> = { adolescent: '73831-0', adult: '73832-8' };

type Result = 'negative' | 'positive' | 'of unknown result';
const ANSWERS: readonly {
  readonly code: string | null;
  readonly words: string | null;
  readonly means: Result | null;
}[] = [
  { code: NEGATIVE, words: null, means: 'negative' },
  { code: NEGATIVE, words: 'positive', means: 'negative' },
  { code: POSITIVE, words: null, means: 'positive' },
  { code: POSITIVE, words: null, means: 'positive' },
  { code: null, words: 'Negative', means: 'negative' },
  { code: null, words: 'POSITIVE', means: 'positive' },
  { code: '1', words: null, means: 'of unknown result' },
  { code: null, words: 'see notes', means: 'of unknown result' },
  { code: null, words: null, means: null },
];

const BILLED = ['G8510', 'G8431', 'G8511', 'G8432', 'G8433', 'G9717', '96127', 'G0444'] as const;

/** Kinds of visits in a claim or a chart, and whether depression is to be screened for at them. */
const CLAIMED_VISITS = { '99213': true, '97161': true, '98966': true, '99284': false, '99499': false } as const;
const CHARTED_VISITS = [
  { type: 'office visit', system: null, code: null, isAsked: true },
  { type: 'telehealth', system: null, code: null, isAsked: true },
  { type: 'office visit', system: 'snomed', code: '185349003', isAsked: true },
  { type: 'outpatient', system: 'hcpcs', code: '97161', isAsked: true },
  { type: 'office visit', system: 'hcpcs', code: '99499', isAsked: false },
  { type: 'emergency department', system: null, code: null, isAsked: false },
  { type: 'acute inpatient', system: null, code: null, isAsked: false },
] as const;

/** Antidepressants of the list for adults alone, and of both lists; an antibiotic. */
const DRUGS: Readonly<Record<string, readonly Tool[]>> = {
  '1000048': ['adult'],
  '310384': ['adult', 'adolescent'],
  '308191': [],
};

interface Patient {
  readonly id: string;
  readonly birth: string;
  readonly claimedVisits: { day: number; code: keyof typeof CLAIMED_VISITS }[];
  readonly chartedVisits: { from: number; to: number | null; kind: (typeof CHARTED_VISITS)[number] }[];
  readonly screens: {
    tool: Tool;
    day: number;
    hour: number | null;
    status: string | null;
    answer: (typeof ANSWERS)[number];
  }[];
  readonly refusals: { tool: Tool; day: number; reason: string | null }[];
  readonly billed: { day: number; code: (typeof BILLED)[number] }[];
  readonly drugs: {
    kind: string;
    day: number;
    drug: string;
    status: string | null;
    supply: number | null;
    refills: number | null;
    end: number | null;
  }[];
  readonly referrals: { day: number; code: string; status: string }[];
  readonly services: { day: number; code: string; status: string | null }[];
  readonly diagnoses: {
    source: 'claim' | 'chart';
    day: number;
    code: string;
    category: string | null;
    status: string | null;
  }[];
}

const CLAIMED_CODES = ['99213', '99213', '97161', '98966', '99284', '99499'] as const;

/** Birthdays on either side of 12, 17 and 18 years on 1 January of both years. */
const BIRTHDAYS = [
  ...['1960-05-05', '1960-05-05', '1960-05-05', '2013-01-01', '2013-01-02', '2014-01-02'],
  ...['2009-01-01', '2009-01-02', '2008-01-01', '2008-01-02', '2007-01-01', '2007-01-02'],
] as const;

const OFFSETS = [-16, -15, -14, -13, -5, -1, 0, 0, 0, 0, 0, 0, 1, 2, 2, 3] as const;

/** Made-up people with facts around one day of each year, close enough to meet one another, some across the turn of the year. */
function patient(random: Random, id: string): Patient {
  const bases = [
    dayOf(random.pick(['2025-01-03', '2025-06-15', '2025-12-28'])) + random.below(4),
    dayOf(random.pick(['2026-01-05', '2026-06-15', '2026-12-12'])) + random.below(4),
  ];
  const day = () => random.pick(bases) + random.pick(OFFSETS);
  const visitDay = () => random.pick(bases) + random.pick([0, 0, 0, 0, 1, 3, 14]);
  const several = <Item>(limit: number, item: () => Item): Item[] => Array.from({ length: random.below(limit) }, item);
  const rarely = <Item>(limit: number, item: () => Item): Item[] => (random.below(4) === 0 ? several(limit, item) : []);
  const isScreened = random.below(3) > 0;
  const tool = (): Tool => random.pick(['adult', 'adult', 'adolescent']);
  return {
    id,
    birth: random.pick(BIRTHDAYS),
    claimedVisits: several(4, () => ({ day: visitDay(), code: random.pick(CLAIMED_CODES) })),
    chartedVisits: several(4, () => {
      const from = visitDay();
      return { from, to: random.pick([null, from, from, from + 1, from + 3]), kind: random.pick(CHARTED_VISITS) };
    }),
    screens: several(isScreened ? 8 : 1, () => ({
      tool: tool(),
      day: day(),
      hour: random.pick([null, 8, 9]),
      status: random.pick([null, 'final', 'final', 'final', 'amended', 'corrected', 'preliminary', 'entered-in-error']),
      answer: random.pick(ANSWERS),
    })),
    refusals: (isScreened ? rarely : several)(5, () => ({
      tool: tool(),
      day: day(),
      reason: random.pick([DECLINED, DECLINED, SUPPLIED['medical-reason'], SUPPLIED['medical-reason'], '1', null]),
    })),
    billed: (isScreened ? rarely : several)(6, () => ({ day: day(), code: random.pick(BILLED) })),
    drugs: several(7, () => {
      const written = day();
      return {
        kind: random.pick(['order', 'order', 'order', 'dispense', 'statement']),
        day: written,
        drug: random.pick(Object.keys(DRUGS)),
        status: random.pick([null, 'active', 'active', 'completed', 'stopped', 'not done']),
        supply: random.pick([null, 1, 2, 3, 30]),
        refills: random.pick([null, null, 0, 2]),
        end: random.pick([null, null, null, written, written + 5]),
      };
    }),
    referrals: several(4, () => ({
      day: day(),
      code: random.pick([SUPPLIED['referral-for-adult-depression'], SUPPLIED['referral-for-adolescent-depression']]),
      status: random.pick(['active', 'completed', 'revoked', 'not done']),
    })),
    services: several(4, () => ({
      day: day(),
      code: random.pick([SUPPLIED['follow-up-for-adult-depression'], SUPPLIED['follow-up-for-adolescent-depression']]),
      status: random.pick([null, 'completed', 'not done', 'stopped']),
    })),
    diagnoses: rarely(4, () => ({
      source: random.pick(['claim', 'chart', 'chart']),
      day: day(),
      code: random.pick(['F3181', 'F309', 'F329']),
      category: random.pick([null, 'problem-list-item', 'health-concern', 'encounter-diagnosis']),
      status: random.pick([null, 'active', 'resolved', 'refuted']),
    })),
  };
}

/** Whole years between a birthday and the first day of a year. */
const ageOn1January = (birth: string, year: number): number =>
  year - Number(birth.slice(0, 4)) - (birth.slice(5) === '01-01' ? 0 : 1);

interface Judgement {
  readonly isAsked: boolean;
  readonly exclusion: boolean;
  readonly exception: boolean;
  readonly numerator: boolean;
  readonly status: string;
  readonly reason: string;
  readonly day: number | null;
}

interface Screen {
  readonly tool: Tool;
  readonly day: number;
  readonly isCharted: boolean;
  readonly hour: number;
  readonly result: Result;
}

/** The first of a list in the order that the numbers of each, compared from left to right, give it. */
function first<Item>(list: readonly Item[], order: (item: Item) => readonly number[]): Item | undefined {
  return [...list].sort((a, b) => {
    const [left, right] = [order(a), order(b)];
    const at = left.findIndex((one, index) => one !== right[index]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  })[0];
}

/** CMS2 read once more, plainly: what each fact of one person means for one year; undefined where the person is too young. */
function read(one: Patient, year: number): Judgement | undefined {
  const age = ageOn1January(one.birth, year);
  if (age < 12) return undefined;
  const [opening, closing] = [dayOf(`${year}-01-01`), dayOf(`${year}-12-31`)];
  const known = <Item extends { day: number }>(list: readonly Item[]) => list.filter(({ day }) => day <= THROUGH);
  const billed = (...codes: string[]) => known(one.billed).filter(({ code }) => codes.includes(code));
  const toolOfAge: Tool = age < 18 ? 'adolescent' : 'adult';

  const visits = [
    ...known(one.claimedVisits).flatMap(({ day, code }) => (CLAIMED_VISITS[code] ? [{ from: day, to: day }] : [])),
    ...billed('G0444').map(({ day }) => ({ from: day, to: day })),
    ...one.chartedVisits
      .filter(({ from, kind }) => kind.isAsked && from <= THROUGH)
      .map(({ from, to }) => ({ from, to: to ?? from })),
  ].filter(({ from, to }) => from >= opening && to <= closing);
  const visitsAfter = (day: number) => visits.filter(({ from }) => from >= day && from <= day + 14);

  const screens: Screen[] = [
    ...known(one.screens).flatMap(({ tool, day, hour, status, answer }) =>
      answer.means !== null && [null, 'final', 'amended', 'corrected'].includes(status)
        ? [{ tool, day, isCharted: true, hour: hour ?? 0, result: answer.means }]
        : [],
    ),
    ...billed('G8510').map(({ day }) => ({
      tool: toolOfAge,
      day,
      isCharted: false,
      hour: 0,
      result: 'negative' as const,
    })),
    ...billed('G8431', 'G8511').map(({ day }) => ({
      ...{ tool: toolOfAge, day, isCharted: false, hour: 0, result: 'positive' as const },
    })),
  ];
  const severity: Readonly<Record<Result, number>> = { positive: 0, 'of unknown result': 1, negative: 2 };
  const lastScreen = (tool: Tool): Screen | undefined =>
    first(
      screens.filter((screen) => screen.tool === tool && visitsAfter(screen.day).length > 0),
      (screen) => [-screen.day, screen.isCharted ? 0 : 1, -screen.hour, severity[screen.result]],
    );

  const followUps = ({ tool, day: screened }: Screen): number[] =>
    visitsAfter(screened).flatMap(({ from, to }) => {
      const isOrderedInTime = (day: number) => day >= to && day <= to + 2;
      const outlasts = (starts: number, ends: number) =>
        visitsAfter(screened).some((visit) => starts <= visit.to && ends > visit.to);
      return [
        ...known(one.services)
          .filter(
            ({ code, status }) =>
              code === SUPPLIED[`follow-up-for-${tool}-depression`] && [null, 'completed'].includes(status),
          )
          .filter(({ day }) => day >= from && day <= to),
        ...known(one.referrals)
          .filter(
            ({ code, status }) =>
              code === SUPPLIED[`referral-for-${tool}-depression`] && ['active', 'completed'].includes(status),
          )
          .filter(({ day }) => isOrderedInTime(day)),
        ...known(one.drugs)
          .filter(
            ({ kind, drug, status }) =>
              kind === 'order' && DRUGS[drug]?.includes(tool) && [null, 'active', 'completed'].includes(status),
          )
          .filter(({ day, supply, refills, end }) => {
            const last = end ?? (supply === null ? day : day + supply * (1 + (refills ?? 0)) - 1);
            return isOrderedInTime(day) && (year < 2026 || outlasts(day, last));
          }),
        ...billed('G8431').filter(({ day }) => day >= from && day <= to + 2),
      ]
        .map(({ day }) => day)
        .filter((day) => day <= closing);
    });

  const tools: readonly Tool[] = age < 17 ? ['adolescent'] : age > 17 ? ['adult'] : ['adolescent', 'adult'];
  const outcomes = tools.flatMap((tool) => {
    const screen = lastScreen(tool);
    if (screen === undefined) return [];
    const followed = screen.result === 'positive' ? followUps(screen) : [];
    const isMet = screen.result === 'negative' || followed.length > 0;
    return [{ ...screen, isMet, shown: followed.length > 0 ? Math.min(...followed) : screen.day }];
  });
  const outcome = first(outcomes, ({ isMet, day }) => [isMet ? 0 : 1, -day]);

  const isAtVisit = ({ day }: { day: number }) => visits.some(({ from, to }) => day >= from && day <= to);
  const reasons = [
    ...known(one.refusals).flatMap(({ tool, day, reason }) => {
      if (reason === DECLINED) return [{ tool, day, reason: 'screening declined' }];
      return reason === SUPPLIED['medical-reason'] ? [{ tool, day, reason: 'medical reason against screening' }] : [];
    }),
    ...billed('G8433').map(({ day }) => ({
      ...{ tool: toolOfAge, day, reason: 'screening not done for a patient or medical reason' },
    })),
  ].filter((reason) => isAtVisit(reason) && lastScreen(reason.tool) === undefined);
  const exception = [...reasons].sort((a, b) => b.day - a.day || (a.reason < b.reason ? 1 : -1))[0];

  const bipolar = [
    ...known(one.diagnoses)
      .filter(({ code, source, category, status }) =>
        code === 'F329' ? false : source === 'claim' || (category !== 'encounter-diagnosis' && status !== 'refuted'),
      )
      .filter(({ day }) => visits.some(({ from }) => day < from)),
    ...billed('G9717').filter(({ day }) => day >= opening && day <= closing),
  ].map(({ day }) => day);
  const tests = billed('96127', 'G0444')
    .map(({ day }) => day)
    .filter((day) => day >= opening && day <= closing);

  const result = outcome?.result ?? (tests.length > 0 ? 'of unknown result' : null);
  const isMet = outcome?.isMet ?? false;
  const nothing = { exclusion: false, exception: false, numerator: false };
  if (visits.length === 0) {
    const reason = 'no visit in the year at which screening is asked for';
    return { ...nothing, isAsked: false, status: 'not eligible', reason, day: null };
  }
  if (bipolar.length > 0) {
    const day = Math.min(...bipolar);
    return { ...nothing, isAsked: true, exclusion: true, status: 'excluded', reason: 'bipolar disorder', day };
  }
  const day = outcome?.shown ?? exception?.day ?? (tests.length > 0 ? Math.max(...tests) : null);
  if (isMet) {
    const reason =
      result === 'negative' ? 'last depression screen negative' : 'last depression screen positive, followed up';
    return { ...nothing, isAsked: true, numerator: true, status: 'closed', reason, day };
  }
  if (exception !== undefined) {
    const status = exception.reason === 'screening declined' ? 'refused' : 'excepted';
    return { ...nothing, isAsked: true, exception: true, status, reason: exception.reason, day };
  }
  const reason =
    result === 'positive'
      ? 'last depression screen positive, no follow-up within two days of the visit'
      : result === null
        ? 'no depression screen within 14 days before a visit'
        : 'last depression screen of unknown result';
  const open = closing <= THROUGH ? 'overdue' : 'due soon';
  return {
    ...nothing,
    isAsked: true,
    status: result === 'of unknown result' ? 'tested, value unknown' : open,
    reason,
    day,
  };
}

const dateOf = (day: number | null): string | null => (day === null ? null : textOf(day));
const numbered = <Item>(list: readonly Item[]) => list.map((item, at) => ({ item, id: String(at) }));

/** A warehouse that holds the patients, with CMS2 made for 2026 and the year before. */
async function filled(people: readonly Patient[]): Promise<DuckDBConnection> {
  const connection = await warehouse({ data_through: textOf(THROUGH), period: '2026' });
  for (const [set, code] of Object.entries(SUPPLIED)) {
    await connection.run(
      `insert into reference.value_set (value_set, code_system, code, is_prefix, is_excluded, precedence)
       values ($set, 'snomed', $code, false, false, 1)`,
      { set, code },
    );
  }
  const each = <Item>(of: (one: Patient) => readonly Item[]) =>
    numbered(people.flatMap((one) => of(one).map((fact) => ({ ...fact, person_id: one.id }))));
  await load(
    connection,
    'input.eligibility',
    people.map(({ id, birth }) => ({
      ...{ person_id: id, birth_date: birth, payer_type: 'medicare' },
      ...{ enrollment_start_date: '2025-01-01', enrollment_end_date: '2026-12-31' },
    })),
  );
  const line = { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11' };
  await load(
    connection,
    'input.medical_claim',
    numbered([
      ...each((one) => one.claimedVisits).map(({ item }) => ({ ...item, diagnosis: null })),
      ...each((one) => one.billed).map(({ item }) => ({ ...item, diagnosis: null })),
      ...each((one) => one.diagnoses.filter(({ source }) => source === 'claim')).map(({ item }) => ({
        ...{ person_id: item.person_id, day: item.day, code: '99499', diagnosis: item.code },
      })),
    ]).map(({ id, item: { person_id, day, code, diagnosis } }) => ({
      ...{ ...line, claim_id: id, person_id, hcpcs_code: code, diagnosis_code_1: diagnosis },
      ...{ claim_start_date: textOf(day), claim_end_date: textOf(day) },
    })),
  );
  await load(
    connection,
    'input.encounter',
    each((one) => one.chartedVisits).map(({ id, item: { person_id, from, to, kind } }) => ({
      ...{ encounter_id: id, person_id, encounter_type: kind.type, encounter_code_type: kind.system },
      ...{ encounter_code: kind.code, encounter_start_date: textOf(from), encounter_end_date: dateOf(to) },
    })),
  );
  const observation = { source_code_type: 'loinc', result_code_type: 'snomed' };
  await load(
    connection,
    'input.observation',
    numbered([
      ...each((one) => one.screens).map(({ item: { answer, ...item } }) => ({ ...item, ...answer, reason: null })),
      ...each((one) => one.refusals).map(({ item }) => ({
        ...{ ...item, hour: null, status: 'not done', code: null, words: null },
      })),
    ]).map(({ id, item: { person_id, tool, day, hour, status, code, words, reason } }) => ({
      ...{ ...observation, observation_id: id, person_id, source_code: CODE_OF[tool], status },
      ...{ observation_date: textOf(day), result_code: code, result: words, not_done_reason_code: reason },
      observation_datetime: hour === null ? null : `${textOf(day)} 0${hour}:00:00`,
    })),
  );
  await load(
    connection,
    'input.medication',
    each((one) => one.drugs).map(({ id, item: { person_id, kind, day, drug, status, supply, refills, end } }) => ({
      ...{ medication_id: id, person_id, statement_type: kind, rxnorm_code: drug, status, end_date: dateOf(end) },
      prescribing_date: kind === 'order' ? textOf(day) : null,
      dispensing_date: kind === 'order' ? null : textOf(day),
      days_supply: supply === null ? null : String(supply),
      refills: refills === null ? null : String(refills),
    })),
  );
  await load(
    connection,
    'input.service_request',
    each((one) => one.referrals).map(({ id, item: { person_id, day, code, status } }) => ({
      ...{ service_request_id: id, person_id, request_type: 'service', ordered_date: textOf(day), status },
      ...{ source_code_type: 'snomed', source_code: code },
    })),
  );
  await load(
    connection,
    'input.procedure',
    each((one) => one.services).map(({ id, item: { person_id, day, code, status } }) => ({
      ...{ procedure_id: id, person_id, procedure_date: textOf(day), status },
      ...{ source_code_type: 'snomed', source_code: code },
    })),
  );
  await load(
    connection,
    'input.condition',
    each((one) => one.diagnoses.filter(({ source }) => source === 'chart')).map(
      ({ id, item: { person_id, day, code, category, status } }) => ({
        ...{ condition_id: id, person_id, condition_type: category, onset_date: textOf(day), status },
        ...{ source_code_type: 'icd-10-cm', source_code: code },
      }),
    ),
  );
  await make(connection, 'core.person_source', 'measure.cms2');
  return connection;
}

describe('depression screening of 2,000 random people in 2025 and 2026', () => {
  const random = new Random(2);
  const people = Array.from({ length: PEOPLE }, (_, at) => patient(random, `p${at}`));
  const judged = people.flatMap((one) =>
    [2025, 2026].flatMap((year) => {
      const judgement = read(one, year);
      return judgement === undefined ? [] : [{ one, year, ...judgement }];
    }),
  );
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await filled(people);
  });
  afterAll(() => connection.closeSync());

  it('is what a second, naive reading of the rules finds', async () => {
    const expected = judged.map(({ one, year, isAsked, exclusion, exception, numerator, status, reason, day }) =>
      [one.id, year, isAsked, exclusion, exception, numerator, status, reason, dateOf(day)].join(' | '),
    );
    const found = await rows(
      connection,
      `select source_person_id as id, year(period_start) as year, denominator, denominator_exclusion as exclusion,
         denominator_exception as exception, numerator, status, reason, evidence_date::varchar as day
       from measure.cms2 join core.person_source using (person_id)`,
    );
    const lines = found.map((row) =>
      [
        row.id,
        row.year,
        row.denominator,
        row.exclusion,
        row.exception,
        row.numerator,
        row.status,
        row.reason,
        row.day,
      ].join(' | '),
    );
    const [wanted, got] = [new Set(expected), new Set(lines)];
    expect(expected.filter((line) => !got.has(line))).toEqual([]);
    expect(lines.filter((line) => !wanted.has(line))).toEqual([]);
    expect(lines).toHaveLength(expected.length);
  });

  it('meets every rule more than 20 times', () => {
    const met = new Map<string, number>();
    for (const { status, reason } of judged)
      met.set(`${status}: ${reason}`, (met.get(`${status}: ${reason}`) ?? 0) + 1);
    expect([...met.keys()].sort()).toEqual([
      'closed: last depression screen negative',
      'closed: last depression screen positive, followed up',
      'due soon: last depression screen positive, no follow-up within two days of the visit',
      'due soon: no depression screen within 14 days before a visit',
      'excepted: medical reason against screening',
      'excepted: screening not done for a patient or medical reason',
      'excluded: bipolar disorder',
      'not eligible: no visit in the year at which screening is asked for',
      'overdue: last depression screen positive, no follow-up within two days of the visit',
      'overdue: no depression screen within 14 days before a visit',
      'refused: screening declined',
      'tested, value unknown: last depression screen of unknown result',
    ]);
    expect(Math.min(...met.values())).toBeGreaterThan(20);
  });
});
