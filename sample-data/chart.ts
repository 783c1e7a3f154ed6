import { type Day, workday } from './calendar.ts';
import { chronicCodes, has, type Onsets } from './conditions.ts';
import { resultsOf } from './laboratory.ts';
import type { Practitioner } from './network.ts';
import type { Person } from './people.ts';
import type {
  Chart,
  ChartAppointment,
  ChartEncounter,
  ChartImmunization,
  ChartObservation,
  ChartOrder,
  ChartResult,
  Fill,
  Stay,
  Visit,
  World,
} from './plan.ts';
import type { Random } from './random.ts';

const CHARTED: ReadonlySet<Visit['kind']> = new Set([
  'office visit',
  'telehealth',
  'nursing home visit',
  'emergency department',
  'observation',
]);

/** SNOMED CT number of the kinds of encounter that the EHR names by it. */
const KIND: Readonly<Partial<Record<(Stay | Visit)['kind'], string>>> = {
  'acute inpatient': '32485007',
  'inpatient psychiatric': '32485007',
  'emergency department': '4525004',
  observation: '448951000124107',
};

/** What the EHR calls an encounter: a kind by its number, any other by the first service of the practitioner. */
export function codeOf(event: Stay | Visit): { readonly system: 'snomed' | 'hcpcs'; readonly code: string } | null {
  const kind = KIND[event.kind];
  if (kind !== undefined) return { system: 'snomed', code: kind };
  const service = 'admit' in event ? undefined : event.services.find(({ isProfessional }) => isProfessional);
  return service ? { system: 'hcpcs', code: service.hcpcs } : null;
}

/** SNOMED CT answer to the housing question: lives in a nursing home. */
const LIVES_IN_NURSING_HOME = '160734000';

/** What the EHR feed holds of a person: care by practices and hospitals that send their records, up to the day of delivery. */
export function drawChart(
  random: Random,
  world: World,
  person: Person,
  onsets: Onsets,
  life: {
    readonly stays: readonly Stay[];
    readonly visits: readonly Visit[];
    readonly fills: readonly Fill[];
    readonly institution: Day | null;
    readonly until: Day;
  },
): Chart {
  let last = 0;
  const id = (kind: string): string => `${kind}${person.id}-${++last}`;
  const encounters: ChartEncounter[] = [];
  const results: ChartResult[] = [];
  const observations: ChartObservation[] = [];
  const immunizations: ChartImmunization[] = [];
  const appointments: ChartAppointment[] = [];
  const byDay = new Map<Day, string>();
  const observe = (
    encounterId: string,
    day: Day,
    code: string,
    value: string,
    unit: string,
    type: ChartObservation['type'] = 'vital-signs',
  ) => observations.push({ id: id('O'), encounterId, day, type, codeSystem: 'loinc', code, value, unit });

  for (const stay of life.stays) {
    const isSent = stay.facility.hasFeed && (stay.kind === 'acute inpatient' || stay.kind === 'inpatient psychiatric');
    if (isSent && stay.discharge <= world.end) encounters.push({ id: id('E'), event: stay });
  }
  for (const visit of life.visits) {
    const isSent = CHARTED.has(visit.kind) && (visit.facility ?? visit.practitioner)?.hasFeed;
    if (!isSent || visit.end > world.end) continue;
    const encounter = { id: id('E'), event: visit };
    encounters.push(encounter);
    byDay.set(visit.day, encounter.id);
    if (visit.practitioner !== person.clinician || visit.kind === 'nursing home visit') continue;
    appointments.push(appointment(random, id('A'), encounter.id, visit.day, 'fulfilled', person.clinician));
    if (visit.kind !== 'office visit') continue;
    const { control, vessels } = person.constitution;
    const isHypertensive = has(onsets, 'hypertension', visit.day);
    const systolic = (isHypertensive ? 134 : 124) - 5 * control + 10 * random.normal();
    observe(encounter.id, visit.day, '8480-6', systolic.toFixed(0), 'mm[Hg]');
    observe(encounter.id, visit.day, '8462-4', (systolic * 0.42 + 20 + 5 * random.normal()).toFixed(0), 'mm[Hg]');
    const mass = (has(onsets, 'obesity', visit.day) ? 33.5 : 26) + 2 * vessels + random.normal() * 0.4;
    observe(encounter.id, visit.day, '8867-4', (74 + 9 * random.normal()).toFixed(0), '/min');
    observe(encounter.id, visit.day, '39156-5', Math.max(16, mass).toFixed(1), 'kg/m2');
    if (random.chance(0.2)) {
      const score = random.count(has(onsets, 'depression', visit.day) ? 6.5 : 1.6);
      observe(encounter.id, visit.day, '44261-6', String(Math.min(27, score)), '{score}', 'survey');
    }
  }
  for (const visit of life.visits) {
    if (visit.day > world.end) continue;
    for (const { hcpcs, isProfessional } of visit.services) {
      const encounterId = byDay.get(visit.day) ?? '';
      const isOwn = visit.kind === 'laboratory' && encounterId !== '' && random.chance(0.95);
      if (isOwn) {
        for (const measured of resultsOf(world, person, onsets, visit.day, hcpcs)) {
          results.push({ id: id('L'), encounterId, day: visit.day, ...measured, orderedBy: person.clinician });
        }
      }
      if (hcpcs === '77067' && !isProfessional && visit.facility?.hasFeed && random.chance(0.6)) {
        observe('', visit.day, '24606-6', 'negative', '', 'imaging');
      }
      const cvx = { '90662': '197', '90677': '216' }[hcpcs];
      if (cvx !== undefined) {
        const practitioner = person.clinician;
        immunizations.push({ id: id('I'), encounterId, day: visit.day, cvx, status: 'completed', practitioner });
      }
    }
  }
  if (life.institution !== null && life.institution <= life.until) {
    observe('', Math.max(life.institution, world.start), '71802-3', LIVES_IN_NURSING_HOME, '', 'social-history');
  }
  for (const { day } of appointments.filter(() => random.chance(0.07))) {
    appointments.push(
      appointment(
        random,
        id('A'),
        '',
        workday(day - random.whole(7, 21)),
        random.chance(0.6) ? 'noshow' : 'cancelled',
        person.clinician,
      ),
    );
  }
  if (life.until === world.end && appointments.length > 0 && random.chance(0.6)) {
    appointments.push(
      appointment(random, id('A'), '', workday(world.end + random.whole(2, 80)), 'booked', person.clinician),
    );
  }

  const problems = chronicCodes(onsets, Math.min(life.until, world.end), person.constitution).map((code) => ({
    id: id('P'),
    code,
    onset: Math.min(life.until, Math.max(person.birth + 7_000, earliest(onsets, code) ?? world.start)),
    recorded: Math.min(life.until, Math.max(world.start, earliest(onsets, code) ?? world.start)),
  }));
  return {
    patientId: person.patientId,
    duplicateId: random.chance(0.006) ? `${person.patientId}-2` : null,
    practice: person.practice,
    encounters,
    problems,
    results,
    observations,
    orders: drawOrders(id, life.fills, byDay, person.clinician),
    immunizations,
    appointments,
  };
}

