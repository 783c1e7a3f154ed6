import { Billing } from './billing.ts';
import { type Day, dayOf, monthEnd, parseDay, yearOf } from './calendar.ts';
import { isFeeForService } from './coverage.ts';
import { performed, provided } from './diary.ts';
import { facilityOf, PRACTICES, type SpecialtyName, specialistsOf } from './network.ts';
import { beneficiaryId, drawPerson, type Person } from './people.ts';
import type { Chart, Claim, Plan, Span, Stay, Visit, World } from './plan.ts';
import { Random } from './random.ts';

/** Which extracts show an event. */
export type SeenIn = 'claims' | 'chart' | 'both';

export interface Shown {
  readonly event: Stay | Visit;
  readonly seenIn: SeenIn;
  /** How its claims ended. */
  readonly status: Claim['status'];
}

/** A person written down by hand, to show one rule. */
export interface Sketch {
  readonly id: string;
  readonly birth: string;
  readonly sex: 'female' | 'male';
  readonly death?: string;
  /** The dates of the events only matter to one another: they are moved, so that no month holds too many sketches. */
  readonly moves?: boolean;
  /** Fee for service from the start to the end of the data unless given. */
  readonly coverage?: readonly (readonly [from: string, to: string, coverage: Span['coverage']])[];
  readonly isInstitutional?: boolean;
  /** From this day on a new member identifier is in use. */
  readonly newMemberIdFrom?: string;
  readonly hasDuplicateRecord?: boolean;
  readonly events?: readonly Shown[];
  /** Laboratory results of the EHR. */
  readonly results?: readonly (readonly [loinc: string, day: string, value: string, unit: string])[];
  readonly observations?: readonly (readonly [code: string, day: string, value: string])[];
}

type Shows = Partial<Pick<Shown, 'seenIn' | 'status'>>;

const shown = (event: Stay | Visit, { seenIn = 'claims', status = 'paid' }: Shows): Shown => ({
  event,
  seenIn,
  status,
});

/** Prices follow from the day alone, so that a sketch is the same however often it is drawn. */
const draws = (day: Day): Random => new Random(day);

const POST_ACUTE: Readonly<Record<string, Stay['kind']>> = {
  'skilled nursing': 'skilled nursing',
  'swing bed': 'skilled nursing',
  psychiatric: 'inpatient psychiatric',
  'psychiatric unit': 'inpatient psychiatric',
  rehabilitation: 'inpatient rehabilitation',
  'long term care': 'long term care hospital',
};

/** A stay, of the kind that its facility gives, for pneumonia unless told otherwise. */
export function stay(ccn: string, admit: string, discharge: string, more: Partial<Stay> & Shows = {}): Shown {
  const { seenIn, status, ...details } = more;
  const facility = facilityOf(ccn);
  const principal = details.principal ?? 'J189';
  const event: Stay = {
    kind: POST_ACUTE[facility.kind] ?? 'acute inpatient',
    facility,
    admit: parseDay(admit),
    discharge: parseDay(discharge),
    disposition: '01',
    source: '1',
    type: '1',
    throughEmergency: false,
    drg: facility.kind === 'skilled nursing' || facility.kind === 'swing bed' ? '' : '194',
    principal,
    diagnoses: [{ code: principal, poa: 'Y' }],
    procedures: [],
    surgeon: null,
    allowed: 1_200_000,
    billedEvery: null,
    ...details,
  };
  return shown(event, { ...(seenIn && { seenIn }), ...(status && { status }) });
}

const visit = (kind: Visit['kind'], day: Day, more: Partial<Visit>): Visit => ({
  kind,
  day,
  end: day,
  facility: null,
  practitioner: null,
  diagnoses: ['Z0000'],
  services: [],
  disposition: '',
  ...more,
});

/** A visit to the own practice. */
export function office(
  on: string,
  more: { readonly codes?: readonly string[]; readonly hcpcs?: readonly string[] } & Shows = {},
): Shown {
  const day = parseDay(on);
  const services = (more.hcpcs ?? ['99213']).map((code) => performed(draws(day), day, code));
  const practitioner = ownClinician();
  return shown(visit('office visit', day, { practitioner, diagnoses: more.codes ?? ['Z0000'], services }), more);
}

