import { join } from 'node:path';
import { addMonths, type Day, iso, monthStart } from '../calendar.ts';
import { codeOf } from '../chart.ts';
import { FACILITIES, PRACTICES, PRACTITIONERS } from '../network.ts';
import { memberIdOn } from '../people.ts';
import { STATE } from '../places.ts';
import type { Cents, Claim, Plan, Stay, Visit, World } from '../plan.ts';
import { CsvFile } from './csv.ts';

const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${name}_${at + 1}`);

const DELIVERY = ['data_source', 'file_name', 'file_date', 'ingest_datetime'];
const CHART = ['data_source', 'file_name', 'ingest_datetime'];

/** Columns of the Tuva input layer, with our extensions at the end. */
export const TUVA_COLUMNS = {
  eligibility: [
    ...'person_id member_id subscriber_id gender race birth_date death_date death_flag enrollment_start_date'.split(
      ' ',
    ),
    ...'enrollment_end_date payer payer_type plan original_reason_entitlement_code dual_status_code'.split(' '),
    ...'medicare_status_code enrollment_status hospice_flag institutional_snp_flag long_term_institutional_flag'.split(
      ' ',
    ),
    ...'group_id group_name name_suffix first_name middle_name last_name social_security_number'.split(' '),
    ...'subscriber_relation address city state zip_code phone email ethnicity'.split(' '),
    ...DELIVERY,
    'county_fips',
    'language',
  ],
  medical_claim: [
    ...'claim_id claim_line_number claim_type person_id member_id payer plan claim_start_date claim_end_date'.split(
      ' ',
    ),
    ...'claim_line_start_date claim_line_end_date admission_date discharge_date admit_source_code admit_type_code'.split(
      ' ',
    ),
    ...'discharge_disposition_code place_of_service_code bill_type_code drg_code_type drg_code'.split(' '),
    ...'revenue_center_code service_unit_quantity hcpcs_code'.split(' '),
    ...numbered('hcpcs_modifier', 5),
    ...'rendering_npi rendering_tin billing_npi billing_tin facility_npi paid_date paid_amount allowed_amount'.split(
      ' ',
    ),
    ...'charge_amount coinsurance_amount copayment_amount deductible_amount total_cost_amount'.split(' '),
    'diagnosis_code_type',
    ...numbered('diagnosis_code', 25),
    ...numbered('diagnosis_poa', 25),
    'procedure_code_type',
    ...numbered('procedure_code', 25),
    ...numbered('procedure_date', 25),
    'in_network_flag',
    ...DELIVERY,
    'facility_ccn',
    'rendering_specialty_code',
    'ordering_npi',
    'claim_status',
  ],
  pharmacy_claim: [
    ...'claim_id claim_line_number person_id member_id payer plan prescribing_provider_npi'.split(' '),
    ...'dispensing_provider_npi dispensing_date ndc_code quantity days_supply refills paid_date paid_amount'.split(' '),
    ...'allowed_amount charge_amount coinsurance_amount copayment_amount deductible_amount in_network_flag'.split(' '),
    ...DELIVERY,
  ],
  patient: [
    ...'person_id patient_id name_suffix first_name middle_name last_name sex race birth_date death_date'.split(' '),
    ...'death_flag social_security_number address city state zip_code county latitude longitude phone email'.split(' '),
    'ethnicity',
    ...CHART,
    'county_fips',
    'language',
  ],
  encounter: [
    ...'encounter_id person_id patient_id encounter_type encounter_start_date encounter_end_date'.split(' '),
    ...'length_of_stay admit_source_code admit_source_description admit_type_code admit_type_description'.split(' '),
    ...'discharge_disposition_code discharge_disposition_description attending_provider_id'.split(' '),
    ...'attending_provider_name facility_npi facility_name primary_diagnosis_code_type'.split(' '),
    ...'primary_diagnosis_code primary_diagnosis_description drg_code_type drg_code drg_description'.split(' '),
    ...'paid_amount allowed_amount charge_amount'.split(' '),
    ...CHART,
    'encounter_code_type',
    'encounter_code',
  ],
  condition: [
    ...'condition_id payer person_id patient_id encounter_id claim_id recorded_date onset_date resolved_date'.split(
      ' ',
    ),
    ...'status condition_type source_code_type source_code source_description normalized_code_type'.split(' '),
    ...'normalized_code normalized_description condition_rank present_on_admit_code'.split(' '),
    'present_on_admit_description',
    ...CHART,
  ],
  procedure: [
    ...'procedure_id person_id patient_id encounter_id claim_id procedure_date source_code_type source_code'.split(' '),
    ...'source_description normalized_code_type normalized_code normalized_description'.split(' '),
    ...numbered('modifier', 5),
    'practitioner_id',
    ...CHART,
  ],
  lab_result: [
    ...'lab_result_id person_id patient_id encounter_id accession_number source_order_type source_order_code'.split(
      ' ',
    ),
    ...'source_order_description source_component_type source_component_code source_component_description'.split(' '),
    ...'normalized_order_type normalized_order_code normalized_order_description'.split(' '),
    ...'normalized_component_type normalized_component_code normalized_component_description status result'.split(' '),
    ...'result_datetime collection_datetime source_units normalized_units source_reference_range_low'.split(' '),
    ...'source_reference_range_high normalized_reference_range_low normalized_reference_range_high'.split(' '),
    ...'source_abnormal_flag normalized_abnormal_flag specimen ordering_practitioner_id'.split(' '),
    ...CHART,
  ],
  observation: [
    ...'observation_id person_id payer patient_id encounter_id panel_id observation_date observation_type'.split(' '),
    ...'source_code_type source_code source_description normalized_code_type normalized_code'.split(' '),
    ...'normalized_description result source_units normalized_units source_reference_range_low'.split(' '),
    ...'source_reference_range_high normalized_reference_range_low normalized_reference_range_high'.split(' '),
    ...CHART,
  ],
  medication: [
    ...'medication_id person_id payer patient_id encounter_id dispensing_date prescribing_date source_code_type'.split(
      ' ',
    ),
    ...'source_code source_description ndc_code ndc_description rxnorm_code rxnorm_description atc_code'.split(' '),
    ...'atc_description route strength quantity quantity_unit days_supply practitioner_id'.split(' '),
    ...CHART,
  ],
  immunization: [
    ...'immunization_id person_id patient_id encounter_id source_code_type source_code source_description'.split(' '),
    ...'normalized_code_type normalized_code normalized_description status status_reason occurrence_date'.split(' '),
    ...'source_dose normalized_dose lot_number body_site route location_id practitioner_id'.split(' '),
    ...CHART,
  ],
  appointment: [
    ...'appointment_id person_id patient_id encounter_id start_datetime end_datetime duration location_id'.split(' '),
    ...'practitioner_id type_code type_description status_code status_description reason cancellation_reason'.split(
      ' ',
    ),
    'data_source',
  ],
  location: [
    ...'location_id npi name facility_type parent_organization address city state zip_code latitude longitude'.split(
      ' ',
    ),
    'data_source',
    'ccn',
  ],
  practitioner: [
    ...'practitioner_id npi first_name last_name practice_affiliation specialty sub_specialty data_source'.split(' '),
    'practice_id',
    'specialty_code',
  ],
  provider_attribution: [
    ...'person_id patient_id member_id year_month payer plan data_source payer_attributed_provider'.split(' '),
    ...'payer_attributed_provider_practice payer_attributed_provider_organization'.split(' '),
    ...'payer_attributed_provider_lob custom_attributed_provider custom_attributed_provider_practice'.split(' '),
    ...'custom_attributed_provider_organization custom_attributed_provider_lob'.split(' '),
  ],
  practice: ['practice_id', 'name', 'tin', 'data_source'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const CLAIMS_SOURCE = 'medicare claims';
const CHART_SOURCE = 'ehr';
const PAYER = {
  'fee for service': { payer: 'medicare', type: 'medicare', plan: 'medicare fee for service' },
  'medicare advantage': {
    payer: 'meadowlark health plan',
    type: 'medicare advantage',
    plan: 'meadowlark advantage hmo',
  },
} as const;

const day = (value: Day | null): string => (value === null ? '' : iso(value));
const dollars = (cents: Cents): string => {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.abs(cents);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
};
/** `count` values of a record, blank where there are fewer. */
const cells = (values: readonly string[], count: number): string =>
  values.join(',') + ','.repeat(count - Math.max(1, values.length));

/** Writes plans as the files of the Tuva input layer. Claims that are paid after the delivery are not in it. */
export class TuvaFiles {
  readonly #world: World;
  readonly #delivered: string;
  readonly #written: string;
  readonly #files: Readonly<Record<keyof typeof TUVA_COLUMNS, CsvFile>>;

  constructor(world: World, folder: string) {
    const open = (name: keyof typeof TUVA_COLUMNS) => new CsvFile(join(folder, `${name}.csv`), TUVA_COLUMNS[name]);
    this.#world = world;
    const date = iso(world.end);
    this.#delivered = `synthetic,${date},${date} 06:00:00`;
    this.#written = `${CHART_SOURCE},synthetic,${date} 06:00:00`;
    this.#files = {
      eligibility: open('eligibility'),
      medical_claim: open('medical_claim'),
      pharmacy_claim: open('pharmacy_claim'),
      patient: open('patient'),
      encounter: open('encounter'),
      condition: open('condition'),
      procedure: open('procedure'),
      lab_result: open('lab_result'),
      observation: open('observation'),
      medication: open('medication'),
      immunization: open('immunization'),
      appointment: open('appointment'),
      location: open('location'),
      practitioner: open('practitioner'),
      provider_attribution: open('provider_attribution'),
      practice: open('practice'),
    };
    this.#network();
  }

  /** Rows written to each file so far. */
  get rows(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.#files).map(([name, { rows }]) => [name, rows]));
  }

  close(): void {
    for (const file of Object.values(this.#files)) file.close();
  }

  #network(): void {
    for (const { npi, ccn, name, kind, place } of FACILITIES) {
      this.#files.location.row(ccn, npi, name, kind, '', '', place.city, STATE, place.zip, '', '', CHART_SOURCE, ccn);
    }
    for (const { id, npi, name, place } of PRACTICES) {
      this.#files.location.row(
        id,
        npi,
        name,
        'practice',
        '',
        '',
        place.city,
        STATE,
        place.zip,
        '',
        '',
        CHART_SOURCE,
        '',
      );
    }
    for (const { id, name, tin } of PRACTICES) this.#files.practice.row(id, name, tin, CLAIMS_SOURCE);
    const names = new Map(PRACTICES.map(({ id, name }) => [id, name]));
    for (const each of PRACTITIONERS) {
      const practice = each.practiceId ?? '';
      this.#files.practitioner.row(
        each.npi,
        each.npi,
        each.firstName,
        each.lastName,
        names.get(practice) ?? '',
        each.specialty.name,
        '',
        CHART_SOURCE,
        practice,
        each.specialty.code,
      );
    }
  }

  person(plan: Plan): void {
    this.#coverage(plan);
    for (const claim of plan.claims) if (claim.paid <= this.#world.end) this.#claim(plan, claim);
    this.#fills(plan);
    this.#chart(plan);
  }

  #coverage({ person, spans, death }: Plan): void {
    const { eligibility, provider_attribution } = this.#files;
    const { place } = person;
    for (const span of spans) {
      const { payer, type, plan } = PAYER[span.coverage];
      const flag = (value: boolean) => (value ? 1 : 0);
      eligibility.line(
        `${person.id},${memberIdOn(person, span.start)},,${person.sex},${person.race},${iso(person.birth)},${day(death)},${flag(death !== null)},` +
          `${iso(span.start)},${iso(span.end)},${payer},${type},${plan},${person.entitlement},${span.dual},${span.medicareStatus},,` +
          `${flag(span.isHospice)},0,${flag(span.isInstitutional)},,,,${person.firstName},,${person.lastName},,self,` +
          `${person.address},${place.city},${STATE},${place.zip},,,${person.ethnicity},${CLAIMS_SOURCE},${this.#delivered},` +
          `${place.countyFips},${person.language}`,
      );
    }
    let last = '';
    const organization = 'Throughline Demonstration ACO';
    for (const span of spans) {
      if (span.coverage !== 'fee for service') continue;
      const { payer, plan } = PAYER[span.coverage];
      for (let month = monthStart(span.start); month <= span.end; month = addMonths(month, 1)) {
        const key = iso(month).slice(0, 7).replace('-', '');
        if (key === last) continue;
        last = key;
        provider_attribution.line(
          `${person.id},,${memberIdOn(person, month)},${key},${payer},${plan},${CLAIMS_SOURCE},${person.clinician.npi},` +
            `${person.practice.id},${organization},medicare,,,,`,
        );
      }
    }
  }

  #claim({ person }: Plan, claim: Claim): void {
    const { admission, facility, rendering, diagnoses, procedures } = claim;
    const { payer, plan } = PAYER['fee for service'];
    const isInstitutional = claim.type === 'institutional';
    const header = `${claim.type},${person.id},${memberIdOn(person, claim.start)},${payer},${plan},${iso(claim.start)},${iso(claim.end)},`;
    const stay =
      `${admission ? iso(admission.admit) : ''},${day(admission?.discharge ?? null)},${admission?.source ?? ''},` +
      `${admission?.type ?? ''},${claim.disposition},${claim.place},${claim.bill},${admission?.drg ? 'ms-drg' : ''},` +
      `${admission?.drg ?? ''},`;
    const parties =
      `${rendering?.npi ?? ''},${rendering?.tin ?? ''},${claim.billing.npi},${claim.billing.tin},${facility?.npi ?? ''},` +
      `${iso(claim.paid)},`;
    const codes =
      `icd-10-cm,${cells(
        diagnoses.map(({ code }) => code),
        25,
      )},${cells(
        diagnoses.map(({ poa }) => poa),
        25,
      )},` +
      `${procedures.length > 0 ? 'icd-10-pcs' : ''},${cells(
        procedures.map(({ code }) => code),
        25,
      )},` +
      `${cells(
        procedures.map((each) => iso(each.day)),
        25,
      )},1,${CLAIMS_SOURCE},${this.#delivered},` +
      `${isInstitutional ? (facility?.ccn ?? '') : ''},${rendering?.specialty.code ?? ''},${claim.ordering?.npi ?? ''},` +
      claim.status;
    for (const line of claim.lines) {
      this.#files.medical_claim.line(
        `${claim.id},${line.number},${header}${iso(line.start)},${iso(line.end)},${stay}${line.revenue},${line.units},` +
          `${line.hcpcs},${line.modifier},,,,,${parties}${dollars(line.paid)},${dollars(line.allowed)},` +
          `${dollars(line.charge)},${dollars(line.coinsurance)},0.00,${dollars(line.deductible)},${dollars(line.allowed)},${codes}`,
      );
    }
  }

  #fills({ person, fills }: Plan): void {
    const { payer, plan } = PAYER['fee for service'];
    for (const fill of fills) {
      if (fill.paid > this.#world.end) continue;
      this.#files.pharmacy_claim.line(
        `${fill.claimId},1,${person.id},${memberIdOn(person, fill.day)},${payer},${plan},${fill.prescriber.npi},${fill.pharmacy.npi},` +
          `${iso(fill.day)},${fill.ndc},${fill.quantity},${fill.daysSupply},${fill.refills},${iso(fill.paid)},` +
          `${dollars(fill.allowed - fill.copayment)},${dollars(fill.allowed)},${dollars(fill.charge)},0.00,` +
          `${dollars(fill.copayment)},0.00,1,${CLAIMS_SOURCE},${this.#delivered}`,
      );
    }
  }

  #chart({ person, chart, death }: Plan): void {
    if (!chart) return;
    const files = this.#files;
    const { place } = person;
    const who = `${person.id},${chart.patientId}`;
    for (const id of [chart.patientId, ...(chart.duplicateId ? [chart.duplicateId] : [])]) {
      files.patient.line(
        `${person.id},${id},,${person.firstName},,${person.lastName},${person.sex},${person.race},${iso(person.birth)},` +
          `${day(death)},${death === null ? 0 : 1},,${person.address},${place.city},${STATE},${place.zip},${place.county},,,,,` +
          `${person.ethnicity},${this.#written},${place.countyFips},${person.language}`,
      );
    }
    for (const [at, { id, event }] of chart.encounters.entries()) {
      const patient = chart.duplicateId !== null && at % 3 === 2 ? `${person.id},${chart.duplicateId}` : who;
      this.#encounter(patient, id, event, chart.practice.npi);
    }
    for (const problem of chart.problems) {
      files.condition.line(
        `${problem.id},,${who},,,${iso(problem.recorded)},${iso(problem.onset)},,active,problem-list-item,icd-10-cm,` +
          `${problem.code},,icd-10-cm,${problem.code},,,,,${this.#written}`,
      );
    }
    for (const result of chart.results) {
      files.lab_result.line(
        `${result.id},${who},${result.encounterId},,,,,loinc,${result.loinc},,,,,loinc,${result.loinc},,final,` +
          `${result.value},${iso(result.day)} 16:30:00,${iso(result.day)} 08:10:00,${result.unit},${result.unit},,,,,,,,` +
          `${result.orderedBy.npi},${this.#written}`,
      );
    }
    for (const each of chart.observations) {
      files.observation.line(
        `${each.id},${person.id},,${chart.patientId},${each.encounterId},,${iso(each.day)},${each.type},${each.codeSystem},` +
          `${each.code},,${each.codeSystem},${each.code},,${each.value},${each.unit},${each.unit},,,,,${this.#written}`,
      );
    }
    for (const order of chart.orders) {
      files.medication.line(
        `${order.id},${person.id},,${chart.patientId},${order.encounterId},,${iso(order.day)},rxnorm,${order.rxnorm},${order.drug},` +
          `${order.ndc},${order.drug},${order.rxnorm},${order.drug},,,,,${order.quantity},,${order.daysSupply},${order.prescriber.npi},${this.#written}`,
      );
    }
    for (const shot of chart.immunizations) {
      files.immunization.line(
        `${shot.id},${who},${shot.encounterId},cvx,${shot.cvx},,cvx,${shot.cvx},,${shot.status},,${iso(shot.day)},,,,,,,` +
          `${shot.practitioner.npi},${this.#written}`,
      );
    }
    for (const visit of chart.appointments) {
      const clock = (minutes: number) =>
        `${iso(visit.day)} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
      files.appointment.line(
        `${visit.id},${who},${visit.encounterId},${clock(visit.at)},${clock(visit.at + 20)},20,${chart.practice.id},` +
          `${visit.practitioner.npi},FOLLOWUP,,${visit.status},,,,${CHART_SOURCE}`,
      );
    }
  }

  #encounter(who: string, id: string, event: Stay | Visit, practiceNpi: string): void {
    const { encounter, condition, procedure } = this.#files;
    const isStay = 'admit' in event;
    const [start, end] = isStay ? [event.admit, event.discharge] : [event.day, event.end];
    const attending = isStay ? event.surgeon?.practitioner : event.practitioner;
    const codes = isStay ? event.diagnoses : event.diagnoses.map((code) => ({ code, poa: '' }));
    const [principal] = codes;
    const named = codeOf(event);
    encounter.line(
      `${id},${who},${event.kind},${iso(start)},${iso(end)},${end - start},${isStay ? event.source : ''},,` +
        `${isStay ? event.type : ''},,${event.disposition},,${attending?.npi ?? ''},,${event.facility?.npi ?? practiceNpi},` +
        `${event.facility?.name ?? ''},icd-10-cm,${principal?.code ?? ''},,,,,,,,${this.#written},${named?.system ?? ''},${named?.code ?? ''}`,
    );
    for (const [at, { code, poa }] of codes.entries()) {
      condition.line(
        `${id}-D${at + 1},,${who},${id},,${iso(start)},,,,encounter-diagnosis,icd-10-cm,${code},,icd-10-cm,${code},,` +
          `${at + 1},${poa},,${this.#written}`,
      );
    }
    const done = isStay
      ? event.procedures.map((each) => ({ ...each, system: 'icd-10-pcs' }))
      : event.services
          .filter(({ isProfessional }) => isProfessional)
          .map(({ hcpcs, day: on }) => ({ code: hcpcs, day: on, system: 'hcpcs' }));
    for (const [at, { code, day: on, system }] of done.entries()) {
      procedure.line(
        `${id}-S${at + 1},${who},${id},,${iso(on)},${system},${code},,${system},${code},,,,,,,${attending?.npi ?? ''},${this.#written}`,
      );
    }
  }
}
