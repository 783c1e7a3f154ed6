import { type Loaded, loadFiles } from './harness.ts';

export type Resource = Readonly<Record<string, unknown>>;

export const lines = (...resources: readonly Resource[]): string =>
  resources.map((one) => `${JSON.stringify(one)}\n`).join('');
export const bundle = (type: string, ...entry: readonly unknown[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type, entry }, null, 1);

export const coded = (system: string, code: string, display?: string) => ({ coding: [{ system, code, display }] });
export const [SNOMED, LOINC, ICD10, RXNORM] = [
  'http://snomed.info/sct',
  'http://loinc.org',
  'http://hl7.org/fhir/sid/icd-10-cm',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
] as const;
export const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const CARIN = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication';
export const blueButton = (variable: string) => `https://bluebutton.cms.gov/resources/variables/${variable}`;
export const NPI = 'http://hl7.org/fhir/sid/us-npi';
export const MBI = 'http://hl7.org/fhir/sid/us-mbi';

export const ann = { resourceType: 'Patient', id: 'ann', gender: 'female', birthDate: '1950-05-01' };
export const visit = {
  resourceType: 'Encounter',
  id: 'visit',
  status: 'finished',
  class: { system: ACT, code: 'AMB' },
  subject: { reference: 'Patient/ann' },
  period: { start: '2024-01-05T23:30:00-05:00', end: '2024-01-06T00:10:00-05:00' },
};
export const diabetes = {
  resourceType: 'Condition',
  id: 'dm',
  code: coded(ICD10, 'E11.9'),
  subject: { reference: 'Patient/ann' },
  encounter: { reference: 'Encounter/visit' },
};

export const mapped = <From, To>(table: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [name, to(one)]));

/** Loads files in one run, each from a source of its own, whose records meet no others. */
export const loadApart = (files: Readonly<Record<string, string | Buffer>>): Promise<Loaded> =>
  loadFiles(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`source=${name}/whatever.bin`, content])),
  );

/** Rows by their source, of which there is one each. */
export const bySource = (found: Awaited<ReturnType<Loaded['query']>>) =>
  Object.fromEntries(found.map(({ source_name, ...row }) => [String(source_name), row]));

/** One file's account: loaded, quarantined, duplicate, skipped. */
export const accountOf = ({ files }: Loaded) =>
  files.map(({ kind, physical_records, blank_records, loaded, quarantined, duplicate, skipped }) => ({
    ...{ kind, physical: physical_records, blank: blank_records, loaded, quarantined, duplicate, skipped },
  }));

export const reasons = async ({ query }: Loaded, stage: string) =>
  (
    await query(`select reason || ': ' || rows as line from run.reconciliation
      where stage like '%${stage}' and rows > 0 order by reason`)
  ).map(({ line }) => line);
