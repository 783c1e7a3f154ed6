import { z } from 'zod';
import { Mode } from './result.ts';
import { Basis } from './risk.ts';

/** Query string of GET /api/patients. */
export const PatientsQuery = z.strictObject({
  where: z.string().default(''),
  q: z.string().max(80).default(''),
  sort: z.enum(['risk', 'age', 'paid', 'admissions', 'emergency', 'gaps', 'last_visit', 'name']).default('risk'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  mode: Mode.optional(),
});
export type PatientsQuery = z.infer<typeof PatientsQuery>;

/** One person of the list, as of data-through. Money is dollars over the 12 months to data-through. */
export const PatientSummary = z.strictObject({
  person_id: z.string(),
  name: z.string().nullable(),
  age: z.int().nullable(),
  sex: z.string(),
  practice: z.string().nullable(),
  risk_tier: z.string().nullable(),
  risk_score: z.number().nullable(),
  /** What the score is: see Basis in risk.ts. */
  risk_basis: Basis.nullable(),
  /** The reasons behind the score, most important first. */
  drivers: z.array(z.string()),
  conditions: z.array(z.string()),
  admissions_12m: z.int(),
  emergency_visits_12m: z.int(),
  paid_12m: z.number(),
  open_gaps: z.int(),
  last_visit_date: z.iso.date().nullable(),
  death_date: z.iso.date().nullable(),
  /** Why CMS does not share the person's claims as of data-through, and since when; null where it does. */
  not_shared: z.string().nullable(),
  not_shared_from: z.iso.date().nullable(),
});
export type PatientSummary = z.infer<typeof PatientSummary>;

/** GET /api/patients. `left_out`: how many of the filter are not listed because CMS does not share their claims. */
export const Patients = z.strictObject({ total: z.int(), left_out: z.int(), patients: z.array(PatientSummary) });
export type Patients = z.infer<typeof Patients>;

export const CareGap = z.strictObject({
  measure_id: z.string(),
  rate_id: z.string(),
  title: z.string(),
  period_start: z.iso.date(),
  period_end: z.iso.date(),
  status: z.string(),
  reason: z.string().nullable(),
  evidence_date: z.iso.date().nullable(),
  evidence: z.string().nullable(),
  due_date: z.iso.date().nullable(),
});
export type CareGap = z.infer<typeof CareGap>;

/** Who rendered or prescribed in the month of data-through and the eleven before. */
const Clinician = z.strictObject({
  npi: z.string(),
  name: z.string().nullable(),
  specialty: z.string().nullable(),
  /** Days with a service, and fills of what was prescribed. */
  days: z.int(),
  fills: z.int(),
  last_date: z.iso.date(),
  /** The latest claim that names them. */
  claim_id: z.string(),
  source_name: z.string(),
  /** To whom the person is attributed. */
  is_responsible: z.boolean(),
});

/** What stands out about a person: one finding in words, and by whose rule. */
const Finding = z.strictObject({
  finding: z.string(),
  basis: z.string(),
  /** What it was found in, latest first: events of the timeline. Empty where something is missing. */
  evidence: z.array(z.strictObject({ event: z.string(), date: z.iso.date() })),
});

/** GET /api/patients/:key */
export const Patient = PatientSummary.extend({
  birth_date: z.iso.date().nullable(),
  race: z.string().nullable(),
  ethnicity: z.string().nullable(),
  zip_code: z.string().nullable(),
  county_fips: z.string().nullable(),
  state: z.string().nullable(),
  dual_status_code: z.string().nullable(),
  enrolled_from: z.iso.date().nullable(),
  enrolled_to: z.iso.date().nullable(),
  /** The most telling first, at most six. */
  findings: z.array(Finding),
  gaps: z.array(CareGap),
  team: z.array(Clinician),
  /** Dollars by the month of the service. */
  costs: z.array(z.strictObject({ month: z.iso.date(), paid_amount: z.number() })),
});
export type Patient = z.infer<typeof Patient>;

/** One mark on the timeline. `lane` is an encounter type, 'medication', 'observation' or 'immunization'. */
export const TimelineEvent = z.strictObject({
  id: z.string(),
  lane: z.string(),
  start_date: z.iso.date(),
  end_date: z.iso.date().nullable(),
  title: z.string(),
  detail: z.string().nullable(),
  facility: z.string().nullable(),
  code: z.string().nullable(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  paid_amount: z.number().nullable(),
  /** 'claim', 'ehr' or 'both' */
  source: z.string(),
  claim_ids: z.array(z.string()),
  /** The source of those claims, to tell apart claims of two sources that share an id. */
  source_name: z.string().nullable().optional(),
  /** True for an inpatient stay that is an unplanned return within 30 days. */
  readmission: z.boolean(),
  /** Of the encounter that ends a hospital stay: its LACE and HOSPITAL scores, why, and what is not known, in words. */
  discharge_risk: z.string().nullable().optional(),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;

export const Timeline = z.strictObject({
  person_id: z.string(),
  data_through: z.iso.date(),
  events: z.array(TimelineEvent),
});
export type Timeline = z.infer<typeof Timeline>;

/** Query string of GET /api/claims/:id. `source` is needed only where two sources use the same claim id. */
export const ClaimQuery = z.strictObject({ source: z.string().optional(), mode: Mode.optional() });
export type ClaimQuery = z.infer<typeof ClaimQuery>;

/** GET /api/claims/:id — every line, with the source file and line it was read from. */
export const Claim = z.strictObject({
  claim_id: z.string(),
  source_name: z.string(),
  person_id: z.string(),
  claim_type: z.string().nullable(),
  start_date: z.iso.date().nullable(),
  end_date: z.iso.date().nullable(),
  paid_amount: z.number(),
  diagnoses: z.array(z.strictObject({ rank: z.int().nullable(), code: z.string() })),
  lines: z.array(
    z.strictObject({
      claim_line_number: z.string(),
      line_start_date: z.iso.date().nullable(),
      service_category: z.string().nullable(),
      revenue_center_code: z.string().nullable(),
      place_of_service_code: z.string().nullable(),
      hcpcs_code: z.string().nullable(),
      /** Of a pharmacy claim. */
      ndc_code: z.string().nullable().optional(),
      units: z.number().nullable(),
      paid_amount: z.number().nullable(),
      allowed_amount: z.number().nullable(),
      charge_amount: z.number().nullable(),
      rendering_npi: z.string().nullable(),
      file: z.string(),
      file_id: z.int(),
      line_number: z.int(),
    }),
  ),
});
export type Claim = z.infer<typeof Claim>;

/** GET /api/claims/:id/raw/:file/:line, where the claim says that a line of it was read: the physical record behind a line of a claim, as it stands in its delivery now. */
export const RawLine = z.strictObject({
  file: z.string(),
  line_number: z.int(),
  run_id: z.string(),
  /** All but `shown` say why there is no text: the file is not there, is another by now, has no lines, is one large document. */
  state: z.enum(['shown', 'gone', 'changed', 'no lines', 'too large']),
  text: z.string().nullable(),
  /** The record goes on after the text. */
  cut: z.boolean(),
  /** Of delimited text, by the names of its header, in its order. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullable(),
});
export type RawLine = z.infer<typeof RawLine>;
