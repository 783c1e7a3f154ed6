import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { parse as parseWhole } from 'csv-parse/sync';

/**
 * A second count of encounters, written from the promised rules and not from the SQL that it checks: plain loops over
 * the raw records, person by person. Days are texts such as 2024-03-01, '' where a record has none.
 */

/** One billed line. The dates of `claim*` and `admitted`/`discharged` are those of the whole claim. */
export interface ClaimLine {
  readonly person: string;
  readonly claim: string;
  readonly isInstitutional: boolean;
  readonly claimStart: string;
  readonly claimEnd: string;
  readonly admitted: string;
  readonly discharged: string;
  readonly day: string;
  readonly facility: string;
  /** Who gave the care: the tax number where one is billed, else the practitioner, else the facility. */
  readonly practice: string;
  readonly billType: string;
  readonly revenueCenter: string;
  readonly placeOfService: string;
  readonly hcpcs: string;
  readonly modifiers: readonly string[];
  readonly dischargeStatus: string;
}

/** What a clinical source says of one visit or stay. */
export interface Statement {
  readonly person: string;
  readonly type: string;
  readonly start: string;
  readonly end: string;
  readonly facility: string;
}

export interface Extract {
  readonly lines: readonly ClaimLine[];
  readonly statements: readonly Statement[];
}

export interface Encounter extends Statement {
  readonly source: 'claim' | 'ehr' | 'both';
  readonly lines: number;
}

/**
 * Where everything read went. `claims` counts each claim once for every encounter in which it has lines: those that
 * open the encounter, and those that join one, by the rule that joins them.
 */
export interface Recount {
  readonly encounters: readonly Encounter[];
  readonly claims: ReadonlyMap<string, number>;
  readonly statements: ReadonlyMap<string, number>;
}

type Row = Readonly<Record<string, string>>;

/** The records of a CSV file, in the columns named, else in all. */
async function* rowsOf(path: string, ...named: readonly string[]): AsyncGenerator<Row> {
  const columns = (header: string[]) =>
    header.map((name) => (named.length === 0 || named.includes(name) ? name : false));
  const bytes = createReadStream(path);
  yield* (path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).pipe(parse({ columns }));
}

export async function tuvaExtract(folder: string): Promise<Extract> {
  const lines: ClaimLine[] = [];
  for await (const row of rowsOf(join(folder, 'medical_claim_seed.csv'))) {
    const cell = (name: string) => row[name] ?? '';
    lines.push({
      person: cell('person_id'),
      claim: cell('claim_id'),
      isInstitutional: cell('claim_type') === 'institutional',
      claimStart: cell('claim_start_date'),
      claimEnd: cell('claim_end_date'),
      admitted: cell('admission_date'),
      discharged: cell('discharge_date'),
      day: cell('claim_line_start_date') || cell('claim_start_date'),
      facility: cell('facility_npi'),
      practice: cell('billing_tin') || cell('rendering_tin') || cell('rendering_npi') || cell('billing_npi'),
      billType: cell('bill_type_code'),
      revenueCenter: cell('revenue_center_code'),
      placeOfService: cell('place_of_service_code'),
      hcpcs: cell('hcpcs_code'),
      modifiers: [1, 2, 3, 4].map((at) => cell(`hcpcs_modifier_${at}`)),
      dischargeStatus: cell('discharge_disposition_code'),
    });
  }
  return { lines, statements: [] };
}

/** Synthea's encounter classes as the claims and the encounters that they stand for. */
const SYNTHEA: Readonly<Record<string, { type: string; bill?: string; revenue?: string; place?: string }>> = {
  ambulatory: { type: 'office visit', place: '11' },
  wellness: { type: 'office visit', place: '11' },
  virtual: { type: 'telehealth', place: '02' },
  urgentcare: { type: 'urgent care', place: '20' },
  outpatient: { type: 'outpatient', bill: '131' },
  emergency: { type: 'emergency department', bill: '131', revenue: '0450' },
  inpatient: { type: 'acute inpatient', bill: '111', revenue: '0120' },
  snf: { type: 'skilled nursing', bill: '211' },
  home: { type: 'home health', bill: '321' },
  hospice: { type: 'hospice', bill: '811' },
};
const DEATH_CERTIFICATION = '308646001';
const REMOTE_VISIT = '448337001';

