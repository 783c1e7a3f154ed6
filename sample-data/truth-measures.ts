import { type Day, dayOf, yearOf } from './calendar.ts';
import {
  ADVANCED_ILLNESS,
  DEMENTIA_MEDICINES,
  FRAILTY,
  MAMMOGRAM,
  QUALIFYING_VISIT,
  youngestScreened,
} from './clinical-facts.ts';
import { isDelivered, type Plan, type World } from './plan.ts';
import { deliveredStays } from './truth-stays.ts';

export interface MeasureTruth {
  readonly measure: 'CMS122' | 'CMS125';
  readonly period: number;
  readonly initialPopulation: boolean;
  readonly exclusions: readonly string[];
  readonly numerator: boolean;
}

interface Evidence {
  readonly code: string;
  readonly from: Day;
  readonly to: Day;
}

interface Year {
  readonly year: number;
  readonly start: Day;
  /** The last day of the year, or of the data. */
  readonly end: Day;
}

/** Codes that the delivered extracts hold: services with their day, diagnoses with the time for which they are stated. */
function evidenceOf(
  plan: Plan,
  world: World,
): { readonly services: readonly Evidence[]; readonly diagnoses: readonly Evidence[] } {
  const services: Evidence[] = [];
  const diagnoses: Evidence[] = [];
  for (const claim of plan.claims) {
    if (!isDelivered(claim, world)) continue;
    for (const { code } of claim.diagnoses) diagnoses.push({ code, from: claim.start, to: claim.end });
    for (const { hcpcs, start } of claim.lines) services.push({ code: hcpcs, from: start, to: start });
  }
  for (const { event } of plan.chart?.encounters ?? []) {
    if ('admit' in event) {
      for (const { code } of event.diagnoses) diagnoses.push({ code, from: event.admit, to: event.admit });
    } else {
      for (const code of event.diagnoses) diagnoses.push({ code, from: event.day, to: event.day });
      for (const { hcpcs, day, isProfessional } of event.services) {
        if (isProfessional) services.push({ code: hcpcs, from: day, to: day });
      }
      const isVisit = event.kind === 'office visit' || event.kind === 'telehealth';
      if (isVisit) services.push({ code: '99213', from: event.day, to: event.day });
    }
  }
  for (const { code, onset } of plan.chart?.problems ?? []) {
    diagnoses.push({ code, from: onset, to: Number.POSITIVE_INFINITY });
  }
  for (const { code, day } of plan.chart?.observations ?? []) services.push({ code, from: day, to: day });
  return { services, diagnoses };
}

const within = ({ from, to }: Evidence, start: Day, end: Day): boolean => from <= end && to >= start;

function exclusionsOf(
  plan: Plan,
  world: World,
  { year, start, end }: Year,
  services: readonly Evidence[],
  diagnoses: readonly Evidence[],
): readonly string[] {
  const reasons: string[] = [];
  const stays = deliveredStays(plan, world);
  const inHospice =
    plan.spans.some((span) => span.isHospice && span.start <= end && span.end >= start) ||
    stays.some(({ kind, admit, discharge }) => kind === 'hospice' && admit <= end && discharge >= start) ||
    stays.some(({ disposition, discharge }) => /^5[01]$/.test(disposition) && discharge >= start && discharge <= end);
  if (inHospice) reasons.push('hospice care');
  if (diagnoses.some((each) => each.code === 'Z515' && within(each, start, end))) reasons.push('palliative care');
  if (year - yearOf(plan.person.birth) < 66) return reasons;

  const nursingDays = plan.claims
    .filter((claim) => isDelivered(claim, world) && 'admit' in claim.event && claim.event.kind === 'skilled nursing')
    .reduce((days, claim) => days + Math.max(0, Math.min(claim.end, end) - Math.max(claim.start, start)), 0);
  const visits = plan.claims
    .filter((claim) => isDelivered(claim, world) && claim.place === '32' && claim.start >= start && claim.start <= end)
    .map((claim) => claim.start);
  const livesInNursingHome =
    plan.spans.some((span) => span.isInstitutional && span.start <= end && span.end >= start) ||
    plan.chart?.observations.some(({ code, day }) => code === '71802-3' && day <= end) ||
    nursingDays >= 100 ||
    (visits.length > 0 && Math.max(...visits) - Math.min(...visits) >= 100);
  if (livesInNursingHome) reasons.push('lives in a nursing home');

  const yearBefore = dayOf(year - 1, 1, 1);
  const isFrail = [...services, ...diagnoses].some((each) => FRAILTY.has(each.code) && within(each, start, end));
  const isIll =
    diagnoses.some(({ code, from }) => ADVANCED_ILLNESS.has(code) && from >= yearBefore && from <= end) ||
    plan.chart?.orders.some(
      ({ rxnorm, day, daysSupply }) => DEMENTIA_MEDICINES.has(rxnorm) && day <= end && day + daysSupply > yearBefore,
    );
  if (isFrail && isIll) reasons.push('frailty and advanced illness');
  return reasons;
}

