import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Loaded } from '../../readers/harness.ts';
import { one } from '../recount.ts';

interface Reference {
  readonly reference?: string;
}

/** What the recount looks at in a resource. */
interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: {
    readonly lastUpdated?: string;
    readonly versionId?: string;
    readonly tag?: readonly { readonly code?: string }[];
  };
  readonly subject?: Reference;
  readonly patient?: Reference;
  readonly beneficiary?: Reference;
  readonly for?: Reference;
  readonly type?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] };
  readonly payment?: { readonly amount?: { readonly value?: number } };
  readonly item?: readonly {
    readonly adjudication?: readonly {
      readonly category?: { readonly coding?: readonly { readonly code?: string }[] };
      readonly amount?: { readonly value?: number };
    }[];
  }[];
  readonly component?: readonly unknown[];
  readonly entry?: readonly { readonly resource: Resource }[];
}

const contentOf = (path: string): string => {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
};

/** The resources of a text, by JSON.parse alone. */
function resourcesOf(text: string): Resource[] {
  let documents: Resource[];
  try {
    documents = [JSON.parse(text)];
  } catch {
    documents = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
  }
  return documents.flatMap((one) =>
    one.resourceType === 'Bundle' ? (one.entry ?? []).map(({ resource }) => resource) : [one],
  );
}

const centsOf = (dollars: number | undefined): number => Math.round((dollars ?? 0) * 100);

const aboutOf = ({ subject, patient, beneficiary, for: target }: Resource): string =>
  (subject ?? patient ?? beneficiary ?? target)?.reference ?? '';

/** Two resources are one when their ids are, and their patients where nothing versions them. */
const keyOf = (one: Resource): string => {
  const isVersioned = one.meta?.lastUpdated !== undefined || one.meta?.versionId !== undefined;
  return [one.resourceType, one.id, isVersioned ? '' : aboutOf(one)].join('|');
};

const distinct = (resources: readonly Resource[]): Resource[] => [
  ...new Map(resources.map((one) => [keyOf(one), one])).values(),
];

const countByType = (resources: readonly Resource[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { resourceType } of resources) counts[resourceType] = (counts[resourceType] ?? 0) + 1;
  return counts;
};

/** Resources that entered a stage, by table. */
async function loadedByTable({ query }: Loaded): Promise<Record<string, number>> {
  const found = await query(`select distinct split_part(replace(stage, 'fhir.', ''), ' ', 1) as name, rows_in
    from run.reconciliation where stage like 'fhir.%'`);
  return Object.fromEntries(found.map(({ name, rows_in }) => [String(name), Number(rows_in)]));
}

const tableOf = (type: string): string => type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Types that are counted and not used. */
const UNUSED = ['Device', 'DocumentReference'];

/** Every resource of every file by type, and its dollars. Returns the resources, each once. */
async function countResources(loaded: Loaded, folder: string): Promise<Resource[]> {
  const recognised = loaded.files.filter(({ format }) => format === 'fhir');
  const all = recognised.flatMap((file) => {
    const resources = resourcesOf(contentOf(join(folder, '..', file.path)));
    expect(file.physical_records, file.path).toBe(resources.length);
    expect(file.quarantined, file.path).toBe(0);
    const cents = resources.reduce((sum, { payment }) => sum + centsOf(payment?.amount?.value), 0);
    expect(centsOf(file.amount_raw ?? undefined), file.path).toBe(cents);
    return resources;
  });
  const resources = distinct(all);
  const stages = await loadedByTable(loaded);
  for (const [type, count] of Object.entries(countByType(resources))) {
    if (stages[tableOf(type)] !== undefined) expect(stages[tableOf(type)], type).toBe(count);
    else expect(UNUSED, type).toContain(type);
  }
  return resources;
}

/** Every resource, every claim and its lines, every cent. */
export async function countFhir(loaded: Loaded, folder: string): Promise<void> {
  const resources = await countResources(loaded, folder);
  const counts = countByType(resources);
  const kept = (table: string) => one(loaded, `select count(*) from input.${table}`);
  expect(await kept('patient')).toBe(counts.Patient ?? 0);
  expect(await kept('encounter')).toBe(counts.Encounter ?? 0);
  expect(await kept('condition')).toBe(counts.Condition ?? 0);
  expect(await kept('procedure')).toBe(counts.Procedure ?? 0);
  expect(await kept('medication')).toBe(counts.MedicationRequest ?? 0);

  const claims = resources.filter(({ resourceType }) => resourceType === 'ExplanationOfBenefit');
  const final = claims.filter(({ meta }) => !meta?.tag?.some(({ code }) => code === 'NotFinalAction'));
  const paidForDrugs = (claim: Resource) =>
    (claim.item ?? [])
      .flatMap(({ adjudication }) => adjudication ?? [])
      .filter(({ category }) => category?.coding?.some(({ code }) => code?.endsWith('/cvrd_d_plan_pd_amt')))
      .reduce((sum, { amount }) => sum + centsOf(amount?.value), 0);
  const cents = final.reduce(
    (sum, claim) => sum + (claim.payment?.amount ? centsOf(claim.payment.amount.value) : paidForDrugs(claim)),
    0,
  );
  const lines = final.reduce((sum, { item }) => sum + Math.max(item?.length ?? 0, 1), 0);
  const cancelled = "where stage like '%-> input.medical_claim' and reason like 'cancels %'";
  expect(
    (await one(loaded, 'select count(*) from input.medical_claim')) +
      (await one(loaded, 'select count(*) from input.pharmacy_claim')) +
      (await one(loaded, `select coalesce(sum(rows), 0) from run.reconciliation ${cancelled}`)),
  ).toBe(lines);
  expect(
    Math.round(
      100 *
        ((await one(loaded, 'select coalesce(sum(paid_amount), 0) from input.medical_claim')) +
          (await one(loaded, 'select coalesce(sum(paid_amount), 0) from input.pharmacy_claim')) +
          (await one(loaded, `select coalesce(sum(amount), 0) from run.reconciliation ${cancelled}`))),
    ),
  ).toBe(cents);
}

/** Every resource of the 1,064 test patients; what was not done is kept as not done. */
export async function countCases(loaded: Loaded, folder: string): Promise<void> {
  expect(loaded.files).toHaveLength(1064);
  expect(loaded.files.reduce((sum, { physical_records }) => sum + physical_records, 0)).toBe(5195);
  const resources = await countResources(loaded, folder);
  const negated = (type: string) =>
    resources.filter(
      (resource) => resource.resourceType === type && /not(done|requested)/i.test(JSON.stringify(resource.meta ?? {})),
    );
  const kept = (table: string) => one(loaded, `select count(*) from input.${table} where status = 'not done'`);
  expect(await kept('procedure')).toBeGreaterThanOrEqual(negated('Procedure').length);
  expect((await kept('observation')) + (await kept('lab_result'))).toBeGreaterThanOrEqual(
    negated('Observation').length,
  );
  expect(await kept('medication')).toBeGreaterThanOrEqual(20);
  expect(await kept('service_request')).toBeGreaterThanOrEqual(30);
  expect(
    await loaded.query(`select c.encounter_id from input.observation as c join input.encounter as e using (encounter_id)
      where c.person_id <> e.person_id`),
  ).toEqual([]);
}
