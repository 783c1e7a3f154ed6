import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT, PeopleError } from './error.ts';

const Concept = z.object({ code: z.string() });
const Expanded = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  abstract: z.boolean().optional(),
  get contains() {
    return z.array(Expanded).optional();
  },
});
const Included = z.object({
  system: z.string().optional(),
  concept: z.array(Concept).optional(),
  filter: z.array(z.unknown()).optional(),
  valueSet: z.array(z.unknown()).optional(),
});
const ValueSet = z.object({
  resourceType: z.literal('ValueSet'),
  url: z.string().optional(),
  id: z.string().optional(),
  version: z.string().optional(),
  title: z.string().optional(),
  name: z.string().optional(),
  identifier: z.array(z.object({ value: z.string().optional() })).optional(),
  compose: z.object({ include: z.array(Included), exclude: z.array(Included).optional() }).optional(),
  expansion: z.object({ total: z.int().optional(), contains: z.array(Expanded).optional() }).optional(),
});
type ValueSet = z.infer<typeof ValueSet>;
const Bundle = z.object({ resourceType: z.literal('Bundle'), entry: z.array(z.object({ resource: z.unknown() })) });

/** A list of codes that the customer brings, under a licence of their own. */
export interface SuppliedValueSet {
  readonly oid: string;
  readonly title: string;
  readonly version: string | null;
  readonly path: string;
  readonly codes: readonly { readonly system: string; readonly code: string }[];
}

const SYSTEMS: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/icd-10-cm': 'icd-10-cm',
  'http://www.cms.gov/Medicare/Coding/ICD10': 'icd-10-pcs',
  'http://hl7.org/fhir/sid/icd-10-pcs': 'icd-10-pcs',
  'http://hl7.org/fhir/sid/icd-9-cm': 'icd-9-cm',
  'http://www.ama-assn.org/go/cpt': 'hcpcs',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'hcpcs',
  'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets': 'hcpcs',
  'http://www.nlm.nih.gov/research/umls/hcpcs': 'hcpcs',
  'http://loinc.org': 'loinc',
  'http://snomed.info/sct': 'snomed',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
  'http://hl7.org/fhir/sid/cvx': 'cvx',
  'http://hl7.org/fhir/sid/ndc': 'ndc',
};

const OID = /\d+(?:\.\d+){4,}/;

/** The OID that a ValueSet names itself by, else the OID in a text; undefined where there is none. */
export const oidIn = (text: string | undefined): string | undefined => OID.exec(text ?? '')?.[0];

/**
 * Of the FHIR ValueSets (R4 JSON, one a file or a Bundle of them, such as exports of VSAC) in a folder and the folders
 * in it, those with a wanted OID. Throws PeopleError (refused) naming the file where one is no JSON or no ValueSet,
 * holds fewer codes than it says, is defined by a rule without an expansion, or comes twice with other codes; and when
 * the folder has none that is wanted.
 */
export async function readSuppliedValueSets(dir: string, wanted: ReadonlySet<string>): Promise<SuppliedValueSet[]> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new PeopleError(EXIT.usage, `--value-sets ${dir}: ${cause instanceof Error ? cause.message : cause}`);
  });
  const byOid = new Map<string, SuppliedValueSet>();
  const paths = files.filter((file) => file.isFile() && file.name.endsWith('.json'));
  for (const path of paths.map((file) => join(file.parentPath, file.name)).sort()) {
    for (const set of valueSetsIn(await readFile(path, 'utf8'), path, wanted)) {
      const other = byOid.get(set.oid);
      if (other && keys(other).join() !== keys(set).join()) {
        throw refused(path, `holds other codes of ${set.oid} than ${other.path}; keep one version`);
      }
      byOid.set(set.oid, set);
    }
  }
  if (byOid.size === 0) throw refused(dir, 'holds no FHIR ValueSet (*.json) that a quality measure asks for');
  return [...byOid.values()];
}

const refused = (path: string, rule: string) => new PeopleError(EXIT.refused, `${path}: ${rule}`);

const keys = ({ codes }: SuppliedValueSet): string[] => codes.map(({ system, code }) => `${system}|${code}`).sort();

function valueSetsIn(text: string, path: string, wanted: ReadonlySet<string>): SuppliedValueSet[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw refused(path, `is no JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
  const bundle = Bundle.safeParse(content);
  const resources = bundle.success ? bundle.data.entry.map(({ resource }) => resource) : [content];
  return resources.flatMap((resource) => {
    const { success, data, error } = ValueSet.safeParse(resource);
    if (!success && bundle.success) return [];
    if (!success)
      throw refused(path, `is no FHIR ValueSet: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
    const named = [data.url, ...(data.identifier ?? []).map(({ value }) => value), data.id].map(oidIn);
    const oid = named.find((one) => one !== undefined && wanted.has(one));
    return oid === undefined ? [] : [supplied(data, oid, path)];
  });
}

function supplied(set: ValueSet, oid: string, path: string): SuppliedValueSet {
  const codes = codesOf(set, oid, path).map(({ system, code }) => ({
    system: SYSTEMS[system] ?? system,
    code: /icd/i.test(system) ? code.replaceAll('.', '').toUpperCase() : code.toUpperCase(),
  }));
  return { oid, title: set.title ?? set.name ?? oid, version: set.version ?? null, path, codes };
}

function codesOf({ expansion, compose }: ValueSet, oid: string, path: string): { system: string; code: string }[] {
  if (expansion?.contains) {
    const listed = expansion.contains.flatMap(function below(one): typeof expansion.contains {
      return [one, ...(one.contains ?? []).flatMap(below)];
    });
    if (expansion.total !== undefined && listed.length < expansion.total) {
      throw refused(path, `holds ${listed.length} of the ${expansion.total} codes of ${oid}; export all pages`);
    }
    return listed.flatMap(({ system, code, abstract }) =>
      system === undefined || code === undefined || abstract ? [] : [{ system, code }],
    );
  }
  const concepts = (parts: readonly z.infer<typeof Included>[]) =>
    parts.flatMap(({ system, concept, filter, valueSet }) => {
      if (system === undefined || concept === undefined || filter || valueSet) {
        throw refused(path, `defines ${oid} by a rule; export its expansion`);
      }
      return concept.map(({ code }) => ({ system, code }));
    });
  if (!compose) throw refused(path, `${oid} has neither an expansion nor a list of codes`);
  const left = new Set(concepts(compose.exclude ?? []).map(({ system, code }) => `${system}|${code}`));
  return concepts(compose.include).filter(({ system, code }) => !left.has(`${system}|${code}`));
}
