import { type Day, iso } from '../calendar.ts';
import { codeOf } from '../chart.ts';
import type { Facility } from '../network.ts';
import type { Chart, ChartEncounter, ChartObservation, Stay, Visit } from '../plan.ts';
import type { Random } from '../random.ts';
import type { JsonObject, Resource } from './fhir-ndjson.ts';
import { clock, coding, concept, diagnosis, extension, npiOf, type References, SYSTEM, service } from './fhir-words.ts';

const TERMS = 'http://terminology.hl7.org/CodeSystem';

/** Class (v3 ActCode) of an encounter. */
const CLASS: Readonly<Partial<Record<(Stay | Visit)['kind'], string>>> = {
  'acute inpatient': 'IMP',
  'inpatient psychiatric': 'IMP',
  'emergency department': 'EMER',
  observation: 'OBSENC',
  telehealth: 'VR',
};

const isStay = (event: Stay | Visit): event is Stay => 'admit' in event;

/** Extension of a diagnosis of an Encounter (HL7 QI-Core). */
const PRESENT_ON_ADMISSION =
  'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-encounter-diagnosisPresentOnAdmission';

/** Observations of a blood pressure lie next to each other and become one, with two components. */
const PRESSURE = { panel: '85354-9', systolic: '8480-6', diastolic: '8462-4' } as const;

/** The record of one person in the EHR, in the shape of US Core. */
export class ChartResources {
  readonly #chart: Chart;
  readonly #refs: References;
  readonly #meta: JsonObject;

  constructor(chart: Chart, refs: References, meta: JsonObject) {
    this.#chart = chart;
    this.#refs = refs;
    this.#meta = meta;
  }

  *all(random: Random): Generator<Resource> {
    const { encounters, appointments } = this.#chart;
    const booked = new Map(appointments.map(({ id, encounterId }) => [encounterId, id]));
    for (const [at, encounter] of encounters.entries()) {
      yield* this.#encounter(encounter, this.#patientOf(at), booked.get(encounter.id));
    }
    yield* this.#problems();
    yield* this.#results();
    yield* this.#observations();
    yield* this.#orders(random);
    yield* this.#immunizations();
    yield* this.#appointments();
    yield* this.#notToBeCounted(random);
  }

