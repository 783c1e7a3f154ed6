// npx tsx test/campaign/fqm.ts --bundles DIR [--measure CMS122] [--patients 500] [--seed 1] [--engine PATH] [--keep DIR]
// Random FHIR patients, made of what the logic of a measure retrieves, judged by our SQL and by an independent CQL engine
// (fqm-execution). DIR has a measure bundle for each measure: CMS122.json with the Measure, its Libraries with ELM, and
// its ValueSets, for measurement year 2025. Prints each patient on whom the two differ, and ends with exit 1 if any does.
// Left out of the patients is what we read otherwise on purpose: amended screens (CMS2 of 2025 takes none), pressures
// without an encounter, results in words where a number is due. The engine is no dependency of the project:
// npm install --no-save fqm-execution, or --engine PATH.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { agrees, type Population, populationOf, populations, type Resource } from './ecqm.ts';
import { Random } from './random.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };
type Coding = { readonly system: string; readonly code: string };

interface Bundle {
  readonly resourceType: 'Bundle';
  readonly type: string;
  readonly entry: readonly { readonly fullUrl?: string; readonly resource: Resource & Record<string, unknown> }[];
}

/** What the logic of a measure asks a patient's record for: resources of a type, with one of these codes. */
interface Retrieve {
  readonly type: string;
  readonly profile: string;
  readonly codes: readonly Coding[];
  /** The measure's own logic asks for it, not what measures share. */
  readonly isOwn: boolean;
}

const DAYS = ['2023-09-30', '2023-10-01', '2024-01-01', '2024-06-30', '2024-12-31', '2025-01-01', '2025-06-30'].concat([
  '2025-07-01',
  '2025-10-15',
  '2025-12-31',
  '2026-01-01',
]);
const BLOOD_PRESSURE = { system: 'http://loinc.org', code: '85354-9' };
/** Results that are numbers: one in words is a fault of the record, which we call a value that is not known. */
const MEASURED = new Set(['97506-0', '85354-9']);
const AGES = [11, 12, 13, 17, 18, 19, 44, 45, 46, 47, 51, 52, 53, 65, 66, 67, 74, 75, 76, 80, 81, 82, 85, 86];

/** The retrieves of all libraries of a measure bundle, each once, and every code that an answer is compared with. */
function retrievesOf({ entry }: Bundle): { retrieves: Retrieve[]; answers: Coding[] } {
  const lists = new Map<string, Coding[]>();
  for (const { resource } of entry) {
    if (resource.resourceType !== 'ValueSet') continue;
    const { url, expansion, compose } = resource as unknown as {
      url: string;
      expansion?: { contains?: Coding[] };
      compose?: { include: { system: string; concept?: { code: string }[] }[] };
    };
    const composed = compose?.include.flatMap(({ system, concept = [] }) =>
      concept.map(({ code }) => ({ system, code })),
    );
    lists.set(url, expansion?.contains ?? composed ?? []);
  }
  const found = new Map<string, Retrieve>();
  const own = entry.find(({ resource }) => resource.resourceType === 'Library')?.resource;
  const answers: Coding[] = [];
  const systems = new Map<string, string>();
  for (const { resource } of entry) {
    if (resource.resourceType !== 'Library') continue;
    const content = (resource as unknown as { content: { contentType: string; data: string }[] }).content;
    const elm = content.find(({ contentType }) => contentType === 'application/elm+json');
    if (!elm) continue;
    const { library } = JSON.parse(Buffer.from(elm.data, 'base64').toString('utf8'));
    const sets = new Map<string, string>(
      library.valueSets?.def.map((one: { name: string; id: string }) => [one.name, one.id]),
    );
    for (const { name, id } of library.codeSystems?.def ?? []) systems.set(name, id);
    const codes = new Map<string, Coding>(
      library.codes?.def.map((one: { name: string; id: string; codeSystem: { name: string } }) => [
        one.name,
        { system: systems.get(one.codeSystem.name) ?? '', code: one.id },
      ]),
    );
    if (resource === own) answers.push(...codes.values());
    (function visit(node: unknown): void {
      if (typeof node !== 'object' || node === null) return;
      const at = node as { type?: string; dataType?: string; templateId?: string; codes?: unknown };
      if (at.type === 'Retrieve' && at.templateId?.endsWith('bp')) {
        const profile = at.templateId;
        found.set('blood pressure', { type: 'Observation', profile, codes: [BLOOD_PRESSURE], isOwn: true });
      }
      if (at.type === 'Retrieve' && at.codes !== undefined) {
        const text = JSON.stringify(at.codes);
        const set =
          /"name":"([^"]+)","type":"ValueSetRef"|"type":"ValueSetRef"[^}]*?"name":"([^"]+)"|"name":"([^"]+)"/.exec(
            text,
          );
        const name = set?.[1] ?? set?.[2] ?? set?.[3] ?? '';
        const list = lists.get(sets.get(name) ?? '') ?? [codes.get(name)].filter((one) => one !== undefined);
        const type = at.dataType?.replace(/^\{[^}]*\}/, '') ?? '';
        if (list.length > 0)
          found.set(`${type} ${name}`, { type, profile: at.templateId ?? '', codes: list, isOwn: resource === own });
      }
      for (const part of Object.values(node)) visit(part);
    })(library.statements);
  }
  return { retrieves: [...found.values()], answers };
}