/** Every charge bills the encounter that its claim names, except the charges for drugs ordered: those are fills. */
export async function syntheaExtract(folder: string): Promise<Extract> {
  const read = (name: string, columns: string) => rowsOf(join(folder, `${name}.csv.gz`), ...columns.split(' '));
  const dayOf = (moment = '') => moment.slice(0, 10);
  const encounters = new Map<string, Row>();
  const statements: Statement[] = [];
  for await (const row of read('encounters', 'Id START STOP PATIENT ORGANIZATION ENCOUNTERCLASS CODE')) {
    const { Id = '', PATIENT = '', ORGANIZATION = '', START, STOP, CODE, ENCOUNTERCLASS = '' } = row;
    encounters.set(Id, row);
    const ofClass = SYNTHEA[ENCOUNTERCLASS]?.type ?? 'other';
    const type = CODE === DEATH_CERTIFICATION ? 'other' : CODE === REMOTE_VISIT ? 'telehealth' : ofClass;
    statements.push({ person: PATIENT, type, start: dayOf(START), end: dayOf(STOP), facility: ORGANIZATION });
  }
  const billed = new Map<string, string>();
  for await (const { Id = '', APPOINTMENTID = '' } of read('claims', 'Id APPOINTMENTID')) billed.set(Id, APPOINTMENTID);
  const drugs = new Set<string>();
  for await (const { ENCOUNTER, PATIENT, CODE } of read('medications', 'ENCOUNTER PATIENT CODE'))
    drugs.add(`${ENCOUNTER}|${PATIENT}|${CODE}`);
  const charges: Row[] = [];
  const billing = 'CLAIMID TYPE PATIENTID APPOINTMENTID PROCEDURECODE PLACEOFSERVICE FROMDATE';
  for await (const row of read('claims_transactions', billing)) if (row.TYPE === 'CHARGE') charges.push(row);

  const lines: ClaimLine[] = [];
  for (const [claim, ofClaim] of grouped(charges, ({ CLAIMID = '' }) => CLAIMID)) {
    const isDrug = ofClaim.every((row) => drugs.has(`${row.APPOINTMENTID}|${row.PATIENTID}|${row.PROCEDURECODE}`));
    if (isDrug && ofClaim.length === 1) continue;
    const { START, STOP, CODE, ENCOUNTERCLASS = '' } = encounters.get(billed.get(claim) ?? '') ?? {};
    const { bill = '', revenue = '', place = '' } = SYNTHEA[ENCOUNTERCLASS] ?? {};
    const isBed = ENCOUNTERCLASS === 'inpatient' || ENCOUNTERCLASS === 'snf';
    const isRemote = CODE === REMOTE_VISIT && ENCOUNTERCLASS === 'ambulatory';
    for (const { PATIENTID = '', PLACEOFSERVICE = '', FROMDATE } of ofClaim) {
      lines.push({
        person: PATIENTID,
        claim,
        isInstitutional: bill !== '',
        claimStart: dayOf(START),
        claimEnd: dayOf(STOP),
        admitted: isBed ? dayOf(START) : '',
        discharged: isBed ? dayOf(STOP) : '',
        day: dayOf(isBed || ENCOUNTERCLASS === 'hospice' || isNextDay(START, FROMDATE) ? FROMDATE : START),
        facility: PLACEOFSERVICE,
        practice: PLACEOFSERVICE,
        billType: bill,
        revenueCenter: revenue,
        placeOfService: CODE === DEATH_CERTIFICATION ? '99' : isRemote ? '02' : place,
        hcpcs: '',
        modifiers: [],
        dischargeStatus: '',
      });
    }
  }
  return { lines, statements };
}

