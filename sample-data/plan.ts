import type { Day } from './calendar.ts';
import type { Onsets } from './conditions.ts';
import type { Facility, Practice, Practitioner } from './network.ts';
import type { Person } from './people.ts';

/** Money in whole cents. */
export type Cents = number;

/** What is fixed for the whole population. */
export interface World {
  readonly seed: number;
  /** First day of service. */
  readonly start: Day;
  /** Last day of service, and the day on which the extracts are delivered. */
  readonly end: Day;
  /** From this day the programme practice works in its new manner. */
  readonly programmeStart: Day;
  /** First day of the month in which a wave of influenza peaks. */
  readonly wave: Day;
}

/** Everything that happens to one person, in no file's layout: claims, charts and the truth are all read from it. */
export interface Plan {
  readonly person: Person;
  readonly onsets: Onsets;
  readonly spans: readonly Span[];
  readonly death: Day | null;
  readonly stays: readonly Stay[];
  readonly visits: readonly Visit[];
  readonly fills: readonly Fill[];
  readonly claims: readonly Claim[];
  readonly chart: Chart | null;
}

/** A time of unchanged coverage. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
  readonly coverage: 'fee for service' | 'medicare advantage';
  readonly dual: string;
  readonly medicareStatus: string;
  readonly isHospice: boolean;
  readonly isInstitutional: boolean;
}

export interface Diagnosis {
  readonly code: string;
  /** Present on admission; blank where the code is exempt. */
  readonly poa: 'Y' | 'N' | '';
}

export type StayKind =
  | 'acute inpatient'
  | 'inpatient psychiatric'
  | 'inpatient rehabilitation'
  | 'long term care hospital'
  | 'skilled nursing'
  | 'hospice';

/** Nights in one facility, from admission to discharge. */
export interface Stay {
  readonly kind: StayKind;
  readonly facility: Facility;
  readonly admit: Day;
  readonly discharge: Day;
  /** Patient status at discharge, point of origin and type of admission (UB-04). */
  readonly disposition: string;
  readonly source: string;
  readonly type: string;
  readonly throughEmergency: boolean;
  readonly drg: string;
  readonly principal: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly procedures: readonly { readonly code: string; readonly day: Day }[];
  readonly surgeon: { readonly practitioner: Practitioner; readonly hcpcs: string } | null;
  readonly allowed: Cents;
  /** Days after which the stay is billed in parts; null for one bill. */
  readonly billedEvery: number | null;
}

export type VisitKind =
  | 'office visit'
  | 'telehealth'
  | 'nursing home visit'
  | 'emergency department'
  | 'observation'
  | 'outpatient'
  | 'ambulatory surgery'
  | 'dialysis'
  | 'home health'
  | 'laboratory'
  | 'equipment'
  | 'ambulance';

/** Care on one day, or a month of repeated care, outside of a stay. */
export interface Visit {
  readonly kind: VisitKind;
  readonly day: Day;
  readonly end: Day;
  readonly facility: Facility | null;
  readonly practitioner: Practitioner | null;
  readonly diagnoses: readonly string[];
  readonly services: readonly Service[];
  /** Discharge status of a visit to a hospital. */
  readonly disposition: string;
}

/** A service rendered: one line of a bill. */
export interface Service {
  readonly day: Day;
  readonly hcpcs: string;
  readonly modifier: string;
  readonly revenue: string;
  readonly units: number;
  readonly allowed: Cents;
  /** Billed by the practitioner; the other lines of a hospital visit are billed by the hospital. */
  readonly isProfessional: boolean;
}

export interface Fill {
  readonly day: Day;
  readonly paid: Day;
  readonly claimId: string;
  readonly ndc: string;
  readonly rxnorm: string;
  /** Ingredient. */
  readonly drug: string;
  readonly quantity: number;
  readonly daysSupply: number;
  readonly refills: number;
  readonly prescriber: Practitioner;
  readonly pharmacy: Practitioner;
  readonly allowed: Cents;
  readonly copayment: Cents;
  readonly charge: Cents;
}

