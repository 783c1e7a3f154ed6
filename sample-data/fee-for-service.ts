import { addMonths, type Day, monthStart } from './calendar.ts';
import type { Plan, Span, Stay, Visit, World } from './plan.ts';

/** Alcohol and drugs, tobacco apart (ICD-10-CM F10 to F19 without F17). */
const SUBSTANCE_USE = /^F1[0-689]/;

/** Care that CMS tells an ACO nothing of without the patient's consent (42 CFR 425.708(c)). */
const isWithheld = ({ diagnoses }: Stay | Visit): boolean =>
  diagnoses.some((each) => SUBSTANCE_USE.test(typeof each === 'string' ? each : each.code));

/** Whether CMS learns of the death: the person was in fee for service on that day. */
export const isSeenToDie = ({ spans, death }: Plan): boolean =>
  death !== null &&
  spans.some(({ coverage, start, end }) => coverage === 'fee for service' && start <= death && death <= end);

/** The months in fee for service up to the delivery, by first day, each with what held at the end of it. */
export function feeForServiceMonths({ spans }: Plan, { end }: World): ReadonlyMap<Day, Span> {
  const months = new Map<Day, Span>();
  for (const span of spans) {
    if (span.coverage !== 'fee for service') continue;
    const last = Math.min(span.end, end);
    for (let month = monthStart(span.start); month <= last; month = addMonths(month, 1)) months.set(month, span);
  }
  return months;
}

/**
 * What CMS tells an ACO of a life: fee-for-service Medicare without care for substance use. It knows no Medicare
 * Advantage, no electronic record and nothing of living in an institution. The very plan where that is all of it, and
 * null for somebody who is never in fee for service.
 */
export function feeForServiceOnly(plan: Plan): Plan | null {
  const spans = plan.spans.filter(({ coverage }) => coverage === 'fee for service');
  if (spans.length === 0) return null;
  const claims = plan.claims.filter(({ event }) => !isWithheld(event));
  const isAll =
    spans.length === plan.spans.length &&
    claims.length === plan.claims.length &&
    plan.chart === null &&
    !spans.some(({ isInstitutional }) => isInstitutional);
  if (isAll) return plan;
  return {
    ...plan,
    spans: spans.map((span) => ({ ...span, isInstitutional: false })),
    death: isSeenToDie(plan) ? plan.death : null,
    stays: plan.stays.filter((stay) => !isWithheld(stay)),
    visits: plan.visits.filter((visit) => !isWithheld(visit)),
    claims,
    chart: null,
  };
}