const CODE_LISTS = join(import.meta.dirname, '../../pipelines/value-sets');

/** What the lists service-*.csv say of a code, such as 'emergency' or 'room'. */
function serviceLists(): (codeSystem: string, code: string) => string {
  const rules = readdirSync(CODE_LISTS)
    .filter((name) => name.startsWith('service-'))
    .flatMap((name) => {
      const rows: Row[] = parseWhole(readFileSync(join(CODE_LISTS, name)), { columns: true, comment: '#' });
      return rows.map(({ code_system, code = '' }) => ({ service: name.slice(8, -4), code_system, code }));
    });
  const known = new Map<string, string>();
  return (codeSystem, code) => {
    const key = `${codeSystem} ${code}`;
    const rule = () =>
      rules.find(
        (one) =>
          one.code_system === codeSystem &&
          (one.code.endsWith('*') ? code.startsWith(one.code.slice(0, -1)) : code === one.code),
      );
    const service = known.get(key) ?? rule()?.service ?? '';
    known.set(key, service);
    return service;
  };
}
const serviceOf = serviceLists();

const HOSPITAL = ['acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'];
const EPISODE = ['skilled nursing', 'home health', 'hospice'];
const VISIT = ['office visit', 'telehealth', 'outpatient', 'urgent care', 'ambulatory surgery', 'dialysis'];
const isHospital = ({ type }: { type: string }) => HOSPITAL.includes(type);
const isStay = ({ type }: { type: string }) => isHospital({ type }) || EPISODE.includes(type) || type === 'observation';

/** Places of service at which a patient who is admitted or discharged that day had a visit of its own. */
const ELSEWHERE = 'home office telehealth urgent-care ambulatory-surgery dialysis skilled-nursing hospice'.split(' ');
const ANCILLARY = 'laboratory imaging drug equipment ambulance'.split(' ');

/** A facility's claim as a whole, or what opens a visit. */
interface Opening {
  readonly person: string;
  readonly type: string;
  readonly facility: string;
  readonly practice: string;
  readonly start: string;
  end: string;
  isEmergency: boolean;
  /** The next bill of the stay follows on without a gap. */
  isContinued: boolean;
}

interface Found extends Opening {
  isExamination: boolean;
  lines: number;
  /** Every claim with lines in it, and the rule that brought it here. */
  readonly claims: Map<string, string>;
  readonly statements: Statement[];
}

const OPENS = 'opens an encounter';
const SAME_STAY = 'another bill of the same stay';
const EMERGENCY_INSIDE = 'emergency visit on the day of an admission or within a stay';
const STAY_DAY = 'service on a day of a stay';
const SAME_DAY = 'same visit day';

export function recount({ lines, statements }: Extract): Recount {
  const linesOf = grouped(lines, ({ person }) => person);
  const statementsOf = grouped(statements, ({ person }) => person);
  const encounters: Encounter[] = [];
  const claims = new Map<string, number>();
  const told = new Map<string, number>();
  const tally = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const person of new Set([...linesOf.keys(), ...statementsOf.keys()])) {
    const found = fromClaims(linesOf.get(person) ?? []);
    for (const one of found) for (const rule of one.claims.values()) tally(claims, rule);
    encounters.push(...withStatements(found, statementsOf.get(person) ?? [], (what) => tally(told, what)));
  }
  return { encounters, claims, statements: told };
}

