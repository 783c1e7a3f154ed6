import { join } from 'node:path';
import { admissionChance } from './admission.ts';
import { addMonths, type Day, iso, monthEnd, monthStart, yearOf } from './calendar.ts';
import { FOLLOW_UP_VISIT } from './clinical-facts.ts';
import { CsvFile } from './layout/csv.ts';
import { type Cents, isDelivered, type Plan, type Visit, type World } from './plan.ts';
import type { MeasurePart, Trap } from './traps.ts';
import { type MeasureTruth, measuresOf } from './truth-measures.ts';
import { type Episode, episodesOf } from './truth-stays.ts';

/** Columns of the truth. No extract has such headers, so that no reader takes the truth for data. */
export const TRUTH_COLUMNS = {
  person: [
    'person',
    'months_covered',
    'months_fee_for_service',
    'acute_stays',
    'acute_days',
    'emergency_days',
    'primary_care_days',
    'medical_paid',
    'pharmacy_paid',
    'conditions',
  ],
  stay: [
    'person',
    'ccn',
    'admitted',
    'discharged',
    'disposition',
    'principal',
    'parts',
    'cohort',
    'planned',
    'exclusions',
    'days_to_next',
    'next_planned',
    'is_unplanned_return',
    'seen_within_7',
    'seen_within_14',
  ],
  day: ['person', 'what', 'on'],
  measure: ['person', 'measure', 'period', 'exclusions', 'is_numerator'],
  risk: ['person', 'from', 'chance'],
  trap: ['person', 'rule', 'what', 'expected'],
} as const;

/** Days on which the extracts show a visit of this sort: in a claim paid by the delivery, or in the EHR feed. */
function daysOf(plan: Plan, world: World, isWanted: (visit: Visit) => boolean): readonly Day[] {
  const days = new Set<Day>();
  const add = (event: Plan['claims'][number]['event']): void => {
    if (!('admit' in event) && isWanted(event)) days.add(event.day);
  };
  for (const claim of plan.claims) if (isDelivered(claim, world)) add(claim.event);
  for (const { event } of plan.chart?.encounters ?? []) add(event);
  return [...days].sort((a, b) => a - b);
}

const dollars = (cents: Cents): string => (cents / 100).toFixed(2);

function monthsOf(plan: Plan, isWanted: (span: Plan['spans'][number]) => boolean): number {
  const months = new Set<Day>();
  for (const span of plan.spans.filter(isWanted)) {
    for (let month = monthStart(span.start); month <= span.end; month = addMonths(month, 1)) months.add(month);
  }
  return months.size;
}

const UNMEASURED: MeasurePart = 'not in the population';

/** What must be found about one person. */
export function factsOf(plan: Plan, world: World) {
  const { clinician } = plan.person;
  const episodes = episodesOf(plan, world);
  const measures = measuresOf(plan, world);
  const part = (wanted: MeasureTruth['measure']): MeasurePart => {
    const found = measures.find(({ measure, period }) => measure === wanted && period === yearOf(world.end) - 1);
    if (!found) return UNMEASURED;
    return found.exclusions.length > 0 ? 'excluded' : found.numerator ? 'in the numerator' : 'not in the numerator';
  };
  const isPrimary = ({ kind, practitioner }: Visit) =>
    practitioner === clinician && (kind === 'office visit' || kind === 'telehealth');
  const [first] = episodes;
  const emergencies = daysOf(plan, world, ({ kind }) => kind === 'emergency department');
  const primary = daysOf(plan, world, isPrimary);
  const followUps = daysOf(
    plan,
    world,
    ({ kind, services }) =>
      (kind === 'office visit' || kind === 'telehealth') && services.some(({ hcpcs }) => FOLLOW_UP_VISIT.has(hcpcs)),
  );
  const delivered = plan.claims.filter((claim) => isDelivered(claim, world));
  return {
    episodes,
    measures,
    emergencies,
    primary,
    followUps,
    months: monthsOf(plan, () => true),
    monthsFeeForService: monthsOf(plan, ({ coverage }) => coverage === 'fee for service'),
    stays: episodes.length,
    days: episodes.reduce((sum, { admit, discharge }) => sum + Math.max(1, discharge - admit), 0),
    indexStays: episodes.filter(({ exclusions }) => exclusions.length === 0).length,
    unplannedReturns: episodes.filter(isFollowedUnplanned).length,
    daysToNext: first?.next ? first.next.admit - first.discharge : ('none' as const),
    exclusions: first?.exclusions.join('; ') ?? '',
    seenWithin7: first ? seenWithin(world, plan, first, followUps, 7) : ('' as const),
    emergencyDays: emergencies.length,
    primaryCareDays: primary.length,
    CMS122: part('CMS122'),
    CMS125: part('CMS125'),
    CMS2: part('CMS2'),
    medicalPaid: delivered.reduce((sum, { lines }) => lines.reduce((all, { paid }) => all + paid, sum), 0),
    pharmacyPaid: plan.fills
      .filter(({ paid }) => paid <= world.end)
      .reduce((sum, { allowed, copayment }) => sum + allowed - copayment, 0),
  };
}

