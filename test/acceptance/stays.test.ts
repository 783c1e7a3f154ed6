import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { load } from '../../pipelines/readers/load.ts';
import {
  type Chain,
  type Diagnosis,
  dayOf,
  merged,
  type Part,
  type Person,
  readmissionsOf,
  type Stay,
  textOf,
} from '../models/readmission-oracle.ts';
import { make, warehouse } from '../support/warehouse.ts';
import { DATA, records, whyNot } from './recount.ts';

const SAMPLES = ['sample-1', 'sample-2'].map((sample) => join(DATA, 'desynpuf', sample));
const THROUGH = dayOf('2010-12-31');
/** One row per encounter and claim in it. */
const CLAIMS = '(select distinct encounter_id, claim_id from core.medical_claim)';

/** A claim of an inpatient file. Its further records, which repeat its number and carry a payment only, are left out. */
interface Claim {
  readonly id: string;
  readonly person: string;
  readonly hospital: string;
  readonly start: number;
  readonly end: number;
  readonly diagnosis: string | null;
  readonly procedures: readonly string[];
  readonly drg: string;
}

/** What one hospital tells of one time there, in claims that share a night or all their days. */
interface Encounter {
  readonly hospital: string;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly claims: readonly Claim[];
}

const TYPES = {
  'short-term': 'acute inpatient',
  other: 'acute inpatient',
  psychiatric: 'inpatient psychiatric',
  rehabilitation: 'inpatient rehabilitation',
  'long-term': 'long term care hospital',
  'swing bed': 'skilled nursing',
};
type Kind = keyof typeof TYPES;

/**
 * What the certification number says of a hospital (CMS State Operations Manual 2779A): a letter in the third place names
 * a unit, else the series does. The files make up the last two characters, so two digits tell the series.
 */
function kindOf(certification: string): Kind {
  const unit = certification.charAt(2);
  if ('SM'.includes(unit)) return 'psychiatric';
  if ('TR'.includes(unit)) return 'rehabilitation';
  if ('UWYZ'.includes(unit)) return 'swing bed';
  const series = Number(certification.slice(2, 4));
  if (series <= 8 || series === 13) return 'short-term';
  if (series >= 20 && series <= 22) return 'long-term';
  if (series === 30) return 'rehabilitation';
  return series >= 40 && series <= 44 ? 'psychiatric' : 'other';
}

const PROCEDURE_COLUMNS = [1, 2, 3, 4, 5, 6].map((at) => `ICD9_PRCDR_CD_${at}`);

const day = (text = ''): number => dayOf(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);

/** The records of one kind of file, with the year that its name states first. */
async function* filed(kind: string): AsyncGenerator<{ year: number; row: Readonly<Record<string, string>> }> {
  for (const folder of SAMPLES) {
    for (const name of readdirSync(folder).filter((file) => file.includes(kind))) {
      const year = Number(name.slice('DE1_0_'.length, 'DE1_0_2008'.length));
      for await (const row of records(join(folder, name))) yield { year, row };
    }
  }
}

function grouped<One>(all: readonly One[], keyOf: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}

interface Year {
  readonly person: string;
  readonly year: number;
  readonly birth: number;
  readonly death: number | null;
  readonly partA: number;
  readonly advantage: number;
}

/**
 * The days of a benefit in a year, of which the files only count the months: from January where it was held the year
 * before, is gone the year after or the person dies, else up to December.
 */
function daysOf(years: readonly Year[], of: Year, benefit: 'partA' | 'advantage'): { from: number; to: number } {
  const months = of[benefit];
  const held = (year: number) => years.find((one) => one.year === year)?.[benefit];
  const isLast = held(of.year + 1) === 0 || (of.death !== null && textOf(of.death).startsWith(`${of.year}`));
  const first = isLast || (held(of.year - 1) ?? 0) > 0 ? 0 : 12 - months;
  const firstOf = (month: number) => dayOf(textOf(Date.UTC(of.year, month) / 86_400_000));
  return { from: firstOf(first), to: firstOf(first + months) - 1 };
}