export interface ClaimLine {
  readonly number: number;
  readonly start: Day;
  readonly end: Day;
  readonly revenue: string;
  readonly hcpcs: string;
  readonly modifier: string;
  readonly units: number;
  readonly allowed: Cents;
  readonly paid: Cents;
  readonly coinsurance: Cents;
  readonly deductible: Cents;
  readonly charge: Cents;
}

export interface Admission {
  readonly admit: Day;
  readonly discharge: Day | null;
  readonly source: string;
  readonly type: string;
  readonly drg: string;
}

export interface Claim {
  readonly id: string;
  readonly type: 'institutional' | 'professional';
  readonly start: Day;
  readonly end: Day;
  readonly status: 'paid' | 'denied' | 'reversed';
  /** The day it is decided upon; a claim that is decided after the delivery is not in it. */
  readonly paid: Day;
  readonly bill: string;
  readonly place: string;
  readonly disposition: string;
  readonly admission: Admission | null;
  readonly facility: Facility | null;
  readonly rendering: Practitioner | null;
  readonly ordering: Practitioner | null;
  readonly billing: { readonly npi: string; readonly tin: string };
  readonly diagnoses: readonly Diagnosis[];
  readonly procedures: readonly { readonly code: string; readonly day: Day }[];
  readonly lines: readonly ClaimLine[];
  /** What it bills. */
  readonly event: Stay | Visit;
}

/** Whether the extracts hold a claim that stands: neither denied, nor reversed, nor still to come. */
export const isDelivered = ({ status, paid }: Claim, world: World): boolean => status === 'paid' && paid <= world.end;

/** What the electronic record of one person holds. */
export interface Chart {
  readonly patientId: string;
  /** A second record of the same person, made by mistake. */
  readonly duplicateId: string | null;
  readonly practice: Practice;
  readonly encounters: readonly ChartEncounter[];
  readonly problems: readonly {
    readonly id: string;
    readonly code: string;
    readonly onset: Day;
    readonly recorded: Day;
  }[];
  readonly results: readonly ChartResult[];
  readonly observations: readonly ChartObservation[];
  readonly orders: readonly ChartOrder[];
  readonly immunizations: readonly ChartImmunization[];
  readonly appointments: readonly ChartAppointment[];
}

export interface ChartEncounter {
  readonly id: string;
  readonly event: Stay | Visit;
}

export interface ChartResult {
  readonly id: string;
  readonly encounterId: string;
  readonly day: Day;
  readonly loinc: string;
  readonly value: string;
  readonly unit: string;
  readonly orderedBy: Practitioner;
}

export interface ChartObservation {
  readonly id: string;
  readonly encounterId: string;
  readonly day: Day;
  readonly type: 'vital-signs' | 'social-history' | 'survey' | 'imaging';
  readonly codeSystem: 'loinc';
  readonly code: string;
  readonly value: string;
  readonly unit: string;
}

export interface ChartOrder {
  readonly id: string;
  readonly encounterId: string;
  readonly day: Day;
  readonly rxnorm: string;
  /** Ingredient. */
  readonly drug: string;
  readonly ndc: string;
  readonly quantity: number;
  readonly daysSupply: number;
  readonly prescriber: Practitioner;
}

export interface ChartImmunization {
  readonly id: string;
  readonly encounterId: string;
  readonly day: Day;
  readonly cvx: string;
  readonly status: 'completed' | 'not-done';
  readonly practitioner: Practitioner;
}

export interface ChartAppointment {
  readonly id: string;
  readonly encounterId: string;
  readonly day: Day;
  /** Minutes after midnight. */
  readonly at: number;
  readonly status: 'fulfilled' | 'noshow' | 'booked' | 'cancelled';
  readonly practitioner: Practitioner;
}