const isFollowedUnplanned = ({ exclusions, next }: Episode): boolean =>
  exclusions.length === 0 && next !== null && next.planned === '';

/** Whether a discharge home led to a visit from the next day to day `days`; blank where the discharge is left out. */
function seenWithin(
  world: World,
  plan: Plan,
  { last, discharge, next }: Episode,
  visits: readonly Day[],
  days: number,
): 0 | 1 | '' {
  const isHome = last.disposition === '01' || last.disposition === '06';
  const isFollowed = discharge + days <= world.end;
  const isAlive = plan.death === null || plan.death - discharge > days;
  const isBack = next !== null && next.admit - discharge <= days;
  const isCovered = [discharge, discharge + days].every((day) =>
    plan.spans.some((span) => monthStart(span.start) <= day && day <= monthEnd(span.end)),
  );
  if (!isHome || !isFollowed || !isAlive || isBack || !isCovered) return '';
  return visits.some((day) => day > discharge && day <= discharge + days) ? 1 : 0;
}

/** Writes what was planted, as told by the plan and not by the extracts: the pipeline is held to it. */
export class TruthFiles {
  readonly #world: World;
  readonly #files: Readonly<Record<keyof typeof TRUTH_COLUMNS, CsvFile>>;

  constructor(world: World, folder: string) {
    const open = (name: keyof typeof TRUTH_COLUMNS) => new CsvFile(join(folder, `${name}.csv`), TRUTH_COLUMNS[name]);
    this.#world = world;
    this.#files = {
      person: open('person'),
      stay: open('stay'),
      day: open('day'),
      measure: open('measure'),
      risk: open('risk'),
      trap: open('trap'),
    };
  }

  close(): void {
    for (const file of Object.values(this.#files)) file.close();
  }

  trap({ id, rule, expect }: Trap): void {
    for (const [what, expected] of Object.entries(expect)) this.#files.trap.row(id, rule, what, expected);
  }

  /** Of somebody drawn, not of a trap: the chance of an unplanned admission in the 12 months from each anniversary of the end. */
  risk({ person, onsets, death }: Plan): void {
    const world = this.#world;
    for (let day = addMonths(world.end + 1, -12); day > world.start; day = addMonths(day, -12)) {
      if (death !== null && death < day) continue;
      this.#files.risk.row(person.id, iso(day), admissionChance({ world, person, onsets }, day).toFixed(6));
    }
  }

  person(plan: Plan): void {
    const { id } = plan.person;
    const files = this.#files;
    const facts = factsOf(plan, this.#world);
    for (const episode of facts.episodes) {
      const { parts, admit, discharge, last, cohort, planned, exclusions, next } = episode;
      files.stay.row(
        id,
        last.facility.ccn,
        iso(admit),
        iso(discharge),
        last.disposition,
        last.principal,
        parts.length,
        cohort,
        planned,
        exclusions.join('; '),
        next ? next.admit - discharge : '',
        next?.planned ?? '',
        Number(isFollowedUnplanned(episode)),
        ...[7, 14].map((days) => seenWithin(this.#world, plan, episode, facts.followUps, days)),
      );
    }
    for (const day of facts.emergencies) files.day.row(id, 'emergency', iso(day));
    for (const day of facts.primary) files.day.row(id, 'primary care', iso(day));
    for (const { measure, period, exclusions, numerator } of facts.measures) {
      files.measure.row(id, measure, period, exclusions.join('; '), Number(numerator));
    }
    files.person.row(
      id,
      facts.months,
      facts.monthsFeeForService,
      facts.stays,
      facts.days,
      facts.emergencyDays,
      facts.primaryCareDays,
      dollars(facts.medicalPaid),
      dollars(facts.pharmacyPaid),
      [...plan.onsets].flatMap(([condition, onset]) => (onset <= this.#world.end ? [condition] : [])).join('; '),
    );
  }
}