/** The encounters of one person according to claims. Every line belongs to one. */
function fromClaims(lines: readonly ClaimLine[]): Found[] {
  const institutional = lines.filter(({ isInstitutional }) => isInstitutional);
  const bills = [...grouped(institutional, ({ claim }) => claim).values()]
    .map((ofClaim) => ({ ...billOf(ofClaim), ofClaim }))
    .sort((a, b) => (a.start + a.end < b.start + b.end ? -1 : 1));
  const stays: Found[] = [];
  for (const bill of bills.filter(isStay)) {
    const stay = stays.find((one) => isSameStay(one, bill)) ?? opened(stays, bill);
    if (stay.end < bill.end) stay.end = bill.end;
    stay.isContinued = bill.isContinued;
    stay.isEmergency ||= bill.isEmergency;
    for (const line of bill.ofClaim) put(line, stay, SAME_STAY);
  }
  const hospital = stays.filter((stay) => isHospital(stay) || stay.type === 'observation');

  const visits: Found[] = [];
  const emergencies: Found[] = [];
  for (const bill of bills.filter(({ type }) => type === 'emergency department')) {
    const stay = hospital.find((one) => isPartOf(bill, one));
    const sameDay = emergencies.find(({ start }) => start === bill.start);
    const encounter = stay ?? sameDay ?? opened(emergencies, { ...bill, end: bill.start });
    encounter.isEmergency = true;
    for (const line of bill.ofClaim) put(line, encounter, stay ? EMERGENCY_INSIDE : SAME_DAY);
  }
  for (const { type, ofClaim } of bills.filter((one) => !isStay(one) && one.type !== 'emergency department')) {
    for (const line of ofClaim) {
      const stay = type === 'outpatient' ? stays.find((one) => isBilledInside(line, one)) : undefined;
      put(line, stay ?? visitOf(type, line, visits), stay ? STAY_DAY : SAME_DAY);
    }
  }
  const services = lines
    .filter(({ isInstitutional }) => !isInstitutional)
    .map((line) => ({ line, type: visitType(line), place: serviceOf('pos', line.placeOfService) }));
  const isEmergency = ({ type }: { type: string }) => type === 'emergency department';
  for (const { line } of services.filter(isEmergency)) {
    const emergency = emergencies.find(({ start }) => start === line.day);
    const stay = emergency ? undefined : stayOfEmergency(line, hospital);
    put(line, stay ?? visitOf('emergency department', line, emergencies), stay ? STAY_DAY : SAME_DAY);
  }
  for (const { line, type, place } of services.filter((service) => !isEmergency(service))) {
    const stay = stayOfDay(line, stays);
    const ride = place === 'ambulance' ? emergencies.find(({ start }) => start === line.day) : undefined;
    put(line, stay ?? ride ?? visitOf(type, line, visits), stay ? STAY_DAY : SAME_DAY);
  }
  return [...stays, ...emergencies, ...visits];
}

/** What a facility's claim bills as a whole. */
function billOf(lines: readonly ClaimLine[]): Opening {
  const services = lines.flatMap(({ revenueCenter, hcpcs }) => [
    serviceOf('revenue', revenueCenter),
    serviceOf('hcpcs', hcpcs),
  ]);
  const first = (cell: (line: ClaimLine) => string) => lines.map(cell).find((text) => text !== '') ?? '';
  const billType = first((line) => line.billType);
  const status = first((line) => line.dischargeStatus);
  const type = billedType(serviceOf('bill-type', billType), services);
  const isInterim = billType.endsWith('2') || billType.endsWith('3');
  return {
    person: first((line) => line.person),
    type,
    start: first((line) => line.admitted) || first((line) => line.claimStart),
    end: first((line) => line.discharged) || first((line) => line.claimEnd),
    facility: first((line) => line.facility),
    practice: '',
    isEmergency: services.includes('emergency'),
    isContinued: type === 'hospice' || type === 'home health' || (status === '' ? isInterim : status === '30'),
  };
}

/** A stay by its bill type, on a ward by its room; any other claim by the services on its lines. */
function billedType(bill: string, services: readonly string[]): string {
  if (bill === 'hospital-inpatient' && !services.includes('room')) {
    if (services.includes('psychiatric-room')) return 'inpatient psychiatric';
    if (services.includes('rehabilitation-room')) return 'inpatient rehabilitation';
  }
  if (bill === 'hospital-inpatient') return 'acute inpatient';
  if (bill === 'skilled-nursing') return 'skilled nursing';
  if (bill === 'home-health') return 'home health';
  if (bill === 'hospice') return 'hospice';
  if (services.includes('observation')) return 'observation';
  if (services.includes('emergency')) return 'emergency department';
  if (services.includes('urgent-care')) return 'urgent care';
  if (bill === 'ambulatory-surgery') return 'ambulatory surgery';
  if (bill === 'dialysis' || services.includes('dialysis')) return 'dialysis';
  return bill === 'laboratory' ? 'other' : 'outpatient';
}

