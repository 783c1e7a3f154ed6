import { type Day, dayOf, iso, monthOf, yearOf } from '../calendar.ts';
import { memberIdOn, type Person } from '../people.ts';
import { STATE } from '../places.ts';
import type { Plan, Span } from '../plan.ts';
import type { JsonObject, Resource } from './fhir-ndjson.ts';
import { coding, concept, extension, identified, npiOf, type References, SYSTEM } from './fhir-words.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const OMB = 'urn:oid:2.16.840.1.113883.6.238';
const VARIABLE = 'https://bluebutton.cms.gov/resources/variables';

/** OMB categories (CDC Race and Ethnicity). */
const RACE: Readonly<Record<string, readonly [code: string, display: string]>> = {
  white: ['2106-3', 'White'],
  'black or african american': ['2054-5', 'Black or African American'],
  asian: ['2028-9', 'Asian'],
  'american indian or alaska native': ['1002-5', 'American Indian or Alaska Native'],
  'native hawaiian or other pacific islander': ['2076-8', 'Native Hawaiian or Other Pacific Islander'],
  'other race': ['2131-1', 'Other Race'],
};
const LANGUAGE: Readonly<Record<string, readonly [code: string, display: string]>> = {
  english: ['en', 'English'],
  spanish: ['es', 'Spanish'],
  chinese: ['zh', 'Chinese'],
};

function category(name: 'race' | 'ethnicity', known: readonly [string, string] | undefined): JsonObject {
  const [code, display] = known ?? ['UNK', 'Unknown'];
  const system = known ? OMB : 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  return {
    url: `${US_CORE}/us-core-${name}`,
    extension: [
      extension('ombCategory', coding(system, code, display), 'Coding'),
      extension('text', display, 'String'),
    ],
  };
}

/** The number in use, and the one used before, each with the days on which it holds. */
function memberIds({ memberId, former }: Person): readonly JsonObject[] {
  if (!former) return [identified('MC', SYSTEM.mbi, memberId)];
  return [
    { ...identified('MC', SYSTEM.mbi, memberId), period: { start: iso(former.until + 1) } },
    { ...identified('MC', SYSTEM.mbi, former.memberId), use: 'old', period: { end: iso(former.until) } },
  ];
}

/** What claims and EHR both say of a person. The person's own number is in both, so that they meet. */
function demographics({ person, death }: Plan, refs: References, district: string) {
  const { place } = person;
  const [tongue = 'en', language = 'English'] = LANGUAGE[person.language] ?? [];
  const isHispanic = person.ethnicity === 'hispanic or latino';
  return {
    extension: [
      category('race', RACE[person.race]),
      category('ethnicity', isHispanic ? ['2135-2', 'Hispanic or Latino'] : ['2186-5', 'Not Hispanic or Latino']),
      extension(`${US_CORE}/us-core-birthsex`, person.sex === 'female' ? 'F' : 'M', 'Code'),
    ],
    identifiers: [identified('MR', SYSTEM.person, person.id), ...memberIds(person)],
    facts: {
      name: [{ use: 'usual', family: person.lastName, given: [person.firstName] }],
      gender: person.sex,
      birthDate: iso(person.birth),
      deceasedDateTime: death === null ? undefined : iso(death),
      address: [{ line: [person.address], city: place.city, district, state: STATE, postalCode: place.zip }],
      communication: [{ language: concept(coding('urn:ietf:bcp:47', tongue, language)), preferred: true }],
      generalPractitioner: [
        refs.to('Practitioner', person.clinician.npi, npiOf(person.clinician.npi)),
        refs.to('Organization', person.practice.id, npiOf(person.practice.npi)),
      ],
    },
  };
}

/** The patient of the claims; the district of the address is the county, five digits (Census Bureau). */
export function claimsPatient(plan: Plan, refs: References, meta: JsonObject): Resource {
  const { extension: extensions, identifiers, facts } = demographics(plan, refs, plan.person.place.countyFips);
  const identifier = [{ system: `${VARIABLE}/bene_id`, value: plan.person.id }, ...identifiers];
  return { resourceType: 'Patient', id: plan.person.id, meta, extension: extensions, identifier, ...facts };
}

