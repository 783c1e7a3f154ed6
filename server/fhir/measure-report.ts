import type { ServedMetric } from '#contract/metric';

const DEQM = 'http://hl7.org/fhir/us/davinci-deqm';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
const POPULATIONS = {
  initial_population: 'initial-population',
  denominator: 'denominator',
  denominator_exclusion: 'denominator-exclusion',
  denominator_exception: 'denominator-exception',
  numerator: 'numerator',
} as const;

/** People (or events) in each of FHIR's populations. */
export type Populations = Readonly<Record<keyof typeof POPULATIONS, number>>;

/** One rate of a measure, and who is in its populations. */
export interface Rate {
  readonly metric: Pick<ServedMetric, 'measureId' | 'rateId' | 'title' | 'betterIs' | 'source' | 'version'>;
  readonly populations: Populations;
}

/** How one person stands in one rate. */
export interface Standing extends Rate {
  readonly status: string;
  readonly reason: string | null;
  readonly evidence: string | null;
}

interface About {
  /** Of the measurement period, YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
  /** When the snapshot was published, an instant. */
  readonly date: string;
}

const canonical = ({ source }: Rate['metric']): string => source.url;

const coding = (system: string, code: string, display?: string) => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

const profile = (name: string) => ({ meta: { profile: [`${DEQM}/StructureDefinition/${name}`] } });

/** Of those who count: in the numerator; null where nobody counts. */
function score({ denominator, denominator_exclusion, denominator_exception, numerator }: Populations): number | null {
  const counted = denominator - denominator_exclusion - denominator_exception;
  return counted > 0 ? numerator / counted : null;
}

function group({ metric, populations }: Rate) {
  const value = score(populations);
  return {
    id: `rate-${metric.rateId}`,
    code: { text: metric.title },
    population: Object.entries(POPULATIONS).map(([name, code]) => ({
      code: coding(`${TERMINOLOGY}/measure-population`, code),
      count: populations[name as keyof Populations],
    })),
    ...(value === null ? {} : { measureScore: { value } }),
  };
}

function report(rates: readonly [Rate, ...Rate[]], about: About) {
  const [{ metric }] = rates;
  return {
    resourceType: 'MeasureReport',
    status: 'complete',
    measure: canonical(metric),
    date: about.date,
    period: { start: about.start, end: about.end },
    improvementNotation: coding(
      `${TERMINOLOGY}/measure-improvement-notation`,
      metric.betterIs === 'lower' ? 'decrease' : 'increase',
    ),
    group: rates.map(group),
  };
}

/** A MeasureReport (FHIR R4) of everybody: how many are in each population, and the score as a share of one. */
export const summaryReport = (rates: readonly [Rate, ...Rate[]], about: About) => ({
  ...report(rates, about),
  ...profile('summary-measurereport-deqm'),
  type: 'summary',
});

/** Open while care is due, closed when it is done; who is left out of the measure has no gap. */
const gapStatus = ({ populations, metric }: Standing): 'open-gap' | 'closed-gap' | null => {
  const { denominator, denominator_exclusion, denominator_exception, numerator } = populations;
  if (denominator === 0 || denominator_exclusion === 1 || denominator_exception === 1) return null;
  return (numerator === 1) === (metric.betterIs !== 'lower') ? 'closed-gap' : 'open-gap';
};

/**
 * The gaps in care of one person as a document Bundle of the Da Vinci DEQM guide: for every rate that applies a
 * MeasureReport and a DetectedIssue that says whether the gap is open, why, and what shows it.
 */
export function gapsInCare(personId: string, standings: readonly Standing[], about: About & { readonly id: string }) {
  const subject = { reference: `Patient/${personId}` };
  const rated = standings.flatMap((standing) => {
    const status = gapStatus(standing);
    if (status === null) return [];
    const { metric, status: state, reason, evidence } = standing;
    const id = `${metric.measureId}-${metric.rateId}`.toLowerCase();
    const detail = [state, reason, evidence].filter((words) => words !== null).join('; ');
    return [
      {
        title: metric.title,
        report: {
          id: `report-${id}`,
          ...report([standing], about),
          ...profile('indv-measurereport-deqm'),
          type: 'individual',
          subject,
        },
        issue: {
          resourceType: 'DetectedIssue',
          id: `gap-${id}`,
          ...profile('gaps-detectedissue-deqm'),
          modifierExtension: [
            {
              url: `${DEQM}/StructureDefinition/extension-gapStatus`,
              valueCodeableConcept: coding(`${DEQM}/CodeSystem/gaps-status`, status),
            },
          ],
          status: 'final',
          code: coding(`${TERMINOLOGY}/v3-ActCode`, 'CAREGAP', 'Care Gaps'),
          patient: subject,
          evidence: [{ detail: [{ reference: `MeasureReport/report-${id}` }] }],
          detail,
        },
      },
    ];
  });
  const composition = {
    resourceType: 'Composition',
    id: 'gaps-in-care',
    ...profile('gaps-composition-deqm'),
    status: 'final',
    type: coding('http://loinc.org', '96315-7', 'Gaps in care report'),
    subject,
    date: about.date,
    author: [{ display: 'Throughline' }],
    title: `Gaps in care, ${about.start} to ${about.end}`,
    section: rated.map(({ title, report: { id }, issue }) => ({
      title,
      focus: { reference: `MeasureReport/${id}` },
      entry: [{ reference: `DetectedIssue/${issue.id}` }],
    })),
  };
  const resources = [
    composition,
    ...rated.flatMap(({ report, issue }) => [report, issue]),
    { resourceType: 'Patient', id: personId },
  ];
  return {
    resourceType: 'Bundle',
    ...profile('gaps-bundle-deqm'),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:throughline:${about.id}:gaps-in-care:${personId}` },
    type: 'document',
    timestamp: about.date,
    entry: resources.map((resource) => ({
      fullUrl: `http://throughline.invalid/fhir/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  };
}