function earliest(onsets: Onsets, code: string): Day | undefined {
  const family: readonly (readonly [RegExp, Parameters<Onsets['get']>[0]])[] = [
    [/^E11/, 'diabetes'],
    [/^I1[0-3]/, 'hypertension'],
    [/^I50/, 'heart-failure'],
    [/^N18|^Z992/, 'chronic-kidney-disease'],
    [/^I25/, 'ischemic-heart-disease'],
    [/^J4[34]/, 'copd'],
    [/^C50|^Z853/, 'breast-cancer'],
    [/^F03|^G30/, 'dementia'],
  ];
  const found = family.find(([pattern]) => pattern.test(code));
  return found && onsets.get(found[1]);
}

const appointment = (
  random: Random,
  id: string,
  encounterId: string,
  day: Day,
  status: ChartAppointment['status'],
  practitioner: Practitioner,
): ChartAppointment => ({ id, encounterId, day, at: 480 + 15 * random.whole(0, 32), status, practitioner });

/** One order for every medicine and year in which it was filled. */
function drawOrders(
  id: (kind: string) => string,
  fills: readonly Fill[],
  byDay: ReadonlyMap<Day, string>,
  prescriber: Practitioner,
): readonly ChartOrder[] {
  const lastOrder = new Map<string, Day>();
  const orders: ChartOrder[] = [];
  for (const fill of fills) {
    if (fill.day - (lastOrder.get(fill.rxnorm) ?? Number.NEGATIVE_INFINITY) < 360) continue;
    lastOrder.set(fill.rxnorm, fill.day);
    const { day, rxnorm, drug, ndc, quantity, daysSupply } = fill;
    orders.push({
      id: id('M'),
      encounterId: byDay.get(day) ?? '',
      day,
      rxnorm,
      drug,
      ndc,
      quantity,
      daysSupply,
      prescriber,
    });
  }
  return orders;
}
