import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Loaded, loadFiles, loadFrom } from '../readers/harness.ts';
import { DATA, one, whyNot } from './recount.ts';

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

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
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

async function expectNothingLost({ files, refusals, query }: Loaded): Promise<void> {
  expect(refusals).toEqual([]);
  for (const file of files.filter(({ kind }) => kind !== 'unrecognised')) {
    const { header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
    const accounted = header_records + blank_records + loaded + quarantined + duplicate + skipped;
    expect(accounted, file.path).toBe(file.physical_records);
    expect(quarantined, file.path).toBe(0);
  }
  expect(
    await query(`select stage from run.reconciliation group by stage, rows_in, rows_out, amount_in, amount_out
      having rows_in <> rows_out + sum(rows)
        or round(amount_in * 100) <> round((amount_out + coalesce(sum(amount), 0)) * 100)`),
  ).toEqual([]);
}

/** Resources that entered a stage, by table. */
async function loadedByTable({ query }: Loaded): Promise<Record<string, number>> {
  const found = await query(`select distinct split_part(replace(stage, 'fhir.', ''), ' ', 1) as name, rows_in
    from run.reconciliation where stage like 'fhir.%'`);
  return Object.fromEntries(found.map(({ name, rows_in }) => [String(name), Number(rows_in)]));
}

const tableOf = (type: string): string => type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

describe.skipIf(whyNot !== '')(`real claims and charts in FHIR${whyNot}`, () => {
  const folder = join(DATA, 'fhir');

  it('load whole: every resource, every claim and its lines, every cent', async () => {
    const loaded = await loadFrom([folder]);
    await expectNothingLost(loaded);
    const files = filesUnder(folder).filter((path) => !path.includes('log.'));
    const all = files.flatMap((path) => {
      const resources = resourcesOf(contentOf(path));
      const file = loaded.files.find((each) => path.endsWith(each.path));
      expect(file?.physical_records, path).toBe(resources.length);
      const cents = resources.reduce((sum, { payment }) => sum + centsOf(payment?.amount?.value), 0);
      expect(centsOf(file?.amount_raw ?? undefined), path).toBe(cents);
      return resources;
    });

    const resources = distinct(all);
    const counts = countByType(resources);
    const stages = await loadedByTable(loaded);
    for (const [type, count] of Object.entries(counts)) {
      if (stages[tableOf(type)] !== undefined) expect(stages[tableOf(type)], type).toBe(count);
      else expect(['Device', 'DocumentReference'], type).toContain(type);
    }
    expect(await one(loaded, 'select count(*) from input.patient')).toBe(counts.Patient);
    expect(await one(loaded, 'select count(*) from input.encounter')).toBe(counts.Encounter);
    expect(await one(loaded, 'select count(*) from input.condition')).toBe(counts.Condition);
    expect(await one(loaded, 'select count(*) from input.procedure')).toBe(counts.Procedure);
    expect(await one(loaded, 'select count(*) from input.medication')).toBe(counts.MedicationRequest);

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
          ((await one(loaded, 'select sum(paid_amount) from input.medical_claim')) +
            (await one(loaded, 'select sum(paid_amount) from input.pharmacy_claim')) +
            (await one(loaded, `select coalesce(sum(amount), 0) from run.reconciliation ${cancelled}`))),
      ),
    ).toBe(cents);
  }, 120_000);

  it.each(['ab2d', 'bcda', 'smart-10'])(
    '%s loads by itself',
    async (name) => {
      await expectNothingLost(await loadFrom([join(folder, name)]));
    },
    120_000,
  );
});

/** The files of a tar archive (POSIX ustar): blocks of 512 bytes, name at 0, octal size at 124, type at 156. */
function membersOf(tar: Buffer): Record<string, Buffer> {
  const members: Record<string, Buffer> = {};
  for (let at = 0; at + 512 <= tar.length; ) {
    const field = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const name = [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/');
    const size = Number.parseInt(field(124, 12), 8) || 0;
    if (name.endsWith('.json')) members[name] = tar.subarray(at + 512, at + 512 + size);
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return members;
}

const CASES = join(DATA, 'ecqm-2025/cases.tar.gz');

describe.skipIf(!existsSync(CASES))(`public test patients of 22 measures in QI-Core${whyNot}`, () => {
  it('all load: 1,064 bundles, every resource, the negated ones as negations', async () => {
    const members = membersOf(gunzipSync(readFileSync(CASES)));
    expect(Object.keys(members)).toHaveLength(1064);
    const loaded = await loadFiles(members);
    await expectNothingLost(loaded);
    const all = Object.entries(members).flatMap(([name, bytes]) => {
      const resources = resourcesOf(bytes.toString());
      expect(loaded.files.find(({ path }) => path.endsWith(name.replace(/^\.\//, '')))?.physical_records, name).toBe(
        resources.length,
      );
      return resources;
    });
    expect(all).toHaveLength(5195);
    const stages = await loadedByTable(loaded);
    for (const [type, count] of Object.entries(countByType(distinct(all)))) {
      if (stages[tableOf(type)] !== undefined) expect(stages[tableOf(type)], type).toBe(count);
      else expect(type).toBe('AdverseEvent');
    }
    const negated = (type: string) =>
      distinct(all).filter(
        (resource) =>
          resource.resourceType === type && /not(done|requested)/i.test(JSON.stringify(resource.meta ?? {})),
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
  }, 400_000);
});
