import { type Day, iso } from '../calendar.ts';
import type { Cents } from '../plan.ts';
import type { Random } from '../random.ts';
import type { Json, JsonObject } from './fhir-ndjson.ts';

/** Names of code and identifier systems: HL7 FHIR and terminology.hl7.org, CARIN Blue Button 2.1, CMS Blue Button. */
export const SYSTEM = {
  npi: 'http://hl7.org/fhir/sid/us-npi',
  ccn: 'http://terminology.hl7.org/NamingSystem/CCN',
  /** The certification number under the name that Blue Button's older claims give it. */
  providerNumber: 'https://bluebutton.cms.gov/resources/variables/prvdr_num',
  ein: 'urn:oid:2.16.840.1.113883.4.4',
  mbi: 'http://hl7.org/fhir/sid/us-mbi',
  /** The record number by which claims and EHR know the same person. */
  person: 'https://aco.example.org/person',
  /** The number of the EHR's own record. */
  record: 'https://ehr.example.org/record',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  icd10pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ndc: 'http://hl7.org/fhir/sid/ndc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  pointOfOrigin: 'https://www.nubc.org/CodeSystem/PointOfOrigin',
  admissionType: 'https://www.nubc.org/CodeSystem/PriorityTypeOfAdmitOrVisit',
  dischargeStatus: 'https://www.nubc.org/CodeSystem/PatDischargeStatus',
  /** Whether a diagnosis was there at admission, as Blue Button and QI-Core name its codes. */
  onAdmission: 'https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/HospitalAcqCond/Coding',
  absent: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
} as const;

/** The server that absolute references name. */
const SERVER = 'https://fhir.example.org/r4';

export const coding = (system: string, code: string, display?: string) => ({ system, code, display });
export const concept = (...codings: readonly JsonObject[]) => ({ coding: codings });
export const money = (cents: Cents) => ({ value: cents / 100, currency: 'USD' });

/** A time of day where the care was given. Late hours are another day in UTC. */
export const clock = (day: Day, minutes: number): string =>
  `${iso(day)}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00-05:00`;

export const diagnosis = (code: string) =>
  coding(SYSTEM.icd10cm, code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code);

/** CPT numbers are four digits and a digit or letter; the rest of HCPCS begins with a letter. */
export const service = (code: string) => coding(/^\d/.test(code) ? SYSTEM.cpt : SYSTEM.hcpcs, code);

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export const identified = (type: string, system: string, value: string) => ({
  type: concept(coding(SYSTEM.identifierType, type)),
  system,
  value,
});
export const npiOf = (value: string): Identifier => ({ system: SYSTEM.npi, value });

/** References in the forms that exports really hold, mixed by a seed: relative, absolute, by identifier, by query. */
export class References {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  to(type: string, id: string, identifier?: Identifier): JsonObject {
    const form = this.#random.unit();
    if (form < 0.1) return { reference: `${SERVER}/${type}/${id}` };
    if (form < 0.2 && identifier) return { type, identifier: { ...identifier } };
    if (form < 0.25 && identifier) return { reference: `${type}?identifier=${identifier.system}|${identifier.value}` };
    return { reference: `${type}/${id}` };
  }

  /** Whether to write a resource within the one that refers to it. */
  isContained(): boolean {
    return this.#random.chance(0.4);
  }
}

export const extension = (url: string, value: Json, as: string) => ({ url, [`value${as}`]: value });