async function beneficiaries(): Promise<Map<string, Omit<Person, 'parts'>>> {
  const all: Year[] = [];
  for await (const { year, row } of filed('Beneficiary')) {
    all.push({
      person: row.DESYNPUF_ID ?? '',
      year,
      birth: day(row.BENE_BIRTH_DT),
      death: row.BENE_DEATH_DT ? day(row.BENE_DEATH_DT) : null,
      partA: Number(row.BENE_HI_CVRAGE_TOT_MONS),
      advantage: Number(row.BENE_HMO_CVRAGE_TOT_MONS),
    });
  }
  return new Map(
    grouped(all, ({ person }) => person).map((years) => {
      const { person = '', birth = null, death = null } = years.sort((a, b) => b.year - a.year)[0] ?? {};
      const spans = years.flatMap((of) => [
        { kind: 'part a' as const, ...daysOf(years, of, 'partA') },
        { kind: 'advantage' as const, ...daysOf(years, of, 'advantage') },
      ]);
      return [person, { birth, death, spans }];
    }),
  );
}

async function inpatientRecords(): Promise<{ claims: Claim[]; further: number }> {
  const claims: Claim[] = [];
  let further = 0;
  for await (const { row } of filed('Inpatient')) {
    if (row.SEGMENT !== '1') further += 1;
    else
      claims.push({
        id: row.CLM_ID ?? '',
        person: row.DESYNPUF_ID ?? '',
        hospital: row.PRVDR_NUM ?? '',
        start: day(row.CLM_ADMSN_DT),
        end: Math.max(day(row.CLM_THRU_DT), day(row.NCH_BENE_DSCHRG_DT)),
        diagnosis: row.ICD9_DGNS_CD_1 || null,
        procedures: PROCEDURE_COLUMNS.flatMap((name) => row[name] || []),
        drg: row.CLM_DRG_CD ?? '',
      });
  }
  return { claims, further };
}

const hasSameDays = (a: Claim, b: Claim) => a.start === b.start && a.end === b.end;
const sharesNight = (a: Claim, b: Claim) => a.start < b.end && b.start < a.end;

function encountersOf(claims: readonly Claim[]): Encounter[] {
  return grouped(claims, ({ hospital }) => hospital).flatMap((ofHospital) => {
    let found: Claim[][] = [];
    for (const claim of ofHospital) {
      const isSame = (others: readonly Claim[]) =>
        others.some((other) => hasSameDays(claim, other) || sharesNight(claim, other));
      found = [...found.filter((others) => !isSame(others)), [claim, ...found.filter(isSame).flat()]];
    }
    return found.map((together) => ({
      hospital: together[0]?.hospital ?? '',
      kind: kindOf(together[0]?.hospital ?? ''),
      start: Math.min(...together.map(({ start }) => start)),
      end: Math.max(...together.map(({ end }) => end)),
      claims: together.sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1)),
    }));
  });
}

/** Why each claim is in its encounter. */
const reasonsOf = ({ claims }: Encounter): string[] =>
  claims.map((claim, at) => {
    const before = claims.slice(0, at);
    if (before.length === 0) return 'open an encounter';
    return before.some((other) => hasSameDays(claim, other)) ? 'of the same days as another' : 'share a night';
  });

const idOf = (claims: readonly string[]): string => [...claims].sort().join(' ');
const numbersOf = ({ claims }: Encounter): string[] => claims.map(({ id }) => id);

