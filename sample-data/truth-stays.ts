import { ageOn, type Day, dayOf, monthOf, yearOf } from './calendar.ts';
import { PRINCIPAL, PROCEDURE } from './clinical-facts.ts';
import { isAcute } from './network.ts';
import { isDelivered, type Plan, type Stay, type World } from './plan.ts';

/** A stay in short-term hospitals as it should be counted: the parts of a transfer or of an interrupted stay are one. */
export interface Episode {
  readonly parts: readonly Stay[];
  readonly admit: Day;
  readonly discharge: Day;
  readonly last: Stay;
  readonly cohort: string;
  /** Planned whatever is done, planned for a procedure, or not planned. */
  readonly planned: 'always' | 'procedure' | '';
  /** Why it is no index stay for readmissions; empty for an index stay. Several reasons can hold. */
  readonly exclusions: readonly string[];
  /** The next episode within 30 days. */
  readonly next: Episode | null;
}

/** The plan's stays that the extracts show, in claims that were paid by the delivery or in the EHR feed. */
export function deliveredStays({ stays, claims, chart }: Plan, world: World): readonly Stay[] {
  const seen = new Set<Stay>();
  for (const claim of claims) {
    const { event, type } = claim;
    if ('admit' in event && type === 'institutional' && isDelivered(claim, world)) seen.add(event);
  }
  for (const { event } of chart?.encounters ?? []) if ('admit' in event) seen.add(event);
  return stays.filter((stay) => seen.has(stay)).sort((a, b) => a.admit - b.admit || a.discharge - b.discharge);
}

const isOneStay = (before: Stay, after: Stay): boolean =>
  before.facility === after.facility
    ? after.admit === before.discharge && after.principal === before.principal
    : after.admit - before.discharge >= 0 && after.admit - before.discharge <= 1;

/** Nights by fee for service without a break from one day to another. */
export function isCovered({ spans }: Plan, from: Day, to: Day): boolean {
  let day = from;
  for (const span of spans) {
    if (span.coverage === 'fee for service' && span.start <= day && day <= span.end) day = span.end + 1;
  }
  return day > to;
}

const yearBefore = (day: Day): Day =>
  dayOf(yearOf(day) - 1, monthOf(day), 1) + (day - dayOf(yearOf(day), monthOf(day), 1));

function exclusionsOf(plan: Plan, world: World, admit: Day, last: Stay): readonly string[] {
  const reasons: string[] = [];
  const fact = PRINCIPAL[last.principal];
  const isSurgical = last.procedures.some(({ code }) => PROCEDURE[code]?.isSurgical);
  const followed = Math.min(last.discharge + 30, plan.death ?? Number.POSITIVE_INFINITY);
  if (last.disposition === '20') reasons.push('died');
  if (last.disposition === '07') reasons.push('against advice');
  if (last.discharge > world.end - 30) reasons.push('follow-up incomplete');
  if (ageOn(plan.person.birth, admit) < 65) reasons.push('under 65');
  if (!isCovered(plan, yearBefore(admit), Math.min(followed, world.end))) reasons.push('enrolment');
  if (fact?.exclusion && !(fact.exclusion === 'cancer' && isSurgical)) reasons.push(fact.exclusion);
  return reasons;
}

function planned({ principal, procedures }: Stay): Episode['planned'] {
  const fact = PRINCIPAL[principal];
  if (!fact) throw new Error(`no facts about principal diagnosis ${principal}`);
  if (fact.alwaysPlanned) return 'always';
  return !fact.isAcute && procedures.some(({ code }) => PROCEDURE[code]?.isPotentiallyPlanned) ? 'procedure' : '';
}

/** The hospital stays of a person in order, with what the rules of the readmission measure say about each. */
export function episodesOf(plan: Plan, world: World): readonly Episode[] {
  const groups: Stay[][] = [];
  for (const stay of deliveredStays(plan, world)) {
    if (stay.kind !== 'acute inpatient' || !isAcute(stay.facility)) continue;
    const before = groups.at(-1)?.at(-1);
    if (before && isOneStay(before, stay)) groups.at(-1)?.push(stay);
    else groups.push([stay]);
  }
  let next: Episode | null = null;
  const episodes: Episode[] = [];
  for (const parts of groups.reverse()) {
    const [first] = parts;
    const last = parts.at(-1);
    if (!first || !last) continue;
    const follows: boolean = next !== null && next.admit - last.discharge <= 30;
    const isSurgical = parts.some(({ procedures }) => procedures.some(({ code }) => PROCEDURE[code]?.isSurgical));
    const episode: Episode = {
      parts,
      admit: first.admit,
      discharge: last.discharge,
      last,
      cohort: isSurgical ? 'Surgery/Gynecology' : (PRINCIPAL[last.principal]?.cohort ?? ''),
      planned: planned(last),
      exclusions: exclusionsOf(plan, world, first.admit, last),
      next: follows ? next : null,
    };
    episodes.unshift(episode);
    next = episode;
  }
  return episodes;
}