/** One record of the EHR; its district is the county by name. */
export function chartPatient(plan: Plan, id: string, refs: References, meta: JsonObject): Resource {
  const { extension: extensions, identifiers, facts } = demographics(plan, refs, plan.person.place.county);
  const identifier = [identified('MR', SYSTEM.record, id), ...identifiers];
  return { resourceType: 'Patient', id, meta, extension: extensions, identifier, active: true, ...facts };
}

export type Part = 'a' | 'b' | 'c' | 'd';

interface Year {
  readonly year: number;
  readonly start: Day;
  readonly end: Day;
}

/** A span by calendar years: Blue Button states dual status by month of one reference year. */
function yearsOf({ start, end }: Span): readonly Year[] {
  return Array.from({ length: yearOf(end) - yearOf(start) + 1 }, (_, at) => {
    const year = yearOf(start) + at;
    return { year, start: Math.max(start, dayOf(year, 1, 1)), end: Math.min(end, dayOf(year, 12, 31)) };
  });
}

const coverageId = (person: Person, part: Part, at: number, year: number): string =>
  `part-${part}-${person.id}-${at + 1}-${year}`;

/** The coverage that holds on a day, as a claim refers to it; only its name where the person is not covered. */
export function coverageOn({ person, spans }: Plan, part: Part, day: Day, refs: References): JsonObject {
  const at = spans.findIndex(({ start, end }) => start <= day && day <= end);
  if (at < 0) return { display: `Part ${part.toUpperCase()}` };
  return refs.to('Coverage', coverageId(person, part, at, yearOf(day)));
}

const variable = (name: string, code: string) =>
  extension(`${VARIABLE}/${name}`, coding(`${VARIABLE}/${name}`, code), 'Coding');

const insurer = (name: string) => ({
  resourceType: 'Organization',
  id: 'insurer-org',
  active: true,
  name,
});

/**
 * Coverage as Blue Button gives it, one for each part, span of unchanged status, and calendar year. Parts A, B and D
 * go on while a person is in Medicare Advantage; Part C then says so.
 */
export const coverages = (plan: Plan, refs: References, meta: JsonObject): readonly Resource[] =>
  plan.spans.flatMap((span, at) => {
    const parts: readonly Part[] = span.coverage === 'medicare advantage' ? ['a', 'b', 'c', 'd'] : ['a', 'b', 'd'];
    return yearsOf(span).flatMap((within) =>
      parts.map(
        (part): Resource => ({
          resourceType: 'Coverage',
          id: coverageId(plan.person, part, at, within.year),
          meta,
          beneficiary: refs.to('Patient', plan.person.id),
          ...stated(plan.person, span, part, within),
        }),
      ),
    );
  });

function stated(person: Person, span: Span, part: Part, { year, start, end }: Year): JsonObject {
  const months = Array.from({ length: monthOf(end) - monthOf(start) + 1 }, (_, after) => monthOf(start) + after);
  const level = (type: string, value: string) => ({
    type: concept(coding('http://terminology.hl7.org/CodeSystem/coverage-class', type)),
    value,
  });
  return {
    contained: [insurer(part === 'c' ? 'Meadowlark Health Plan' : 'Centers for Medicare and Medicaid Services')],
    extension: [
      variable('ms_cd', span.medicareStatus),
      variable('orec', person.entitlement),
      extension(`${VARIABLE}/rfrnc_yr`, String(year), 'Date'),
      ...months.map((month) => variable(`dual_${String(month).padStart(2, '0')}`, span.dual)),
    ],
    status: 'active',
    type: concept(coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'SUBSIDIZ')),
    subscriberId: memberIdOn(person, start),
    relationship: concept(coding('http://terminology.hl7.org/CodeSystem/subscriber-relationship', 'self')),
    period: { start: iso(start), end: iso(end) },
    payor: [{ reference: '#insurer-org' }],
    class: [
      level('group', 'Medicare'),
      level('plan', `Part ${part.toUpperCase()}`),
      ...(part === 'c' ? [level('subplan', 'Meadowlark Advantage HMO')] : []),
    ],
  };
}