export function telehealth(on: string, more: Shows = {}): Shown {
  const day = parseDay(on);
  const services = [performed(draws(day), day, '99213', '95')];
  return shown(visit('telehealth', day, { practitioner: ownClinician(), services }), more);
}

export function emergency(ccn: string, on: string, more: Shows = {}): Shown {
  const day = parseDay(on);
  return shown(
    visit('emergency department', day, {
      facility: facilityOf(ccn),
      practitioner: first('emergency medicine'),
      diagnoses: ['R079'],
      disposition: '01',
      services: [provided(draws(day), day, '0450', '99284'), performed(draws(day), day, '99284')],
    }),
    more,
  );
}

export function observation(ccn: string, on: string, until: string, more: Shows = {}): Shown {
  const day = parseDay(on);
  return shown(
    visit('observation', day, {
      end: parseDay(until),
      facility: facilityOf(ccn),
      practitioner: first('emergency medicine'),
      diagnoses: ['R079'],
      disposition: '01',
      services: [
        provided(draws(day), day, '0450', '99285'),
        provided(draws(day), day, '0762', 'G0378', 20),
        performed(draws(day), day, '99285'),
      ],
    }),
    more,
  );
}

export function mammogram(on: string, more: Shows = {}): Shown {
  const day = parseDay(on);
  return shown(
    visit('outpatient', day, {
      facility: facilityOf('360851'),
      practitioner: first('radiology'),
      diagnoses: ['Z1231'],
      disposition: '01',
      services: [provided(draws(day), day, '0403', '77067'), performed(draws(day), day, '77067', '26')],
    }),
    more,
  );
}

/** Tests billed by a laboratory, without a value. */
export function laboratory(on: string, hcpcs: readonly string[], more: Shows = {}): Shown {
  const day = parseDay(on);
  const services = hcpcs.map((code) => performed(draws(day), day, code));
  return shown(visit('laboratory', day, { practitioner: first('clinical laboratory'), services }), more);
}

/** Equipment for the home, such as a walker. */
export function equipment(on: string, hcpcs: string, more: Shows = {}): Shown {
  const day = parseDay(on);
  return shown(
    visit('equipment', day, { practitioner: first('medical supply'), services: [performed(draws(day), day, hcpcs)] }),
    more,
  );
}

/** Hospice care at home to the end of the data or of life. */
export const hospice = (admit: string, discharge: string): Shown =>
  stay('361598', admit, discharge, { kind: 'hospice', drg: '', principal: 'I509', billedEvery: 30, disposition: '30' });

const first = (name: SpecialtyName) => {
  const [found] = specialistsOf(name);
  if (!found) throw new Error(`nobody works in ${name}`);
  return found;
};

const ownPractice = () => {
  const [practice] = PRACTICES;
  if (!practice) throw new Error('no practices');
  return practice;
};

const ownClinician = () => {
  const [clinician] = ownPractice().clinicians;
  if (!clinician) throw new Error('a practice without clinicians');
  return clinician;
};

const FIRST_NUMBER = 30_000_000;

/** The plan of a sketched person; `at` is its place among the sketches and gives the member identifier. */
export function planOf(world: World, sketch: Sketch, at: number): Plan {
  const number = FIRST_NUMBER + at;
  const events = (sketch.events ?? []).map((each) => moved(each, sketch.moves ? 5 * at : 0));
  const hasChart = events.some(({ seenIn }) => seenIn !== 'claims') || Boolean(sketch.results ?? sketch.observations);
  const person: Person = {
    ...drawPerson(world, number),
    id: sketch.id,
    memberId: beneficiaryId(number),
    former: sketch.newMemberIdFrom
      ? { memberId: beneficiaryId(number + 40_000_000), until: parseDay(sketch.newMemberIdFrom) - 1 }
      : null,
    birth: parseDay(sketch.birth),
    sex: sketch.sex,
    entitlement: world.end - parseDay(sketch.birth) < 65 * 365 ? '1' : '0',
    dual: '00',
    practice: ownPractice(),
    clinician: ownClinician(),
    hasChart,
  };
  const death = sketch.death ? parseDay(sketch.death) : null;
  const paid = bill(world, number, person, events);
  const inChart = events.filter(({ seenIn }) => seenIn !== 'claims').map(({ event }) => event);
  return {
    person,
    onsets: new Map(),
    spans: spansOf(world, sketch, person, death),
    death,
    stays: events.flatMap(({ event }) => ('admit' in event ? [event] : [])),
    visits: events.flatMap(({ event }) => ('admit' in event ? [] : [event])),
    fills: [],
    claims: paid,
    chart: hasChart ? chartOf(sketch, person, inChart) : null,
  };
}

