import { ageOn, type Day, dayOf, yearOf } from './calendar.ts';
import { codeOf } from './chart.ts';
import {
  ADVANCED_ILLNESS,
  ANTIDEPRESSANTS,
  CERVICAL_VISIT,
  DEMENTIA_MEDICINES,
  DEPRESSION_FOLLOW_UP,
  DEPRESSION_SCREEN,
  DEPRESSION_VISIT,
  FALLS_SCREEN,
  FALLS_VISIT,
  FRAILTY,
  HPV_TEST,
  MAMMOGRAM,
  PAP_TEST,
  QUALIFYING_VISIT,
  TOBACCO_SCREEN,
  TOBACCO_VISIT,
  WELLNESS_VISIT,
  youngestScreened,
} from './clinical-facts.ts';
import { isDelivered, type Plan, type World } from './plan.ts';
import { deliveredStays } from './truth-stays.ts';

/** Of a measure with several rates the first. */
export const MEASURES = ['CMS122', 'CMS125', 'CMS2', 'CMS124', 'CMS138', 'CMS139'] as const;

export interface MeasureTruth {
  readonly measure: (typeof MEASURES)[number];
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

/** A billed service or an encounter of the EHR; those of one day and one practice are one visit. */
interface Contact extends Evidence {
  readonly visit: string;
}

interface Diagnosed extends Evidence {
  readonly told: 'on a claim' | 'at a visit' | 'as a problem';
}

interface Told {
  readonly services: readonly Evidence[];
  readonly contacts: readonly Contact[];
  readonly diagnoses: readonly Diagnosed[];
}

/** Codes that the delivered extracts hold: services with their day, diagnoses with the time for which they are stated. */
function evidenceOf(plan: Plan, world: World): Told {
  const services: Evidence[] = [];
  const contacts: Contact[] = [];
  const diagnoses: Diagnosed[] = [];
  for (const claim of plan.claims) {
    if (!isDelivered(claim, world)) continue;
    for (const { code } of claim.diagnoses) {
      diagnoses.push({ code, from: claim.start, to: claim.end, told: 'on a claim' });
    }
    for (const { hcpcs, start } of claim.lines) {
      services.push({ code: hcpcs, from: start, to: start });
      contacts.push({ code: hcpcs, from: start, to: start, visit: `${start} ${claim.billing.tin}` });
    }
  }
  for (const { event } of plan.chart?.encounters ?? []) {
    if ('admit' in event) {
      for (const { code } of event.diagnoses) {
        diagnoses.push({ code, from: event.admit, to: event.admit, told: 'at a visit' });
      }
    } else {
      for (const code of event.diagnoses) diagnoses.push({ code, from: event.day, to: event.day, told: 'at a visit' });
      for (const { hcpcs, day, isProfessional } of event.services) {
        if (isProfessional) services.push({ code: hcpcs, from: day, to: day });
      }
      const { code = '' } = codeOf(event) ?? {};
      contacts.push({ code, from: event.day, to: event.end, visit: `${event.day} ${event.practitioner?.tin}` });
    }
  }
  for (const { code, onset } of plan.chart?.problems ?? []) {
    diagnoses.push({ code, from: onset, to: Number.POSITIVE_INFINITY, told: 'as a problem' });
  }
  for (const { code, day } of plan.chart?.observations ?? []) services.push({ code, from: day, to: day });
  for (const { loinc, day } of plan.chart?.results ?? []) services.push({ code: loinc, from: day, to: day });
  return { services, contacts, diagnoses };
}

/** Symptoms of frailty (R codes): a diagnosis of the EHR does not show them, a claim does. */
const FRAIL_SYMPTOM = /^R/;

const within = ({ from, to }: Evidence, start: Day, end: Day): boolean => from <= end && to >= start;

function exclusionsOf(
  plan: Plan,
  world: World,
  { year, start, end }: Year,
  { services, diagnoses }: Told,
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
  const isSymptomOfRecord = ({ code, told }: Diagnosed) => told !== 'on a claim' && FRAIL_SYMPTOM.test(code);
  const isFrail = [...services, ...diagnoses.filter((each) => !isSymptomOfRecord(each))].some(
    (each) => FRAILTY.has(each.code) && within(each, start, end),
  );
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

/** Cytology within three years, or from 30 years of age a test for papillomavirus within five, counting the year. */
function isCervixScreened({ person }: Plan, { year, end }: Year, services: readonly Evidence[]): boolean {
  return services.some(
    (each) =>
      (PAP_TEST.has(each.code) && within(each, dayOf(year - 2, 1, 1), end)) ||
      (HPV_TEST.has(each.code) && within(each, dayOf(year - 4, 1, 1), end) && ageOn(person.birth, each.from) >= 30),
  );
}

/** The last screen within two weeks before a visit was negative, or was followed up at such a visit or two days after. */
function isDepressionAnswered(plan: Plan, { end }: Year, { services }: Told, visits: readonly Evidence[]): boolean {
  const screens = [
    ...services.map(({ code, from }) => ({ found: DEPRESSION_SCREEN[code], day: from })),
    ...(plan.chart?.observations ?? []).map(({ value, day }) => ({ found: DEPRESSION_SCREEN[value], day })),
  ];
  const visitsAfter = (day: Day) => visits.filter(({ from }) => from - day >= 0 && from - day <= 14);
  const [last] = screens
    .filter(({ found, day }) => found !== undefined && visitsAfter(day).length > 0)
    .sort((a, b) => b.day - a.day);
  if (last === undefined) return false;
  const followUps = [
    ...services.flatMap(({ code, from }) => (code === DEPRESSION_FOLLOW_UP ? [from] : [])),
    ...(plan.chart?.orders ?? []).flatMap(({ rxnorm, day }) => (ANTIDEPRESSANTS.has(rxnorm) ? [day] : [])),
  ];
  const isFollowed = visitsAfter(last.day).some(({ from, to }) =>
    followUps.some((day) => day >= from && day <= Math.min(to + 2, end)),
  );
  return last.found === 'negative' || isFollowed;
}

/** What each quality measure says about the person, for the calendar year of the delivery and the year before. */
export function measuresOf(plan: Plan, world: World): readonly MeasureTruth[] {
  const told = evidenceOf(plan, world);
  const { services, contacts, diagnoses } = told;
  const current = yearOf(world.end);
  return [current - 1, current].flatMap((year): MeasureTruth[] => {
    const period = { year, start: dayOf(year, 1, 1), end: Math.min(dayOf(year, 12, 31), world.end) };
    const { start, end } = period;
    const ageAtEnd = year - yearOf(plan.person.birth);
    const visitsOf = (codes: ReadonlySet<string>) =>
      contacts.filter(({ code, from, to }) => codes.has(code) && from >= start && to <= end);
    const hasVisit = visitsOf(QUALIFYING_VISIT).length > 0;
    const isDiabetic = diagnoses.some(
      (each) => /^E1[013]/.test(each.code) && within(each, start, end) && (year < 2026 || each.told !== 'as a problem'),
    );
    const glycemia = hasVisit && isDiabetic && ageAtEnd >= 18 && ageAtEnd <= 75;
    const breast = hasVisit && plan.person.sex === 'female' && ageAtEnd >= youngestScreened(year) && ageAtEnd <= 74;
    const cervix =
      plan.person.sex === 'female' && ageAtEnd >= 24 && ageAtEnd <= 64 && visitsOf(CERVICAL_VISIT).length > 0;
    const depressionVisits = visitsOf(DEPRESSION_VISIT);
    const isBipolar = depressionVisits.some((visit) =>
      diagnoses.some(({ code, from }) => /^F3[01]/.test(code) && from < visit.from),
    );
    const tobaccoVisits = visitsOf(TOBACCO_VISIT);
    const tobacco =
      new Set(tobaccoVisits.map(({ visit }) => visit)).size >= 2 ||
      tobaccoVisits.some(({ code }) => WELLNESS_VISIT.has(code));
    const falls = ageOn(plan.person.birth, start) >= 65 && visitsOf(FALLS_VISIT).length > 0;
    const exclusions = exclusionsOf(plan, world, period, told);
    const only = (...reasons: readonly string[]) => exclusions.filter((each) => reasons.includes(each));

    const said = (code: string) => diagnoses.some((each) => each.code === code && each.from <= end);
    const bothRemoved = said('Z9013') || (said('Z9011') && said('Z9012'));
    const breastExclusions = bothRemoved ? [...exclusions, 'both breasts removed'] : exclusions;
    const lookBack = dayOf(year - 2, 10, 1);
    const isScreened = services.some((each) => MAMMOGRAM.has(each.code) && within(each, lookBack, end));
    const isAnswered = (codes: ReadonlySet<string>) =>
      services.some((each) => codes.has(each.code) && within(each, start, end));
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
      truth(
        'CMS2',
        depressionVisits.length > 0,
        isBipolar ? ['bipolar disorder'] : [],
        isDepressionAnswered(plan, period, told, depressionVisits),
      ),
      truth('CMS124', cervix, only('hospice care', 'palliative care'), isCervixScreened(plan, period, services)),
      truth('CMS138', tobacco, only('hospice care'), isAnswered(TOBACCO_SCREEN)),
      truth('CMS139', falls, only('hospice care'), isAnswered(FALLS_SCREEN)),
    ].filter((each) => each.initialPopulation);
  });
}
