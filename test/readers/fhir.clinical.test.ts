import { describe, expect, it } from 'vitest';
import {
  ACT,
  ann,
  coded,
  diabetes,
  ICD10,
  LOINC,
  lines,
  MBI,
  NPI,
  type Resource,
  RXNORM,
  SNOMED,
  visit,
} from './fhir-files.ts';
import { loadFiles } from './harness.ts';

describe('clinical resources', () => {
  it('a patient: race and ethnicity of US Core, death, identifiers', async () => {
    const omb = (url: string, code: string) => ({
      url: `http://hl7.org/fhir/us/core/StructureDefinition/${url}`,
      extension: [{ url: 'ombCategory', valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code } }],
    });
    const { query } = await loadFiles({
      'p.ndjson': lines({
        ...ann,
        extension: [omb('us-core-race', '2054-5'), omb('us-core-ethnicity', '2186-5')],
        name: [
          { use: 'maiden', family: 'Old' },
          { use: 'official', family: 'Lee', given: ['Ann', 'B'] },
        ],
        deceasedDateTime: '2024-03-04T22:00:00-05:00',
        address: [{ line: ['1 Main St'], city: 'Salem', state: 'MA', postalCode: '01970-1234' }],
        identifier: [{ system: MBI, value: '1eg4te5mk73' }, { value: 'nameless' }],
      }),
    });
    expect(
      await query(`select first_name, last_name, sex, race, ethnicity, birth_date, death_date, death_flag, zip_code
        from input.patient`),
    ).toEqual([
      {
        ...{ first_name: 'Ann B', last_name: 'Lee', sex: 'female', race: 'black or african american' },
        ...{
          ethnicity: 'not hispanic or latino',
          birth_date: '1950-05-01',
          death_date: '2024-03-04',
          death_flag: true,
        },
        zip_code: '01970',
      },
    ]);
    expect(await query('select system, value from input.person_identifier')).toEqual([
      { system: MBI, value: '1EG4TE5MK73' },
    ]);
  });

  it('an encounter: the day on its own clock, where to, who, and why', async () => {
    const { query } = await loadFiles({
      'e.ndjson': lines(
        diabetes,
        { resourceType: 'Practitioner', id: 'doc', identifier: [{ system: NPI, value: '1234567893' }] },
        {
          ...visit,
          class: { system: ACT, code: 'IMP' },
          type: [coded('http://www.ama-assn.org/go/cpt', '99223')],
          participant: [{ individual: { reference: `Practitioner?identifier=${NPI}|1234567893` } }],
          hospitalization: { dischargeDisposition: coded(SNOMED, '428361000124107') },
          diagnosis: [{ condition: { reference: 'Condition/dm' }, rank: 1 }],
        },
      ),
    });
    expect(
      await query(`select encounter_type as type, encounter_code as code, encounter_start_date as first,
        encounter_end_date as last, discharge_disposition_code as gone, attending_provider_id as who,
        primary_diagnosis_code as why from input.encounter`),
    ).toEqual([
      {
        ...{ type: 'acute inpatient', code: '99223', first: '2024-01-05', last: '2024-01-06', gone: '50' },
        ...{ who: 'doc', why: 'E119' },
      },
    ]);
    expect(await query('select condition_rank as rank from input.condition')).toEqual([{ rank: 1 }]);
  });

  it('a condition prefers its ICD-10 code, and one that was refuted says so', async () => {
    const both = {
      coding: [
        { system: SNOMED, code: '44054006' },
        { system: ICD10, code: 'E11.9' },
      ],
    };
    const refuted = coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'refuted');
    const { query } = await loadFiles({
      'c.ndjson': lines(
        { ...diabetes, code: both, onsetPeriod: { start: '2020' }, abatementDateTime: '2021-06' },
        { ...diabetes, id: 'no', verificationStatus: refuted },
      ),
    });
    expect(
      await query(`select source_code as said, normalized_code as code, onset_date as onset, resolved_date as ended, status
        from input.condition order by condition_id`),
    ).toEqual([
      { said: '44054006', code: 'E119', onset: '2020-01-01', ended: '2021-06-01', status: null },
      { said: 'E119', code: 'E119', onset: null, ended: null, status: 'refuted' },
    ]);
  });

  it('an observation: its own value, its components as a panel, coded answers, laboratory results apart', async () => {
    const observation = (id: string, more: Resource) => ({
      resourceType: 'Observation',
      ...{ id, status: 'final', subject: { reference: 'Patient/ann' }, effectiveDateTime: '2024-02-03T08:09:10Z' },
      ...more,
    });
    const quantity = (value: number, code: string) => ({ valueQuantity: { value, unit: code, code } });
    const { query } = await loadFiles({
      'o.ndjson': lines(
        observation('bp', {
          code: coded(LOINC, '85354-9'),
          component: [
            { code: coded(LOINC, '8480-6'), ...quantity(132, 'mm[Hg]') },
            { code: coded(LOINC, '8462-4'), ...quantity(80.5, 'mm[Hg]') },
          ],
        }),
        observation('smoke', {
          code: coded(LOINC, '72166-2'),
          valueCodeableConcept: coded(SNOMED, '266919005', 'Never'),
        }),
        observation('a1c', {
          category: [coded('c', 'laboratory')],
          code: coded(LOINC, '4548-4'),
          ...quantity(9.6, '%'),
        }),
        observation('error', { code: coded(LOINC, '1'), status: 'entered-in-error' }),
      ),
    });
    expect(
      await query(`select observation_id as id, panel_id as panel, normalized_code as code, result, result_code as answer,
        normalized_units as unit, observation_datetime as at from input.observation order by 1`),
    ).toEqual([
      {
        id: 'bp#1',
        panel: 'bp',
        code: '8480-6',
        result: '132',
        answer: null,
        unit: 'mm[Hg]',
        at: '2024-02-03 08:09:10',
      },
      {
        id: 'bp#2',
        panel: 'bp',
        code: '8462-4',
        result: '80.5',
        answer: null,
        unit: 'mm[Hg]',
        at: '2024-02-03 08:09:10',
      },
      {
        id: 'smoke',
        panel: null,
        code: '72166-2',
        result: 'Never',
        answer: '266919005',
        unit: null,
        at: '2024-02-03 08:09:10',
      },
    ]);
    expect(
      await query('select lab_result_id as id, result, normalized_component_code as code from input.lab_result'),
    ).toEqual([{ id: 'a1c', result: '9.6', code: '4548-4' }]);
  });

  const QICORE = 'http://hl7.org/fhir/us/qicore/StructureDefinition/';
  const refusal = coded(SNOMED, '183932001');
  const notDone: readonly (readonly [table: string, resource: Resource])[] = [
    ['procedure', { resourceType: 'Procedure', status: 'not-done', statusReason: refusal, code: coded(SNOMED, '1') }],
    [
      'observation',
      {
        resourceType: 'Observation',
        status: 'cancelled',
        code: coded(LOINC, '1'),
        meta: { profile: [`${QICORE}qicore-observationnotdone`] },
        extension: [{ url: `${QICORE}qicore-notDoneReason`, valueCodeableConcept: refusal }],
      },
    ],
    [
      'medication',
      {
        resourceType: 'MedicationRequest',
        status: 'completed',
        intent: 'order',
        doNotPerform: true,
        reasonCode: [refusal],
        medicationCodeableConcept: coded(RXNORM, '1'),
      },
    ],
    [
      'immunization',
      {
        resourceType: 'Immunization',
        status: 'not-done',
        statusReason: refusal,
        vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '140'),
      },
    ],
    [
      'service_request',
      {
        resourceType: 'ServiceRequest',
        status: 'completed',
        intent: 'order',
        doNotPerform: true,
        code: coded(SNOMED, '1'),
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/request-statusReason', valueCodeableConcept: refusal },
        ],
      },
    ],
    [
      'service_request',
      {
        resourceType: 'DeviceRequest',
        status: 'completed',
        intent: 'order',
        codeCodeableConcept: coded(SNOMED, '1'),
        modifierExtension: [{ url: `${QICORE}qicore-doNotPerform`, valueBoolean: true }],
        reasonCode: [refusal],
      },
    ],
    [
      'task',
      {
        resourceType: 'Task',
        status: 'rejected',
        intent: 'order',
        meta: { profile: [`${QICORE}qicore-tasknotdone`] },
        statusReason: refusal,
        code: coded(SNOMED, '1'),
      },
    ],
    [
      'communication',
      { resourceType: 'Communication', status: 'not-done', statusReason: refusal, topic: coded(SNOMED, '1') },
    ],
  ];
  it('what was decided against stays one, with its reason: procedure, observation, order, immunization, task, message', async () => {
    const about = ({ resourceType }: Resource) =>
      resourceType === 'Task' ? 'for' : resourceType === 'Immunization' ? 'patient' : 'subject';
    const { query } = await loadFiles({
      'n.ndjson': lines(
        ...notDone.map(([, resource]) => ({ ...resource, id: 'n', [about(resource)]: { reference: 'Patient/ann' } })),
      ),
    });
    for (const table of new Set(notDone.map(([name]) => name))) {
      const kept = { person_id: 'ann', status: 'not done', why: '183932001' };
      expect(await query(`select person_id, status, not_done_reason_code as why from input.${table}`), table).toEqual(
        notDone.filter(([name]) => name === table).map(() => kept),
      );
    }
  });

  it('medicines are ordered, dispensed, given and taken; their code may stand elsewhere; a plan is no order', async () => {
    const about = { subject: { reference: 'Patient/ann' } };
    const { query } = await loadFiles({
      'm.ndjson': lines(
        { resourceType: 'Medication', id: 'metformin', code: coded(RXNORM, '860975') },
        {
          resourceType: 'MedicationRequest',
          ...{ id: 'r', status: 'active', intent: 'order', ...about, authoredOn: '2024-01-01' },
          medicationReference: { reference: 'Medication/metformin' },
          dispenseRequest: { expectedSupplyDuration: { value: 2, code: 'wk' } },
        },
        {
          resourceType: 'MedicationRequest',
          id: 'p',
          intent: 'plan',
          ...about,
          medicationCodeableConcept: coded(RXNORM, '1'),
        },
        {
          resourceType: 'MedicationDispense',
          ...{ id: 'd', status: 'completed', ...about, whenHandedOver: '2024-01-02T10:00:00Z' },
          contained: [
            { resourceType: 'Medication', id: 'm', code: coded('http://hl7.org/fhir/sid/ndc', '00093-1048-01') },
          ],
          medicationReference: { reference: '#m' },
          daysSupply: { value: 30, code: 'd' },
        },
      ),
    });
    expect(
      await query(`select medication_id as id, statement_type as kind, coalesce(rxnorm_code, ndc_code) as code,
        coalesce(prescribing_date, dispensing_date) as day, days_supply as days from input.medication order by 1`),
    ).toEqual([
      { id: 'd', kind: 'dispense', code: '00093104801', day: '2024-01-02', days: 30 },
      { id: 'r', kind: 'order', code: '860975', day: '2024-01-01', days: 14 },
    ]);
  });

  it('an order tells its course, its refills, and how long its supply lasts: as stated, or by dose and times', async () => {
    const order = {
      ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order', authoredOn: '2024-01-01' },
      ...{ subject: { reference: 'Patient/ann' }, medicationCodeableConcept: coded(RXNORM, '1') },
    };
    const twiceADay = { frequency: 2, period: 1, periodUnit: 'd' };
    const { query } = await loadFiles({
      'm.ndjson': lines(
        {
          ...{ ...order, id: 'a' },
          dispenseRequest: {
            quantity: { value: 60, unit: 'mL' },
            expectedSupplyDuration: { value: 10, unit: 'days' },
            numberOfRepeatsAllowed: 3,
          },
          dosageInstruction: [
            {
              timing: { repeat: { boundsPeriod: { start: '2024-01-05', end: '2024-02-04' }, ...twiceADay } },
              doseAndRate: [{ doseQuantity: { value: 1 } }],
            },
          ],
        },
        {
          ...{ ...order, id: 'b' },
          dispenseRequest: { quantity: { value: 90 } },
          dosageInstruction: [
            { timing: { repeat: twiceADay }, doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2 } } }] },
          ],
        },
        {
          ...{ ...order, id: 'c' },
          dispenseRequest: { quantity: { value: 90 } },
          dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 1 } }] }],
        },
      ),
    });
    expect(
      await query(`select medication_id as id, course_start_date as start, end_date as "end", days_supply as days, refills,
        quantity_unit as unit from input.medication order by 1`),
    ).toEqual([
      { id: 'a', start: '2024-01-05', end: '2024-02-04', days: 10, refills: 3, unit: 'mL' },
      { id: 'b', start: null, end: null, days: 22, refills: null, unit: null },
      { id: 'c', start: null, end: null, days: null, refills: null, unit: null },
    ]);
  });

  it('an adverse event is a harm by a substance for its day; one that might have happened is none', async () => {
    const event = {
      resourceType: 'AdverseEvent',
      subject: { reference: 'Patient/ann' },
      event: coded(RXNORM, '301542'),
    };
    const { query } = await loadFiles({
      'e.ndjson': lines(
        { ...event, id: 'a', actuality: 'actual', recordedDate: '2024-05-01' },
        { ...event, id: 'b', actuality: 'potential', recordedDate: '2024-05-01' },
      ),
    });
    expect(
      await query(
        'select allergy_id as id, allergy_type as kind, recorded_date as from_day, resolved_date as to_day, source_code as code from input.allergy',
      ),
    ).toEqual([{ id: 'a', kind: 'adverse event', from_day: '2024-05-01', to_day: '2024-05-01', code: '301542' }]);
  });
});