/** A patient with the visits that most measures ask for, and some of what the measure retrieves, around its boundaries. */
function patient(random: Random, id: string, { retrieves, answers }: ReturnType<typeof retrievesOf>): Bundle {
  const pick = <T>(list: readonly T[]): T => random.pick(list);
  const chance = (share: number): boolean => random.below(1000) < 1000 * share;
  const dayOf2025 = () =>
    `2025-${`${1 + random.below(12)}`.padStart(2, '0')}-${`${1 + random.below(28)}`.padStart(2, '0')}`;
  const usual = dayOf2025();
  const day = (): string => (chance(0.5) ? usual : chance(0.5) ? dayOf2025() : pick(DAYS));
  const subject = { reference: `Patient/${id}` };
  const at = (date: string): string => `${date}T10:00:00.000Z`;
  const later = (date: string, days: number): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const concept = (code: Coding) => ({ coding: [code] });
  const made = (
    type: string,
    code: Coding,
    isNamed: boolean,
    visits: readonly string[],
  ): Record<string, Json> | undefined => {
    switch (type) {
      case 'Encounter': {
        const start = day();
        return {
          status: pick(['finished', 'finished', 'finished', 'finished', 'planned', 'cancelled']),
          class: {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
            code: pick(['AMB', 'AMB', 'AMB', 'IMP', 'EMER']),
          },
          type: [concept(code)],
          subject,
          period: { start: at(start), end: at(chance(0.8) ? start : later(start, 1 + random.below(5))) },
        };
      }
      case 'Condition': {
        const onset = chance(0.3) ? '2020-05-05' : day();
        const isActive = chance(0.7);
        return {
          clinicalStatus: concept({
            system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
            code: isActive ? 'active' : 'resolved',
          }),
          verificationStatus: concept({
            system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
            code: 'confirmed',
          }),
          category: [
            concept({
              system: 'http://terminology.hl7.org/CodeSystem/condition-category',
              code: 'encounter-diagnosis',
            }),
          ],
          code: concept(code),
          subject,
          onsetDateTime: at(onset),
          ...(isActive ? {} : { abatementDateTime: at(later(onset, pick([0, 30, 400, 2000]))) }),
        };
      }
      case 'Observation':
        return {
          status: pick(['final', 'final', 'final', 'final', 'preliminary', 'cancelled']),
          category: (code === BLOOD_PRESSURE ? ['vital-signs'] : isNamed ? ['survey'] : ['laboratory', 'survey']).map(
            (one) => concept({ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: one }),
          ),
          code: concept(code),
          subject,
          // The logic asks where a pressure was taken, and leaves out one that does not say; ours counts it.
          ...(code === BLOOD_PRESSURE && visits.length > 0
            ? { encounter: { reference: `Encounter/${pick(visits)}` } }
            : {}),
          // Two results of one moment are in no order; no two are.
          effectiveDateTime: `${day()}T${10 + random.below(8)}:${10 + random.below(50)}:00.000Z`,
          ...(code === BLOOD_PRESSURE ? bloodPressure() : value(isNamed)),
        };
      case 'Procedure':
        return {
          status: pick(['completed', 'completed', 'completed', 'stopped']),
          code: concept(code),
          subject,
          performedDateTime: at(day()),
        };
      case 'ServiceRequest':
        return {
          status: pick(['active', 'completed', 'draft']),
          intent: 'order',
          code: concept(code),
          subject,
          authoredOn: at(day()),
        };
      case 'DeviceRequest':
        return {
          status: pick(['active', 'completed', 'draft']),
          intent: 'order',
          codeCodeableConcept: concept(code),
          subject,
          authoredOn: at(day()),
        };
      case 'MedicationRequest': {
        const start = day();
        return {
          status: pick(['active', 'active', 'completed', 'stopped']),
          intent: 'order',
          medicationCodeableConcept: concept(code),
          subject,
          authoredOn: at(start),
          dosageInstruction: [
            { timing: { repeat: { boundsPeriod: { start: at(start), end: at(later(start, 30)) } } } },
          ],
        };
      }
      default:
        return undefined;
    }
  };
  /** A result; in words only for what is asked for by its own code, as answers are. */
  function value(mayBeCode: boolean): Record<string, Json> {
    if (chance(0.15)) return {};
    if (mayBeCode && answers.length > 0 && chance(0.7)) return { valueCodeableConcept: concept(pick(answers)) };
    return {
      valueQuantity: { value: pick([6.5, 8.9, 9, 9.1, 12]), unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    };
  }
  function bloodPressure(): Record<string, Json> {
    const part = (code: string, mercury: number) => ({
      code: concept({ system: 'http://loinc.org', code }),
      valueQuantity: { value: mercury, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    });
    return { component: [part('8480-6', pick([118, 139, 140, 160])), part('8462-4', pick([70, 89, 90, 100]))] };
  }
  const age = chance(0.5) ? pick(AGES) : 20 + random.below(60);
  const resources: (Resource & Record<string, Json>)[] = [
    {
      resourceType: 'Patient',
      id,
      meta: { profile: ['http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-patient'] },
      gender: chance(0.75) ? 'female' : 'male',
      birthDate: `${2025 - age}-${pick(['01-01', '06-15', '12-31'])}`,
    },
  ];
  const inOrder = [...retrieves].sort((a, b) => Number(b.type === 'Encounter') - Number(a.type === 'Encounter'));
  // A patient has one diagnosis that the measure is about, or two, and seldom much that leaves people out.
  const own = inOrder.flatMap(({ type, isOwn }, place) => (isOwn && type === 'Condition' ? [place] : []));
  const focus = new Set(own.length > 0 && chance(0.7) ? [pick(own), ...(chance(0.2) ? [pick(own)] : [])] : []);
  const rarely = pick([0.005, 0.02, 0.08]);
  for (const [place, { type, profile, codes, isOwn }] of inOrder.entries()) {
    const share = focus.has(place) ? 0.8 : type === 'Encounter' ? 0.15 : type === 'Observation' && isOwn ? 0.5 : rarely;
    for (let times = 0; times < 2; times++) {
      if (!chance(share)) continue;
      if (codes[0] === BLOOD_PRESSURE && !resources.some((one) => one.status === 'finished')) continue;
      const encounters = resources.flatMap((one) => (one.status === 'finished' ? [one.id] : []));
      const content = made(type, pick(codes), codes.length === 1 && !MEASURED.has(codes[0]?.code ?? ''), encounters);
      if (content)
        resources.push({ resourceType: type, id: `${id}-${place}-${times}`, meta: { profile: [profile] }, ...content });
    }
  }
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  };
}

const isCounted = ({ denominator, denominator_exclusion }: Population): boolean =>
  denominator === 1 && denominator_exclusion === 0;

interface Judged {
  readonly results: readonly {
    readonly patientId: string;
    readonly detailedResults: readonly {
      readonly populationResults: readonly { readonly populationType: string; readonly result: boolean }[];
    }[];
  }[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      bundles: { type: 'string' },
      measure: { type: 'string', multiple: true },
      patients: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      engine: { type: 'string', default: 'fqm-execution' },
      keep: { type: 'string' },
    },
  });
  if (!values.bundles) throw new Error('--bundles DIR is needed');
  const { Calculator } = await import(
    values.engine.startsWith('/') ? pathToFileURL(values.engine).href : values.engine
  );
  for (const measure of values.measure ?? ['CMS122', 'CMS165', 'CMS125', 'CMS130', 'CMS2']) {
    const bundle: Bundle = JSON.parse(readFileSync(join(values.bundles, `${measure}.json`), 'utf8'));
    const logic = retrievesOf(bundle);
    const patients = Array.from({ length: Number(values.patients) }, (_, at) =>
      patient(new Random(Number(values.seed), at), `${measure.toLowerCase()}-${at}`, logic),
    );
    const lists = mkdtempSync(join(tmpdir(), 'throughline-fqm-'));
    for (const { resource } of bundle.entry) {
      if (resource.resourceType === 'ValueSet')
        writeFileSync(join(lists, `${resource.id}.json`), JSON.stringify(resource));
    }
    const lines = patients.flatMap(({ entry }) =>
      entry.map(({ resource }) => ({ resourceType: resource.resourceType, line: JSON.stringify(resource) })),
    );
    const ours = await populations(() => lines, { measures: [measure], valueSets: lists });
    rmSync(lists, { recursive: true });
    const theirs: Judged = await Calculator.calculate(structuredClone(bundle), structuredClone(patients), {
      ...{ measurementPeriodStart: '2025-01-01', measurementPeriodEnd: '2025-12-31T23:59:59.999Z' },
      ...{ calculateHTML: false, calculateSDEs: false, calculateClauseCoverage: false, trustMetaProfile: true },
    });
    const short = (population: Population) => Object.values(population).join('');
    const differences = theirs.results.flatMap(({ patientId, detailedResults: [first] }) => {
      const isIn = (name: string) =>
        first?.populationResults.some(({ populationType, result }) => populationType === name && result) ?? false;
      const wanted = populationOf((name) => Number(isIn(name.replaceAll('_', '-'))));
      const got = ours.of(measure, '1', patientId);
      return agrees({ wanted, got }) ? [] : [`  ${patientId}: the engine ${short(wanted)}, ours ${short(got)}\n`];
    });
    const judged = patients.map(({ entry: [first] }) => ours.of(measure, '1', first?.resource.id ?? ''));
    const counted = judged.filter(isCounted);
    const numerators = judged.filter(({ numerator }) => numerator === 1);
    process.stdout.write(
      `${measure}: ${patients.length} patients, ${counted.length} in the denominator and not left out, ${numerators.length} in the numerator, ${differences.length} differ\n`,
    );
    for (const line of differences) process.stdout.write(line);
    if (differences.length > 0) process.exitCode = 1;
    if (values.keep) {
      for (const one of patients)
        writeFileSync(join(values.keep, `${one.entry[0]?.resource.id}.json`), JSON.stringify(one));
    }
  }
}

await main();