/** Above 9 %, unknown, or not tested: judged by the last day with a test, and by the lowest value of that day. */
function isGlycemiaPoor(plan: Plan, { start, end }: Year, services: readonly Evidence[]): boolean {
  const tests: { readonly day: Day; readonly value: number | null }[] = [];
  for (const { loinc, day, value, unit } of plan.chart?.results ?? []) {
    if (loinc === '4548-4') tests.push({ day, value: unit === '%' ? Number(value) : null });
  }
  const reported: Readonly<Record<string, number | null>> = {
    '83036': null,
    '3044F': 6.5,
    '3051F': 7.5,
    '3052F': 8.5,
    '3046F': 9.5,
  };
  for (const { code, from } of services) {
    const value = reported[code];
    if (value !== undefined) tests.push({ day: from, value });
  }
  const inYear = tests.filter(({ day }) => day >= start && day <= end);
  const lastDay = Math.max(...inYear.map(({ day }) => day));
  const values = inYear.flatMap(({ day, value }) => (day === lastDay && value !== null ? [value] : []));
  return values.length === 0 || Math.min(...values) > 9;
}

/** What each quality measure says about the person, for the calendar year of the delivery and the year before. */
export function measuresOf(plan: Plan, world: World): readonly MeasureTruth[] {
  const { services, diagnoses } = evidenceOf(plan, world);
  const current = yearOf(world.end);
  return [current - 1, current].flatMap((year): MeasureTruth[] => {
    const period = { year, start: dayOf(year, 1, 1), end: Math.min(dayOf(year, 12, 31), world.end) };
    const { start, end } = period;
    const ageAtEnd = year - yearOf(plan.person.birth);
    const hasVisit = services.some((each) => QUALIFYING_VISIT.has(each.code) && within(each, start, end));
    const isDiabetic = diagnoses.some((each) => /^E1[013]/.test(each.code) && within(each, start, end));
    const glycemia = hasVisit && isDiabetic && ageAtEnd >= 18 && ageAtEnd <= 75;
    const breast = hasVisit && plan.person.sex === 'female' && ageAtEnd >= youngestScreened(year) && ageAtEnd <= 74;
    const exclusions = glycemia || breast ? exclusionsOf(plan, world, period, services, diagnoses) : [];

    const said = (code: string) => diagnoses.some((each) => each.code === code && each.from <= end);
    const bothRemoved = said('Z9013') || (said('Z9011') && said('Z9012'));
    const breastExclusions = bothRemoved ? [...exclusions, 'both breasts removed'] : exclusions;
    const lookBack = dayOf(year - 2, 10, 1);
    const isScreened = services.some((each) => MAMMOGRAM.has(each.code) && within(each, lookBack, end));
    const truth = (
      measure: MeasureTruth['measure'],
      initialPopulation: boolean,
      reasons: readonly string[],
      met: boolean,
    ) => ({
      measure,
      period: year,
      initialPopulation,
      exclusions: initialPopulation ? reasons : [],
      numerator: initialPopulation && reasons.length === 0 && met,
    });
    return [
      truth('CMS122', glycemia, exclusions, glycemia && isGlycemiaPoor(plan, period, services)),
      truth('CMS125', breast, breastExclusions, breast && isScreened),
    ].filter((each) => each.initialPopulation);
  });
}
