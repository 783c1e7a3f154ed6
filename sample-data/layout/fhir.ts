import { iso } from '../calendar.ts';
import type { Plan, World } from '../plan.ts';
import { Random } from '../random.ts';
import { ChartResources } from './fhir-chart.ts';
import { claimBenefit, fillBenefit } from './fhir-claims.ts';
import { directory } from './fhir-directory.ts';
import { type JsonObject, NdjsonFiles } from './fhir-ndjson.ts';
import { chartPatient, claimsPatient, coverages } from './fhir-people.ts';
import { References } from './fhir-words.ts';

/** Topics of randomness that belong to this layout; plans use 1 to 14. */
const TOPIC = { directory: 40, claims: 41, chart: 42, manner: 43 } as const;

/**
 * Writes plans as a bulk export of two servers: the payer's Patient, Coverage and ExplanationOfBenefit, and the EHR's
 * clinical resources. `meta.source` tells them apart. Claims that are paid after the delivery are not in it.
 */
export class FhirFiles {
  readonly #world: World;
  readonly #files: NdjsonFiles;
  readonly #payer: JsonObject;
  readonly #ehr: JsonObject;

  constructor(world: World, folder: string) {
    const lastUpdated = `${iso(world.end)}T06:00:00.000+00:00`;
    this.#world = world;
    this.#files = new NdjsonFiles(folder);
    this.#payer = { lastUpdated, source: 'https://claims.example.org' };
    this.#ehr = { lastUpdated, source: 'https://ehr.example.org' };
    const refs = new References(new Random(world.seed, TOPIC.directory));
    for (const resource of directory(refs, this.#ehr)) this.#files.write(resource);
  }

  /** Resources written so far, by type. */
  get rows(): Readonly<Record<string, number>> {
    return this.#files.lines;
  }

  close(): void {
    this.#files.close();
  }

  person(plan: Plan): void {
    this.#claims(plan);
    this.#chart(plan);
  }

  #claims(plan: Plan): void {
    const { seed, end } = this.#world;
    const refs = new References(new Random(seed, plan.person.number, TOPIC.claims));
    this.#files.write(claimsPatient(plan, refs, this.#payer));
    for (const coverage of coverages(plan, refs, this.#payer)) this.#files.write(coverage);
    for (const claim of plan.claims) {
      if (claim.paid <= end) this.#files.write(claimBenefit(plan, claim, refs, this.#payer));
    }
    for (const fill of plan.fills) {
      if (fill.paid <= end) this.#files.write(fillBenefit(plan, fill, refs, this.#payer));
    }
  }

  #chart(plan: Plan): void {
    const { chart, person } = plan;
    if (!chart) return;
    const stream = (topic: number) => new Random(this.#world.seed, person.number, topic);
    const refs = new References(stream(TOPIC.chart));
    for (const id of [chart.patientId, ...(chart.duplicateId ? [chart.duplicateId] : [])]) {
      this.#files.write(chartPatient(plan, id, refs, this.#ehr));
    }
    const resources = new ChartResources(chart, refs, this.#ehr);
    for (const resource of resources.all(stream(TOPIC.manner))) this.#files.write(resource);
  }
}