/** Bills of one facility are one stay when they share a night or all their days, or when the next follows on. */
function isSameStay(stay: Found, bill: Opening): boolean {
  const sharesNight = bill.start < stay.end && stay.start < bill.end;
  const isEqual = bill.start === stay.start && bill.end === stay.end;
  const followsOn = stay.isContinued && bill.start <= dayAfter(stay.end);
  return stay.type === bill.type && stay.facility === bill.facility && (sharesNight || isEqual || followsOn);
}

/** An emergency visit of a patient who is admitted on a day of it, or who lies in hospital already. */
function isPartOf(emergency: { start: string; end: string }, stay: { start: string; end: string }): boolean {
  const isAdmitted = emergency.start <= stay.start && stay.start <= emergency.end;
  return isAdmitted || (stay.start < emergency.start && emergency.start < stay.end);
}

/** An outpatient bill of the hospital to which the patient is admitted that day, or in which it lies. */
function isBilledInside({ day, facility }: ClaimLine, stay: Found): boolean {
  return isHospital(stay) && stay.facility === facility && stay.start <= day && (day < stay.end || day === stay.start);
}

/** Emergency services on the day before an admission through the emergency department, or on the days of the stay. */
function stayOfEmergency({ day }: ClaimLine, hospital: readonly Found[]): Found | undefined {
  return (
    hospital.find((stay) => stay.isEmergency && dayAfter(day) === stay.start) ??
    hospital.find((stay) => stay.start <= day && day <= stay.end)
  );
}

/** Services on the days of a stay belong to it; on its first and last day a visit elsewhere stays a visit. */
function stayOfDay({ day, placeOfService }: ClaimLine, stays: readonly Found[]): Found | undefined {
  const place = serviceOf('pos', placeOfService);
  const hospital = stays.filter(isHospital);
  const within = hospital.find(({ start, end }) => start < day && day < end);
  const admitted = hospital.find(({ start }) => start === day && !ELSEWHERE.includes(place));
  const discharged = hospital.find(({ end }) => end === day && ['hospital-inpatient', 'ambulance'].includes(place));
  const atPlace: Readonly<Record<string, string>> = {
    'skilled-nursing': 'skilled nursing',
    hospice: 'hospice',
    'outpatient-hospital': 'observation',
    'hospital-inpatient': 'observation',
  };
  const present = stays.find(({ type, start, end }) => type === atPlace[place] && start <= day && day <= end);
  return within ?? admitted ?? discharged ?? present;
}

/** What kind of visit a professional line tells of. */
function visitType({ placeOfService, hcpcs, modifiers }: ClaimLine): string {
  const place = serviceOf('pos', placeOfService);
  const service = serviceOf('hcpcs', hcpcs);
  const isRemote = modifiers.some((modifier) => serviceOf('modifier', modifier) === 'telehealth');
  if (place === 'emergency' || service === 'emergency') return 'emergency department';
  if (place === 'telehealth' || service === 'telehealth' || isRemote) return 'telehealth';
  if (place === 'office') return 'office visit';
  if (place === 'urgent-care' || service === 'urgent-care') return 'urgent care';
  if (place === 'ambulatory-surgery') return 'ambulatory surgery';
  if (place === 'dialysis') return 'dialysis';
  return place === 'outpatient-hospital' ? 'outpatient' : 'other';
}

/**
 * The visit of the day. Offices are told apart by practice, facilities where both are known; of emergency visits and of
 * contacts without a visit a person has one a day.
 */