  /** Every third encounter was written under the second record, where there is one. */
  #patientOf(at: number): string {
    const { patientId, duplicateId } = this.#chart;
    return duplicateId !== null && at % 3 === 2 ? duplicateId : patientId;
  }

  #subject(patientId: string = this.#chart.patientId): JsonObject {
    return this.#refs.to('Patient', patientId);
  }

  #at(encounterId: string): JsonObject | undefined {
    return encounterId === '' ? undefined : this.#refs.to('Encounter', encounterId);
  }

  #practitioner(npi: string): JsonObject {
    return this.#refs.to('Practitioner', npi, npiOf(npi));
  }

  #place(type: 'Organization' | 'Location', facility: Facility | null): JsonObject {
    const { id, npi } = facility ? { id: facility.ccn, npi: facility.npi } : this.#chart.practice;
    return this.#refs.to(type, id, npiOf(npi));
  }

  *#encounter(
    { id, event }: ChartEncounter,
    patientId: string,
    appointmentId: string | undefined,
  ): Generator<Resource> {
    const stay = isStay(event);
    const [start, end] = stay ? [event.admit, event.discharge] : [event.day, event.end];
    const attending = (stay ? event.surgeon?.practitioner : event.practitioner) ?? undefined;
    const diagnoses = stay ? event.diagnoses : event.diagnoses.map((code) => ({ code, poa: '' }));
    const named = codeOf(event);
    const type = named?.system === 'snomed' ? coding(SYSTEM.snomed, named.code) : named && service(named.code);
    const own = stay ? [] : event.services.filter(({ isProfessional }) => isProfessional);
    const admission = stay ? concept(coding(SYSTEM.pointOfOrigin, event.source)) : undefined;
    const disposition = event.disposition ? concept(coding(SYSTEM.dischargeStatus, event.disposition)) : undefined;
    yield {
      resourceType: 'Encounter',
      id,
      meta: this.#meta,
      status: 'finished',
      class: coding(`${TERMS}/v3-ActCode`, CLASS[event.kind] ?? 'AMB'),
      type: [{ ...(type && concept(type)), text: event.kind }],
      priority: stay ? concept(coding(SYSTEM.admissionType, event.type)) : undefined,
      subject: this.#subject(patientId),
      participant: attending && [
        {
          type: [concept(coding(`${TERMS}/v3-ParticipationType`, 'ATND'))],
          individual: this.#practitioner(attending.npi),
        },
      ],
      appointment: appointmentId === undefined ? undefined : [this.#refs.to('Appointment', appointmentId)],
      period: stay
        ? { start: clock(start, 850), end: clock(end, 1_300) }
        : { start: clock(start, 540), end: clock(end, end === start ? 580 : 700) },
      diagnosis: diagnoses.map(({ poa }, at) => ({
        extension: poa
          ? [extension(PRESENT_ON_ADMISSION, concept(coding(SYSTEM.onAdmission, poa)), 'CodeableConcept')]
          : undefined,
        condition: this.#refs.to('Condition', `${id}-D${at + 1}`),
        use: concept(coding(`${TERMS}/diagnosis-role`, 'DD')),
        rank: at + 1,
      })),
      hospitalization:
        admission || disposition ? { admitSource: admission, dischargeDisposition: disposition } : undefined,
      location: [{ location: this.#place('Location', event.facility) }],
      serviceProvider: this.#place('Organization', event.facility),
    };
    for (const [at, { code }] of diagnoses.entries()) {
      yield {
        resourceType: 'Condition',
        id: `${id}-D${at + 1}`,
        meta: this.#meta,
        verificationStatus: concept(coding(`${TERMS}/condition-ver-status`, 'confirmed')),
        category: [concept(coding(`${TERMS}/condition-category`, 'encounter-diagnosis'))],
        code: concept(diagnosis(code)),
        subject: this.#subject(patientId),
        encounter: this.#at(id),
        recordedDate: iso(start),
      };
    }
    const done = stay
      ? event.procedures.map(({ code, day }) => ({ day, code: coding(SYSTEM.icd10pcs, code) }))
      : own.map(({ hcpcs, day }) => ({ day, code: service(hcpcs) }));
    for (const [at, { day, code }] of done.entries()) {
      yield {
        resourceType: 'Procedure',
        id: `${id}-S${at + 1}`,
        meta: this.#meta,
        status: 'completed',
        code: concept(code),
        subject: this.#subject(patientId),
        encounter: this.#at(id),
        performedDateTime: iso(day),
        performer: attending && [{ actor: this.#practitioner(attending.npi) }],
      };
    }
  }

  *#problems(): Generator<Resource> {
    for (const { id, code, onset, recorded } of this.#chart.problems) {
      yield {
        resourceType: 'Condition',
        id,
        meta: this.#meta,
        clinicalStatus: concept(coding(`${TERMS}/condition-clinical`, 'active')),
        verificationStatus: concept(coding(`${TERMS}/condition-ver-status`, 'confirmed')),
        category: [concept(coding(`${TERMS}/condition-category`, 'problem-list-item'))],
        code: concept(diagnosis(code)),
        subject: this.#subject(),
        onsetDateTime: iso(onset),
        recordedDate: iso(recorded),
      };
    }
  }

  #observation(id: string, category: string, code: string, encounterId: string, more: JsonObject): Resource {
    return {
      resourceType: 'Observation',
      id,
      meta: this.#meta,
      status: 'final',
      category: [concept(coding(`${TERMS}/observation-category`, category))],
      code: concept(coding(SYSTEM.loinc, code)),
      subject: this.#subject(),
      encounter: this.#at(encounterId),
      ...more,
    };
  }

  *#results(): Generator<Resource> {
    for (const { id, encounterId, day, loinc, value, unit } of this.#chart.results) {
      yield this.#observation(id, 'laboratory', loinc, encounterId, {
        effectiveDateTime: clock(day, 490),
        issued: clock(day, 990),
        ...measured(value, unit),
      });
    }
  }

  *#observations(): Generator<Resource> {
    const { observations } = this.#chart;
    const isPair = (first: ChartObservation | undefined, second: ChartObservation | undefined): boolean =>
      first?.code === PRESSURE.systolic &&
      second?.code === PRESSURE.diastolic &&
      first.encounterId === second.encounterId &&
      first.day === second.day;
    for (const [at, each] of observations.entries()) {
      const next = observations[at + 1];
      if (isPair(observations[at - 1], each)) continue;
      const value =
        next && isPair(each, next)
          ? {
              component: [each, next].map(({ code, value, unit }) => ({
                code: concept(coding(SYSTEM.loinc, code)),
                ...measured(value, unit),
              })),
            }
          : isConcept(each)
            ? { valueCodeableConcept: concept(coding(SYSTEM.snomed, each.value)) }
            : measured(each.value, each.unit);
      const code = 'component' in value ? PRESSURE.panel : each.code;
      const effectiveDateTime = each.encounterId ? clock(each.day, 555) : iso(each.day);
      yield this.#observation(each.id, each.type, code, each.encounterId, { effectiveDateTime, ...value });
    }
  }

  *#orders(random: Random): Generator<Resource> {
    for (const order of this.#chart.orders) {
      const drug = {
        ...concept(coding(SYSTEM.rxnorm, order.rxnorm, order.drug), coding(SYSTEM.ndc, order.ndc)),
        text: order.drug,
      };
      const isContained = random.chance(0.1);
      yield {
        resourceType: 'MedicationRequest',
        id: order.id,
        meta: this.#meta,
        contained: isContained ? [{ resourceType: 'Medication', id: 'med', code: drug }] : undefined,
        status: 'active',
        intent: 'order',
        ...(isContained ? { medicationReference: { reference: '#med' } } : { medicationCodeableConcept: drug }),
        subject: this.#subject(),
        encounter: this.#at(order.encounterId),
        authoredOn: iso(order.day),
        requester: this.#practitioner(order.prescriber.npi),
        dispenseRequest: {
          quantity: { value: order.quantity },
          expectedSupplyDuration: { value: order.daysSupply, unit: 'days', system: SYSTEM.ucum, code: 'd' },
        },
      };
    }
  }

  *#immunizations(): Generator<Resource> {
    for (const { id, encounterId, day, cvx, status, practitioner } of this.#chart.immunizations) {
      yield {
        resourceType: 'Immunization',
        id,
        meta: this.#meta,
        status,
        vaccineCode: concept(coding(SYSTEM.cvx, cvx)),
        patient: this.#subject(),
        encounter: this.#at(encounterId),
        occurrenceDateTime: iso(day),
        primarySource: true,
        performer: [{ actor: this.#practitioner(practitioner.npi) }],
      };
    }
  }

  *#appointments(): Generator<Resource> {
    for (const { id, day, at, status, practitioner } of this.#chart.appointments) {
      yield {
        resourceType: 'Appointment',
        id,
        meta: this.#meta,
        status,
        appointmentType: concept(coding(`${TERMS}/v2-0276`, 'FOLLOWUP')),
        start: clock(day, at),
        end: clock(day, at + 20),
        minutesDuration: 20,
        participant: [this.#subject(), this.#practitioner(practitioner.npi), this.#place('Location', null)].map(
          (actor) => ({ actor, status: 'accepted' }),
        ),
      };
    }
  }

  /** Statements that must not count: taken back as errors, or care that was not given. Their ids begin with NOT-. */
  *#notToBeCounted(random: Random): Generator<Resource> {
    const last = this.#chart.encounters.findLast(({ event }) => !isStay(event))?.event;
    if (last === undefined || isStay(last)) return;
    const id = (kind: string): string => `NOT-${kind}-${this.#chart.patientId}`;
    const { day } = last;
    const wrong = [
      this.#wrongResult(id('A1C'), day),
      this.#wrongVisit(id('VISIT'), day),
      this.#wrongCondition(id('CONDITION'), day),
      this.#deniedOrder(id('ORDER'), day),
      this.#omittedMammogram(id('MAMMOGRAM'), day),
    ];
    for (const resource of wrong) if (random.chance(0.04)) yield resource;
  }

  #wrongResult(id: string, day: Day): Resource {
    const taken = { effectiveDateTime: clock(day, 1_290), ...measured('14.2', '%') };
    return { ...this.#observation(id, 'laboratory', '4548-4', '', taken), status: 'entered-in-error' };
  }

  #wrongVisit(id: string, day: Day): Resource {
    return {
      resourceType: 'Encounter',
      id,
      meta: this.#meta,
      status: 'entered-in-error',
      class: coding(`${TERMS}/v3-ActCode`, 'IMP'),
      type: [{ ...concept(coding(SYSTEM.snomed, '32485007')), text: 'acute inpatient' }],
      subject: this.#subject(),
      period: { start: clock(day, 600), end: clock(day + 3, 700) },
    };
  }

  #wrongCondition(id: string, day: Day): Resource {
    return {
      resourceType: 'Condition',
      id,
      meta: this.#meta,
      verificationStatus: concept(coding(`${TERMS}/condition-ver-status`, 'entered-in-error')),
      category: [concept(coding(`${TERMS}/condition-category`, 'problem-list-item'))],
      code: concept(diagnosis('E1165')),
      subject: this.#subject(),
      recordedDate: iso(day),
    };
  }

  #deniedOrder(id: string, day: Day): Resource {
    return {
      resourceType: 'MedicationRequest',
      id,
      meta: this.#meta,
      status: 'completed',
      intent: 'order',
      doNotPerform: true,
      medicationCodeableConcept: concept(coding(SYSTEM.rxnorm, '997223', 'donepezil')),
      subject: this.#subject(),
      authoredOn: iso(day),
    };
  }

  #omittedMammogram(id: string, day: Day): Resource {
    return {
      resourceType: 'Procedure',
      id,
      meta: this.#meta,
      status: 'not-done',
      code: concept(service('77067')),
      subject: this.#subject(),
      performedDateTime: iso(day),
    };
  }
}

/** Whether the answer is a SNOMED CT number. */
const isConcept = ({ value, unit }: ChartObservation): boolean => unit === '' && /^\d{6,18}$/.test(value);

/** A number with its unit, or a text. */
function measured(value: string, unit: string): JsonObject {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return { valueString: value };
  return { valueQuantity: { value: Number(value), ...(unit && { unit, system: SYSTEM.ucum, code: unit }) } };
}