/** One line of a code list: `system,CODE`, `system,BEGINNING*` or, left out, `system,!BEGINNING*`, with a category in a classification. */
const codeList = (name: string): string[][] =>
  readFileSync(join(import.meta.dirname, `../../pipelines/value-sets/${name}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(','));

/** What the longest line that fits a code says: its category in a classification, else whether it is in the list. */
function ruleOf(name: string, system: string): (code: string) => string | undefined {
  const exact = new Map<string, string>();
  const begins = new Map<string, string>();
  for (const [of, rule = '', category] of codeList(name)) {
    if (of !== system) continue;
    const code = rule.replace(/^!/, '').replace(/\*.*$/, '');
    (rule.includes('*') ? begins : exact).set(code, category ?? (rule.startsWith('!') ? 'out' : 'in'));
  }
  return (code) => {
    const lengths = [...code].map((_, at) => code.length - at);
    return exact.get(code) ?? lengths.flatMap((length) => begins.get(code.slice(0, length)) ?? [])[0];
  };
}

/** Whether a code is in a list: by itself, by its CCS category, or by its category as one of ICD-9. */
function belonging(name: string, system: string, categoryOf: (code: string) => string | undefined) {
  const classification = system === 'icd-9-cm' ? 'ccs-diagnosis' : 'ccs-procedure';
  const categories = new Set(
    codeList(name).flatMap(([of, category = '']) =>
      of === classification || of === `${classification}-${system}` ? [category] : [],
    ),
  );
  const byItself = ruleOf(name, system);
  return (code: string): boolean => categories.has(categoryOf(code) ?? 'none') || byItself(code) === 'in';
}

const diagnosisCategory = ruleOf('ccs-diagnosis', 'icd-9-cm');
const procedureCategory = ruleOf('ccs-procedure', 'icd-9-pcs');
const ofDiagnosis = (name: string) => belonging(name, 'icd-9-cm', diagnosisCategory);
const ofProcedure = (name: string) => belonging(name, 'icd-9-pcs', procedureCategory);
const isAcute = ofDiagnosis('acute-principal-diagnosis');
const anyOf = (lists: readonly ((code: string) => boolean)[]) => (code: string) => lists.some((has) => has(code));
const ALWAYS = ['planned-always', 'planned-always-maternity'];
const isPlannedDiagnosis = anyOf(ALWAYS.map(ofDiagnosis));
const isPlannedProcedure = anyOf(ALWAYS.map(ofProcedure));
const isPotentiallyPlanned = ofProcedure('planned-unless-acute');
const isSurgery = ofProcedure('cohort-surgery');
const surgicalDrg = ruleOf('cohort-surgery', 'ms-drg');
const REASONS = (['psychiatric', 'rehabilitation', 'cancer'] as const).map(
  (reason) => [reason, ofDiagnosis(`${reason}-principal-diagnosis`)] as const,
);
const COHORTS = (['cardiorespiratory', 'cardiovascular', 'neurology'] as const).map(
  (cohort) => [cohort, ofDiagnosis(`cohort-${cohort}`)] as const,
);

function diagnosisOf(code: string): Diagnosis {
  const isKnown = diagnosisCategory(code) !== undefined;
  const first = <Name extends string>(of: readonly (readonly [Name, (code: string) => boolean])[]) =>
    of.find(([, has]) => has(code))?.[0];
  return {
    code,
    isAcute: isAcute(code),
    isAlwaysPlanned: isPlannedDiagnosis(code),
    leavesOut: isKnown ? (first(REASONS) ?? null) : 'unclassified',
    cohort: isKnown ? (first(COHORTS) ?? 'medicine') : null,
  };
}

/** The first claim tells why the person came, the last the DRG; one without a principal diagnosis tells of no procedure. */
function partOf(encounter: Encounter): Part {
  const { hospital, start, end, claims } = encounter;
  const code = claims.find(({ diagnosis }) => diagnosis !== null)?.diagnosis ?? null;
  const procedures = claims.flatMap((claim) => (claim.diagnosis === null ? [] : claim.procedures));
  return {
    id: idOf(numbersOf(encounter)),
    hospital,
    isCancerHospital: false,
    ...{ admit: start, discharge: end, status: null },
    diagnosis: code === null ? null : diagnosisOf(code),
    procedures: procedures.map((each) => ({
      isAlwaysPlanned: isPlannedProcedure(each),
      isPotentiallyPlanned: isPotentiallyPlanned(each),
      isSurgery: isSurgery(each),
    })),
    hasSurgicalDrg: surgicalDrg(claims.at(-1)?.drg ?? '') === 'in',
  };
}

interface Counted {
  readonly further: number;
  readonly claims: readonly Claim[];
  readonly encounters: readonly Encounter[];
  readonly chains: readonly Chain[];
  readonly stays: readonly Stay[];
}

async function countAgain(): Promise<Counted> {
  const [people, { claims, further }] = [await beneficiaries(), await inpatientRecords()];
  const ofPeople = grouped(claims, ({ person }) => person).map((ofPerson) => {
    const encounters = encountersOf(ofPerson);
    const parts = encounters.filter(({ kind }) => kind === 'short-term').map(partOf);
    const person = people.get(ofPerson[0]?.person ?? '') ?? { birth: null, death: null, spans: [] };
    return { encounters, chains: merged(parts), stays: readmissionsOf({ ...person, parts }, THROUGH) };
  });
  return {
    ...{ claims, further },
    encounters: ofPeople.flatMap(({ encounters }) => encounters),
    chains: ofPeople.flatMap(({ chains }) => chains),
    stays: ofPeople.flatMap(({ stays }) => stays),
  };
}

type Tally = Readonly<Record<string, number>>;

function tally(texts: readonly string[]): Tally {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** Each stage divides one part of the stage before it. */
function accountOf({ further, claims, encounters, chains, stays }: Counted): Readonly<Record<string, Tally>> {
  const returned = ({ days }: Stay) => (days === null ? 'no return within 30 days' : 'return within 30 days');
  return {
    records: { claims: claims.length, 'further records of a claim': further },
    claims: tally(encounters.flatMap(reasonsOf)),
    encounters: tally(encounters.map(({ kind }) => kind)),
    'short-term encounters': tally(chains.flatMap(({ joints }) => ['open a stay', ...joints])),
    stays: tally(stays.map(({ exclusion }) => exclusion ?? 'index')),
    'all stays': tally(stays.map(returned)),
    'index stays': tally(stays.filter(({ isIndex }) => isIndex).map(returned)),
    'returns of index stays': tally(
      stays
        .filter(({ isReadmission }) => isReadmission)
        .map(({ isUnplannedReadmission }) => (isUnplannedReadmission ? 'unplanned' : 'planned')),
    ),
    'cohorts of index stays': tally(stays.filter(({ isIndex }) => isIndex).map(({ cohort }) => `${cohort}`)),
  };
}

/** The account of the two samples: facts of these files. Their codes are ICD-9-CM, in half of its procedures no such code. */
const ACCOUNT = {
  records: { claims: 11_652, 'further records of a claim': 11 },
  claims: { 'open an encounter': 11_557, 'of the same days as another': 2, 'share a night': 93 },
  encounters: {
    'short-term': 10_415,
    other: 43,
    psychiatric: 353,
    rehabilitation: 617,
    'long-term': 114,
    'swing bed': 15,
  },
  'short-term encounters': { 'open a stay': 10_214, overlap: 147, transfer: 54 },
  stays: {
    'died in hospital': 1,
    'principal diagnosis missing': 4,
    'psychiatric principal diagnosis': 325,
    'rehabilitation principal diagnosis': 281,
    'medical treatment of cancer': 196,
    'under 65 at admission': 1_640,
    'not in fee-for-service Part A for 12 months before admission': 4_616,
    'follow-up incomplete': 22,
    'not in fee-for-service Part A for 30 days after discharge': 31,
    index: 3_098,
  },
  'all stays': { 'no return within 30 days': 9_315, 'return within 30 days': 899 },
  'index stays': { 'no return within 30 days': 2_919, 'return within 30 days': 179 },
  'returns of index stays': { planned: 21, unplanned: 158 },
  'cohorts of index stays': {
    'surgery/gynecology': 1_410,
    medicine: 831,
    cardiorespiratory: 439,
    cardiovascular: 278,
    neurology: 140,
  },
};

const sorted = (lines: readonly (readonly unknown[])[]): string[] => lines.map((line) => line.join(' | ')).sort();

describe.skipIf(whyNot !== '')(`DE-SynPUF samples 1 and 2 counted a second time${whyNot}`, () => {
  let root: string;
  let connection: DuckDBConnection;
  let counted: Counted;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'throughline-stays-'));
    const home = {
      landing: join(root, 'landing'),
      quarantine: join(root, 'quarantine'),
      scratch: join(root, 'scratch'),
    };
    for (const folder of Object.values(home)) mkdirSync(folder);
    connection = await warehouse({ data_through: textOf(THROUGH), period: '2010' });
    const request = { connection, home, runId: 'run-1', sources: SAMPLES, skip: [], format: undefined };
    await load({ ...request, progress: silent });
    await make(connection, 'mart.readmission');
    counted = await countAgain();
  });
  afterAll(() => {
    connection?.closeSync();
    rmSync(root, { recursive: true });
  });

  it('leave no record, claim, encounter or stay out of the account', () => {
    const account = accountOf(counted);
    const into = (stage: string) => Object.values(account[stage] ?? {}).reduce((all, one) => all + one, 0);
    expect(into('claims')).toBe(account.records?.claims);
    expect(into('encounters')).toBe(account.claims?.['open an encounter']);
    expect(into('short-term encounters')).toBe(account.encounters?.['short-term']);
    expect(into('stays')).toBe(account['short-term encounters']?.['open a stay']);
    expect(into('all stays')).toBe(into('stays'));
    expect(into('index stays')).toBe(account.stays?.index);
    expect(into('cohorts of index stays')).toBe(account.stays?.index);
    expect(into('returns of index stays')).toBe(account['index stays']?.['return within 30 days']);
    expect(account).toEqual(ACCOUNT);
  });

  it('have the encounters of core.encounter, each with the same claims: every claim is in one', async () => {
    const modelled = await rows(
      connection,
      `select encounter_type, start_date::varchar as first_day, end_date::varchar as last_day,
         string_agg(claim_id, ' ' order by claim_id) as claims
       from core.encounter left join ${CLAIMS} using (encounter_id)
       group by encounter_id, encounter_type, start_date, end_date`,
    );
    expect(sorted(modelled.map((row) => [row.encounter_type, row.first_day, row.last_day, row.claims]))).toEqual(
      sorted(
        counted.encounters.map((one) => [
          ...[TYPES[one.kind], textOf(one.start), textOf(one.end), idOf(numbersOf(one))],
        ]),
      ),
    );
  });

  it('have a stay for each encounter in another kind of hospital, and none for a swing bed', async () => {
    const modelled = await rows(
      connection,
      `select encounter_type, parts from mart.inpatient_stay where not is_short_term_acute`,
    );
    const others = counted.encounters.filter(({ kind }) => kind !== 'short-term' && kind !== 'swing bed');
    expect(sorted(modelled.map((row) => [row.encounter_type, row.parts]))).toEqual(
      sorted(others.map(({ kind }) => [TYPES[kind], 1])),
    );
  });

  it('have the stays of mart.readmission, each with the same claims, days, reason and return', async () => {
    const modelled = await rows(
      connection,
      `with stay as (
         select stay_id, string_agg(claim_id, ' ' order by claim_id) as claims
         from mart.inpatient_stay_part join ${CLAIMS} using (encounter_id) group by stay_id
       )
       select stay.claims, admit_date::varchar as admitted, discharge_date::varchar as discharged, exclusion, is_index,
         is_planned, specialty_cohort, back.claims as return_claims, days_to_readmission, is_readmission_30, is_unplanned_readmission_30
       from mart.readmission
       left join stay using (stay_id)
       left join stay as back on back.stay_id = readmission_stay_id`,
    );
    const chains = new Map(
      counted.chains.map(({ first, parts }) => [first.id, idOf(parts.flatMap(({ id }) => id.split(' ')))]),
    );
    const read = counted.stays.map((stay) => [
      ...[chains.get(stay.id), textOf(stay.admit), stay.discharge === null ? null : textOf(stay.discharge)],
      ...[
        stay.exclusion,
        stay.isIndex,
        stay.isPlanned,
        stay.cohort,
        stay.readmission && chains.get(stay.readmission),
        stay.days,
      ],
      ...[stay.isReadmission, stay.isUnplannedReadmission],
    ]);
    expect(sorted(modelled.map(Object.values))).toEqual(sorted(read));
  });
});