const moved = (shown: Shown, days: number): Shown => ({
  ...shown,
  event:
    'admit' in shown.event
      ? {
          ...shown.event,
          admit: shown.event.admit + days,
          discharge: shown.event.discharge + days,
          procedures: shown.event.procedures.map(({ code, day }) => ({ code, day: day + days })),
        }
      : {
          ...shown.event,
          day: shown.event.day + days,
          end: shown.event.end + days,
          services: shown.event.services.map((service) => ({ ...service, day: service.day + days })),
        },
});

/** Every claim is decided upon in time for the delivery. */
function bill(world: World, number: number, person: Person, events: readonly Shown[]): readonly Claim[] {
  const claims: Claim[] = [];
  const billing = new Billing(new Random(world.seed, number, 11), person);
  for (const { event, seenIn, status } of events) {
    if (seenIn === 'chart') continue;
    const from = billing.claims.length;
    if ('admit' in event) billing.stays([event]);
    else billing.visit(event);
    const written = billing.claims.slice(from).filter((claim) => claim.status === 'paid');
    claims.push(...written.map((claim) => ({ ...claim, status, paid: Math.min(claim.paid, world.end) })));
  }
  return claims;
}

function spansOf(world: World, sketch: Sketch, person: Person, death: Day | null): readonly Span[] {
  const start = Math.min(world.start, dayOf(yearOf(world.end) - 3, 10, 1));
  const last = monthEnd(world.end);
  const covered = sketch.coverage?.map(([from, to, coverage]) => ({
    start: parseDay(from),
    end: parseDay(to),
    coverage,
  }));
  const change = person.former ? person.former.until + 1 : null;
  const isIn = (day: Day) => isFeeForService(covered ?? [{ start, end: last, coverage: 'fee for service' }], day);
  const whole = covered ?? [{ start, end: last, coverage: 'fee for service' as const }];
  return whole
    .flatMap((span) =>
      change !== null && isIn(change) && span.start < change && change <= span.end
        ? [
            { ...span, end: change - 1 },
            { ...span, start: change },
          ]
        : [span],
    )
    .map((span) => ({
      ...span,
      end: Math.min(span.end, death ?? span.end),
      dual: '00',
      medicareStatus: person.entitlement === '1' ? '20' : '10',
      isHospice: false,
      isInstitutional: sketch.isInstitutional ?? false,
    }));
}

const OBSERVED_AS: Readonly<Record<string, 'social-history' | 'survey'>> = {
  '71802-3': 'social-history',
  '73832-8': 'survey',
};

function chartOf(sketch: Sketch, person: Person, events: readonly (Stay | Visit)[]): Chart {
  let last = 0;
  const id = (kind: string): string => `${kind}${person.id}-${++last}`;
  return {
    patientId: person.patientId,
    duplicateId: sketch.hasDuplicateRecord ? `${person.patientId}-2` : null,
    practice: person.practice,
    encounters: events.map((event) => ({ id: id('E'), event })),
    problems: [],
    results: (sketch.results ?? []).map(([loinc, on, value, unit]) => ({
      id: id('L'),
      encounterId: '',
      day: parseDay(on),
      loinc,
      value,
      unit,
      orderedBy: person.clinician,
    })),
    observations: (sketch.observations ?? []).map(([code, on, value]) => ({
      id: id('O'),
      encounterId: '',
      day: parseDay(on),
      type: OBSERVED_AS[code] ?? 'imaging',
      codeSystem: 'loinc',
      code,
      value,
      unit: '',
    })),
    orders: [],
    immunizations: [],
    appointments: [],
  };
}