function visitOf(type: string, line: ClaimLine, visits: Found[]): Found {
  const isOffice = type === 'office visit' || type === 'telehealth';
  const isOneADay = type === 'emergency department' || type === 'other';
  const isSamePlace = (visit: Found) => {
    if (isOneADay) return true;
    if (isOffice) return visit.practice === line.practice;
    return visit.facility === line.facility || visit.facility === '' || line.facility === '';
  };
  const known = visits.find((visit) => visit.type === type && visit.start === line.day && isSamePlace(visit));
  const { person, facility, practice, day } = line;
  return (
    known ??
    opened(visits, { person, type, facility, practice, start: day, end: day, isEmergency: false, isContinued: false })
  );
}

function opened(list: Found[], opening: Opening): Found {
  const one: Found = { ...opening, isExamination: false, lines: 0, claims: new Map(), statements: [] };
  list.push(one);
  return one;
}

function put(line: ClaimLine, encounter: Found, rule: string): void {
  const service = serviceOf('hcpcs', line.hcpcs) || serviceOf('revenue', line.revenueCenter);
  encounter.isExamination ||= !ANCILLARY.includes(service || serviceOf('pos', line.placeOfService));
  encounter.lines += 1;
  if (!encounter.claims.has(line.claim)) encounter.claims.set(line.claim, encounter.claims.size === 0 ? OPENS : rule);
}

/** Adds what the clinical source says: the same visit or stay, the emergency visit before a stay, or one of its own. */
function withStatements(
  found: readonly Found[],
  statements: readonly Statement[],
  tell: (what: string) => void,
): Encounter[] {
  const unclaimed: Statement[] = [];
  for (const statement of statements) {
    const same = found.filter((one) => isSameEncounter(statement, one));
    const match = same.find(({ type }) => type === statement.type) ?? same[0];
    if (!match) unclaimed.push(statement);
    else {
      tell(match.statements.length === 0 ? 'first of an encounter with claims' : 'another of the same encounter');
      match.statements.push(statement);
    }
  }
  const stays = [...found, ...unclaimed].filter(isHospital);
  const own = unclaimed.filter((statement) => {
    const isBeforeStay = statement.type === 'emergency department' && stays.some((stay) => isPartOf(statement, stay));
    tell(isBeforeStay ? EMERGENCY_INSIDE : 'encounter without claims');
    return !isBeforeStay;
  });
  return [
    ...found.map(({ person, facility, lines, statements, ...claim }): Encounter => {
      const type = claim.type === 'office visit' && !claim.isExamination ? 'other' : claim.type;
      const starts = statements.map((one) => one.start).sort();
      const ends = statements.map((one) => one.end).sort();
      const start = starts[0] ?? claim.start;
      const end = ends.at(-1) ?? claim.end;
      return { person, type, start, end, facility, lines, source: statements.length > 0 ? 'both' : 'claim' };
    }),
    ...own.map((statement): Encounter => ({ ...statement, lines: 0, source: 'ehr' })),
  ];
}

/** Claims and a clinical source tell of the same: compatible type, one facility or one unknown, dates that fit. */
function isSameEncounter(statement: Statement, claim: Found): boolean {
  const both = (types: readonly string[]) => types.includes(statement.type) && types.includes(claim.type);
  const sharesNight = claim.start < statement.end && statement.start < claim.end;
  const sharesDay = claim.start <= statement.end && statement.start <= claim.end;
  const isSameDay = claim.start === statement.start;
  const fits =
    (both(HOSPITAL) && (sharesNight || isSameDay)) ||
    (EPISODE.includes(statement.type) && statement.type === claim.type && sharesDay) ||
    ((both(['emergency department', 'observation']) || both(VISIT) || both(['other'])) && isSameDay);
  return fits && (statement.facility === claim.facility || statement.facility === '' || claim.facility === '');
}

/** Whether the second moment comes a whole day or more after the first. */
const isNextDay = (first = '', second = ''): boolean => Date.parse(second) - Date.parse(first) >= 86_400_000;

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function grouped<One>(all: readonly One[], keyOf: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
