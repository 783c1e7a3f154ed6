import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Loaded, loadFiles } from './harness.ts';

type Resource = Readonly<Record<string, unknown>>;

const lines = (...resources: readonly Resource[]): string =>
  resources.map((one) => `${JSON.stringify(one)}\n`).join('');
const bundle = (type: string, ...entry: readonly unknown[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type, entry }, null, 1);

const coded = (system: string, code: string, display?: string) => ({ coding: [{ system, code, display }] });
const [SNOMED, LOINC, ICD10, RXNORM] = [
  'http://snomed.info/sct',
  'http://loinc.org',
  'http://hl7.org/fhir/sid/icd-10-cm',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
] as const;
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const CARIN = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication';
const blueButton = (variable: string) => `https://bluebutton.cms.gov/resources/variables/${variable}`;
const NPI = 'http://hl7.org/fhir/sid/us-npi';
const MBI = 'http://hl7.org/fhir/sid/us-mbi';

const ann = { resourceType: 'Patient', id: 'ann', gender: 'female', birthDate: '1950-05-01' };
const visit = {
  resourceType: 'Encounter',
  id: 'visit',
  status: 'finished',
  class: { system: ACT, code: 'AMB' },
  subject: { reference: 'Patient/ann' },
  period: { start: '2024-01-05T23:30:00-05:00', end: '2024-01-06T00:10:00-05:00' },
};
const diabetes = {
  resourceType: 'Condition',
  id: 'dm',
  code: coded(ICD10, 'E11.9'),
  subject: { reference: 'Patient/ann' },
  encounter: { reference: 'Encounter/visit' },
};

const mapped = <From, To>(table: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [name, to(one)]));

/** Loads files in one run, each from a source of its own, whose records meet no others. */
const loadApart = (files: Readonly<Record<string, string | Buffer>>): Promise<Loaded> =>
  loadFiles(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`source=${name}/whatever.bin`, content])),
  );

/** Rows by their source, of which there is one each. */
const bySource = (found: Awaited<ReturnType<Loaded['query']>>) =>
  Object.fromEntries(found.map(({ source_name, ...row }) => [String(source_name), row]));

/** One file's account: loaded, quarantined, duplicate, skipped. */
const accountOf = ({ files }: Loaded) =>
  files.map(({ kind, physical_records, blank_records, loaded, quarantined, duplicate, skipped }) => ({
    ...{ kind, physical: physical_records, blank: blank_records, loaded, quarantined, duplicate, skipped },
  }));

const reasons = async ({ query }: Loaded, stage: string) =>
  (
    await query(`select reason || ': ' || rows as line from run.reconciliation
      where stage like '%${stage}' and rows > 0 order by reason`)
  ).map(({ line }) => line);

describe('a file of resources is recognised by its shape', () => {
  const inAnyShape: Readonly<Record<string, string | Buffer>> = {
    'a resource a line': lines(ann, visit),
    'lines whose keys stand in alphabetical order':
      '{"birthDate":"1950-05-01","id":"ann","resourceType":"Patient"}\n'.concat(lines(visit)),
    'compressed lines': gzipSync(lines(ann, visit)),
    'lines that end with CRLF behind a byte order mark': `\ufeff${lines(ann, visit).replaceAll('\n', '\r\n')}`,
    'a collection, pretty-printed': bundle('collection', { resource: ann }, { resource: visit }),
    'a searchset with addresses': bundle(
      'searchset',
      { fullUrl: 'https://h/Patient/ann', resource: ann },
      { fullUrl: 'https://h/Encounter/visit', resource: visit },
    ),
    'an array': JSON.stringify([ann, visit]),
    'lines without a last line end': lines(ann, visit).trimEnd(),
  };

  it('and read alike in each', async () => {
    const loaded = await loadApart(inAnyShape);
    expect(loaded.refusals).toEqual([]);
    expect(accountOf(loaded)).toEqual(
      Object.keys(inAnyShape).map(() => ({
        ...{ kind: 'resource', physical: 2, blank: 0, loaded: 2, quarantined: 0, duplicate: 0, skipped: 0 },
      })),
    );
    const found = await loaded.query('select source_name, person_id, encounter_id from input.encounter');
    expect(bySource(found)).toEqual(mapped(inAnyShape, () => ({ person_id: 'ann', encounter_id: 'visit' })));
  });

  it('a file of one type is called by it, whatever its name', async () => {
    const loaded = await loadFiles({ 'Encounter.000.ndjson': lines(ann), 'one.json': JSON.stringify(visit, null, 2) });
    expect(loaded.files.map(({ kind }) => kind)).toEqual(['Patient', 'Encounter']);
  });

  it('a log of an export is none', async () => {
    const { files } = await loadFiles({ 'log.ndjson': '{"eventId":"kickoff"}\n{"eventId":"done"}\n' });
    expect(files.map(({ kind }) => kind)).toEqual(['unrecognised']);
  });

  it('a document that is cut short is refused with its line', async () => {
    const { refusals } = await loadFiles({ 'b.json': bundle('collection', { resource: ann }).slice(0, -20) });
    expect(refusals.map(({ rule }) => rule)).toEqual(['J01']);
  });
});

describe('every resource is accounted for', () => {
  it('types that nothing reads are counted, each with its reason', async () => {
    const device = { resourceType: 'Device', id: 'd', patient: { reference: 'Patient/ann' } };
    const loaded = await loadFiles({ 'a.ndjson': lines(ann, device, { resourceType: 'Goal', id: 'g' }) });
    expect(accountOf(loaded)[0]).toMatchObject({ physical: 3, loaded: 1, skipped: 2 });
    expect(await reasons(loaded, 'fhir.resource')).toEqual([
      'Device is not used: no model reads devices: 1',
      'Goal is not used: no model reads it: 1',
    ]);
  });

  it('what is entered in error, about no patient, or not begun does not become input, and says so', async () => {
    const loaded = await loadFiles({
      'a.ndjson': lines(
        ann,
        { ...visit, id: 'e1', status: 'entered-in-error' },
        { ...visit, id: 'e2', status: 'planned' },
        { ...visit, id: 'e3', subject: undefined },
        { ...visit, id: 'e4', subject: { reference: 'Group/all' } },
        { ...visit, id: 'e5', period: { end: '2024-01-01' } },
        visit,
      ),
    });
    expect(await reasons(loaded, 'input.encounter')).toEqual([
      'entered in error: 1',
      'has no first day that can be read: 1',
      'has not begun: 1',
      'is about no patient: 2',
    ]);
  });
});

describe('of a resource delivered again', () => {
  const dated = (day: string, gender: string) => ({
    ...ann,
    gender,
    meta: { lastUpdated: `2024-01-${day}T10:00:00Z` },
  });
  it('the latest by its own word is kept, in whichever file it comes', async () => {
    const loaded = await loadFiles({
      '1.ndjson': lines(dated('09', 'female')),
      '2.ndjson': lines(dated('02', 'male')),
    });
    expect(await loaded.query('select sex from input.patient')).toEqual([{ sex: 'female' }]);
    expect(accountOf(loaded).map(({ duplicate }) => duplicate)).toEqual([0, 1]);
  });

  it('moments are compared across time zones, and versions as numbers', async () => {
    const zone = (lastUpdated: string, gender: string) => lines({ ...ann, gender, meta: { lastUpdated } });
    const zones = await loadFiles({
      '1.ndjson': zone('2024-01-01T23:00:00-05:00', 'female'),
      '2.ndjson': zone('2024-01-02T01:00:00Z', 'male'),
    });
    expect(await zones.query('select sex from input.patient')).toEqual([{ sex: 'female' }]);
    const version = (versionId: string, gender: string) => lines({ ...ann, gender, meta: { versionId } });
    const versions = await loadFiles({ '1.ndjson': version('10', 'female'), '2.ndjson': version('9', 'male') });
    expect(await versions.query('select sex from input.patient')).toEqual([{ sex: 'female' }]);
  });

  it('the same bytes count once', async () => {
    const loaded = await loadFiles({ '1.ndjson': lines(ann, visit), '2.ndjson': lines(ann, visit) });
    expect(accountOf(loaded).map(({ loaded: kept, duplicate }) => [kept, duplicate])).toEqual([
      [0, 2],
      [2, 0],
    ]);
    expect(await loaded.query('select encounter_id from input.encounter')).toHaveLength(1);
  });

  it('two sources may use one id, where folders name the source', async () => {
    const loaded = await loadFiles({
      'source=north/p.ndjson': lines(ann),
      'source=south/p.ndjson': lines({ ...ann, gender: 'male' }),
    });
    expect(await loaded.query('select source_name, sex from input.patient order by all')).toEqual([
      { source_name: 'north', sex: 'female' },
      { source_name: 'south', sex: 'male' },
    ]);
  });

  it('resources without a version that only share an id stay two, each with its own encounter', async () => {
    const bob = { ...ann, id: 'bob' };
    const his = { subject: { reference: 'Patient/bob' } };
    const loaded = await loadFiles({
      'a.json': bundle('collection', { resource: ann }, { resource: visit }, { resource: diabetes }),
      'b.json': bundle(
        'collection',
        { resource: bob },
        { resource: { ...visit, ...his } },
        { resource: { ...diabetes, ...his } },
      ),
    });
    expect(
      await loaded.query(`select c.person_id from input.condition as c
        join input.encounter as e on e.encounter_id = c.encounter_id and e.person_id = c.person_id order by 1`),
    ).toEqual([{ person_id: 'ann' }, { person_id: 'bob' }]);
    expect(await loaded.query("select violations from run.check where check_id = 'fhir-id-is-not-shared'")).toEqual([
      { violations: '4' },
    ]);
  });
});

describe('a reference finds its patient in every form', () => {
  const identified = { ...ann, identifier: [{ system: 'urn:mrn', value: 'M 1' }] };
  const forms: Readonly<Record<string, Resource>> = {
    relative: { reference: 'Patient/ann' },
    absolute: { reference: 'https://ehr.example/fhir/r4/Patient/ann' },
    'with a version': { reference: 'Patient/ann/_history/3' },
    URN: { reference: 'urn:uuid:ann' },
    'search by identifier': { reference: 'Patient?identifier=urn:mrn|M%201' },
    'identifier only': { identifier: { system: 'urn:mrn', value: 'M 1' } },
    'contained, by its identifier': { reference: '#me' },
  };
  it('relative, absolute, with a version, as URN, as a search, by an identifier, contained', async () => {
    const contained = [{ resourceType: 'Patient', id: 'me', identifier: identified.identifier }];
    const { query } = await loadApart(
      mapped(forms, (subject) => lines(identified, { ...diabetes, contained, subject })),
    );
    expect(bySource(await query('select source_name, person_id from input.condition'))).toEqual(
      mapped(forms, () => ({ person_id: 'ann' })),
    );
  });

  it('negative ids are ids', async () => {
    const minus = { reference: 'Patient/-10000000000066' };
    const { query } = await loadFiles({ 'a.ndjson': lines({ ...diabetes, subject: minus }) });
    expect(await query('select person_id from input.condition')).toEqual([{ person_id: '-10000000000066' }]);
  });

  it('the address of an entry is a name as well', async () => {
    const subject = { reference: 'urn:uuid:11111111-0000-0000-0000-000000000000' };
    const { query } = await loadFiles({
      'a.json': bundle(
        'transaction',
        { fullUrl: subject.reference, resource: ann },
        { resource: { ...diabetes, subject } },
      ),
    });
    expect(await query('select person_id from input.condition')).toEqual([{ person_id: 'ann' }]);
  });

  it('one that is not delivered is a warning; the statement stays with what it knows', async () => {
    const stray = { ...diabetes, subject: { identifier: { system: MBI, value: '1EG4TE5MK73' } } };
    const { query } = await loadFiles({ 'a.ndjson': lines(ann, stray) });
    expect(await query('select person_id from input.condition')).toEqual([{ person_id: '1EG4TE5MK73' }]);
    expect(
      await query("select status, violations from run.check where check_id = 'fhir-patient-is-delivered'"),
    ).toEqual([{ status: 'failed', violations: '1' }]);
  });
});

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
});

describe('claims', () => {
  const variable = (name: string, value: number) => ({
    category: {
      coding: [{ system: 'https://bluebutton.cms.gov/resources/codesystem/adjudication', code: blueButton(name) }],
    },
    amount: { value },
  });
  const category = (code: string, value: number) => ({
    category: { coding: [{ system: CARIN, code }] },
    amount: { value },
  });
  const claim = {
    resourceType: 'ExplanationOfBenefit',
    id: 'carrier-1',
    status: 'active',
    patient: { reference: 'Patient/ann' },
    billablePeriod: { start: '2024-03-01', end: '2024-03-02' },
    type: {
      coding: [
        { system: blueButton('nch_clm_type_cd'), code: '71' },
        { system: 'https://bluebutton.cms.gov/resources/codesystem/eob-type', code: 'CARRIER' },
      ],
    },
    identifier: [{ system: blueButton('clm_id'), value: '777' }],
    diagnosis: [
      { sequence: 1, diagnosisCodeableConcept: coded(ICD10, 'I10') },
      { sequence: 2, diagnosisCodeableConcept: coded(ICD10, 'E11.9'), type: [coded('t', 'principal')] },
      { sequence: 3, diagnosisCodeableConcept: coded(ICD10, 'R07.9'), type: [coded('t', 'admitting')] },
    ],
    careTeam: [
      { sequence: 1, provider: { identifier: { system: NPI, value: '1111111112' } }, role: coded('r', 'referring') },
      {
        sequence: 2,
        provider: { identifier: { system: NPI, value: '2222222222' } },
        role: coded('r', 'performing'),
        qualification: coded(blueButton('prvdr_spclty'), '08'),
      },
    ],
    payment: { date: '2024-03-20', amount: { value: 120.5 } },
    item: [
      {
        sequence: 1,
        careTeamSequence: [2],
        productOrService: coded('https://bluebutton.cms.gov/resources/codesystem/hcpcs', '99213'),
        modifier: [coded('https://bluebutton.cms.gov/resources/codesystem/hcpcs', '25')],
        servicedPeriod: { start: '2024-03-01', end: '2024-03-01' },
        locationCodeableConcept: coded(blueButton('line_place_of_srvc_cd'), '11'),
        quantity: { value: 1 },
        adjudication: [
          variable('line_nch_pmt_amt', 80.5),
          variable('line_alowd_chrg_amt', 100),
          variable('line_sbmtd_chrg_amt', 150),
        ],
      },
      { sequence: 2, adjudication: [variable('line_nch_pmt_amt', 40), category('benefit', 1)] },
    ],
  };
  const amounts = ({ query }: Loaded) =>
    query('select claim_line_number as line, paid_amount::double as paid from input.medical_claim order by 1');

  it('of Blue Button: lines with their money, principal diagnosis first, who and where', async () => {
    const loaded = await loadFiles({ 'e.ndjson': lines(claim) });
    expect(
      await loaded.query(`select claim_id, claim_type as type, claim_status as status, payer, hcpcs_code as hcpcs,
        hcpcs_modifier_1 as modifier, place_of_service_code as place, rendering_npi as who,
        rendering_specialty_code as specialty, ordering_npi as sender, diagnosis_code_1 as dx1, diagnosis_code_2 as dx2,
        diagnosis_code_3 as dx3, paid_date as paid_on, allowed_amount::double as allowed, charge_amount::double as charged
        from input.medical_claim where claim_line_number = '1'`),
    ).toEqual([
      {
        ...{ claim_id: '777', type: 'professional', status: 'paid', payer: 'medicare', hcpcs: '99213', modifier: '25' },
        ...{
          place: '11',
          who: '2222222222',
          specialty: '08',
          sender: '1111111112',
          dx1: 'E119',
          dx2: 'I10',
          dx3: null,
        },
        ...{ paid_on: '2024-03-20', allowed: 100, charged: 150 },
      },
    ]);
    expect(await amounts(loaded)).toEqual([
      { line: '1', paid: 80.5 },
      { line: '2', paid: 40 },
    ]);
  });

  it('lines that do not add up to the payment give way to it, on the first line', async () => {
    const loaded = await loadFiles({ 'e.ndjson': lines({ ...claim, payment: { amount: { value: 99.99 } } }) });
    expect(await amounts(loaded)).toEqual([
      { line: '1', paid: 99.99 },
      { line: '2', paid: 0 },
    ]);
    expect(loaded.files[0]).toMatchObject({ amount_raw: 99.99, amount_loaded: 99.99 });
  });

  it('general categories count where no variable of Blue Button stands beside them', async () => {
    const item = [
      {
        sequence: 1,
        adjudication: [category('paidtoprovider', 30), category('paidtopatient', 5), category('submitted', 90)],
      },
    ];
    const general = {
      ...claim,
      type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'professional'),
      payment: undefined,
      item,
    };
    const loaded = await loadFiles({ 'e.ndjson': lines(general) });
    expect(await amounts(loaded)).toEqual([{ line: '1', paid: 35 }]);
    expect(await loaded.query('select payer from input.medical_claim')).toEqual([{ payer: null }]);
  });

  it('of an institution: bill type, admission, discharge, DRG, procedures, and no second total', async () => {
    const information = (name: string, code: string) => ({
      category: {
        coding: [{ system: 'https://bluebutton.cms.gov/resources/codesystem/information', code: blueButton(name) }],
      },
      code: coded(blueButton(name), code),
    });
    const rev = (sequence: number, code: string, ...adjudication: readonly unknown[]) => ({
      ...{ sequence, revenue: coded(blueButton('rev_cntr'), code), adjudication },
    });
    const stay = {
      ...claim,
      id: 'inpatient-1',
      type: {
        coding: [
          { system: blueButton('nch_clm_type_cd'), code: '60' },
          { system: blueButton('clm_srvc_clsfctn_type_cd'), code: '1' },
        ],
      },
      provider: { identifier: { system: blueButton('prvdr_num'), value: '220135' } },
      organization: { identifier: { system: NPI, value: '8886687531' } },
      facility: { extension: [{ url: blueButton('clm_fac_type_cd'), valueCoding: { code: '1' } }] },
      hospitalization: { start: '2024-03-01', end: '2024-03-05' },
      information: [
        information('clm_freq_cd', '1'),
        information('clm_ip_admsn_type_cd', '3'),
        information('clm_src_ip_admsn_cd', '4'),
        information('ptnt_dschrg_stus_cd', '1'),
        information('clm_drg_cd', '42'),
      ],
      procedure: [
        {
          sequence: 1,
          date: '2024-03-02T00:00:00-05:00',
          procedureCodeableConcept: coded('http://hl7.org/fhir/sid/icd-10', 'BW03ZZZ'),
        },
      ],
      payment: { amount: { value: 5000 } },
      item: [
        rev(1, '0120', variable('rev_cntr_tot_chrg_amt', 7000)),
        rev(2, '0001', variable('rev_cntr_tot_chrg_amt', 7000)),
      ],
    };
    const loaded = await loadFiles({ 'e.ndjson': lines(stay) });
    expect(
      await loaded.query(`select bill_type_code as bill, admission_date as came, discharge_date as went,
        discharge_disposition_code as gone, admit_type_code as urgency, admit_source_code as origin, drg_code as drg,
        facility_ccn as ccn, facility_npi as npi, procedure_code_type as system, procedure_code_1 as procedure,
        procedure_date_1 as day, paid_amount::double as paid, charge_amount::double as charged from input.medical_claim`),
    ).toEqual([
      {
        ...{ bill: '111', came: '2024-03-01', went: '2024-03-05', gone: '01', urgency: '3', origin: '4', drg: '042' },
        ...{ ccn: '220135', npi: '8886687531', system: 'icd-10-pcs', procedure: 'BW03ZZZ', day: '2024-03-02' },
        ...{ paid: 5000, charged: 7000 },
      },
    ]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual(['repeats the total of the lines beside it: 1']);
  });

  it('of CARIN: organizations and practitioners within the claim, type of bill and admission period', async () => {
    const info = (code: string, more: Resource) => ({
      category: { coding: [{ system: 'x/C4BBSupportingInfoType', code }] },
      ...more,
    });
    const { query } = await loadFiles({
      'e.ndjson': lines({
        ...claim,
        type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'institutional'),
        contained: [
          {
            resourceType: 'Organization',
            id: 'org',
            identifier: [
              { type: coded('v2-0203', 'PRN'), value: '050001' },
              { system: NPI, value: '3333333333' },
            ],
          },
          { resourceType: 'Practitioner', id: 'who', identifier: [{ system: NPI, value: '4444444444' }] },
        ],
        provider: { reference: '#org' },
        careTeam: [{ sequence: 1, provider: { reference: '#who' }, role: coded('r', 'attending') }],
        supportingInfo: [
          info('typeofbill', { code: coded('https://www.nubc.org/CodeSystem/TypeOfBill', '0111') }),
          info('admissionperiod', { timingPeriod: { start: '2024-03-01', end: '2024-03-02' } }),
          info('discharge-status', { code: coded('https://www.nubc.org/CodeSystem/PatDischargeStatus', '30') }),
          info('drg', { code: coded('MS-DRG', '291') }),
        ],
      }),
    });
    expect(
      await query(`select distinct bill_type_code as bill, admission_date as came, discharge_date as went, drg_code as drg,
        facility_ccn as ccn, billing_npi as biller, rendering_npi as who from input.medical_claim`),
    ).toEqual([
      {
        bill: '111',
        came: '2024-03-01',
        went: null,
        drg: '291',
        ccn: '050001',
        biller: '3333333333',
        who: '4444444444',
      },
    ]);
  });

  it('a drug event says what the plan paid, what the drug cost, and what the patient paid', async () => {
    const event = {
      ...claim,
      id: 'pde-1',
      type: coded('https://bluebutton.cms.gov/resources/codesystem/eob-type', 'PDE'),
      payment: { date: '2024-03-10' },
      insurance: {
        coverage: { extension: [{ url: blueButton('plan_cntrct_rec_id'), valueIdentifier: { value: 'H1234' } }] },
      },
      careTeam: [
        {
          sequence: 1,
          provider: { identifier: { system: NPI, value: '5555555555' } },
          role: coded('r', 'prescribing'),
        },
      ],
      facility: { identifier: { system: NPI, value: '6666666666' } },
      item: [
        {
          sequence: 1,
          service: coded('http://hl7.org/fhir/sid/ndc', '68071071630'),
          servicedDate: '2024-03-09',
          quantity: { value: 60, extension: [{ url: blueButton('days_suply_num'), valueQuantity: { value: 30 } }] },
          adjudication: [
            variable('cvrd_d_plan_pd_amt', 126.99),
            variable('tot_rx_cst_amt', 550),
            variable('ptnt_pay_amt', 235.85),
          ],
        },
      ],
    };
    const { query } = await loadFiles({ 'e.ndjson': lines(event) });
    expect(
      await query(`select plan, dispensing_date as day, ndc_code as ndc, quantity::double as quantity, days_supply as days,
        prescribing_provider_npi as who, dispensing_provider_npi as pharmacy, paid_amount::double as paid,
        allowed_amount::double as cost, member_paid_amount::double as own from input.pharmacy_claim`),
    ).toEqual([
      {
        ...{ plan: 'H1234', day: '2024-03-09', ndc: '68071071630', quantity: 60, days: 30, who: '5555555555' },
        ...{ pharmacy: '6666666666', paid: 126.99, cost: 550, own: 235.85 },
      },
    ]);
  });

  it('only the final action counts, and what was denied stays denied; no cent is lost', async () => {
    const tagged = {
      tag: [{ system: 'https://bluebutton.cms.gov/fhir/CodeSystem/Final-Action', code: 'NotFinalAction' }],
    };
    const control = [{ url: blueButton('carr_clm_cntl_num'), valueIdentifier: { value: 'C9' } }];
    const replacing = [{ claim: { reference: 'ExplanationOfBenefit/old' }, relationship: coded('r', 'prior') }];
    const updated = (day: string) => ({ lastUpdated: `2024-05-${day}T00:00:00Z` });
    const of = (id: string, more: Resource) => ({ ...claim, id, identifier: [], ...more });
    const loaded = await loadFiles({
      'e.ndjson': lines(
        of('good', {}),
        of('gone', { status: 'cancelled' }),
        of('wrong', { status: 'entered-in-error' }),
        of('asked', { use: 'preauthorization' }),
        of('older', { meta: tagged }),
        of('old', {}),
        of('new', { related: replacing }),
        of('v1', { extension: control, meta: updated('01') }),
        of('v2', { extension: control, meta: updated('02') }),
        of('denied', { extension: [{ url: blueButton('carr_clm_pmt_dnl_cd'), valueCoding: { code: '0' } }] }),
      ),
    });
    expect(
      await loaded.query('select claim_id, claim_status as status from input.medical_claim group by all order by 1'),
    ).toEqual([
      { claim_id: 'denied', status: 'denied' },
      { claim_id: 'good', status: 'paid' },
      { claim_id: 'new', status: 'paid' },
      { claim_id: 'v2', status: 'paid' },
    ]);
    expect(
      await loaded.query(`select reason, rows, amount::double as amount from run.reconciliation
        where stage like '%input.medical_claim' order by reason`),
    ).toEqual([
      { reason: 'asks before the service and is no claim', rows: '2', amount: 120.5 },
      { reason: 'cancelled', rows: '2', amount: 120.5 },
      { reason: 'entered in error', rows: '2', amount: 120.5 },
      { reason: 'replaced by a later version of the claim', rows: '6', amount: 361.5 },
    ]);
    expect(loaded.files[0]).toMatchObject({ amount_raw: 1205, amount_loaded: 1205 });
  });

  it('a void takes back the claim of its control number', async () => {
    const control = { url: blueButton('carr_clm_cntl_num'), valueIdentifier: { value: 'C9' } };
    const credit = { url: blueButton('carr_clm_entry_cd'), valueCoding: { code: '3' } };
    const loaded = await loadFiles({
      'e.ndjson': lines(
        { ...claim, id: 'a', extension: [control], meta: { lastUpdated: '2024-05-01T00:00:00Z' } },
        { ...claim, id: 'b', extension: [control, credit], meta: { lastUpdated: '2024-05-02T00:00:00Z' } },
      ),
    });
    expect(await amounts(loaded)).toEqual([]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual([
      'cancelled by a later version of the claim: 2',
      'cancels an earlier version of the claim: 2',
    ]);
  });

  it('an amount that is no plain number of cents quarantines its claim or leaves it out, and never rounds', async () => {
    const line = (value: unknown) => ({
      ...claim,
      id: `l${value}`,
      payment: undefined,
      item: [
        {
          sequence: 1,
          adjudication: [variable('line_nch_pmt_amt', 0), { ...category('benefit', 0), amount: { value } }],
        },
      ],
    });
    const loaded = await loadFiles({
      'e.ndjson': lines(
        claim,
        { ...claim, id: 'x', payment: { amount: { value: 5.005 } } },
        { ...claim, id: 'y', payment: { amount: { value: 1e14 } } },
        line(1.234),
      ),
    });
    expect(loaded.files[0]).toMatchObject({ loaded: 2, quarantined: 2, amount_raw: 120.5, amount_loaded: 120.5 });
    expect(await loaded.query('select line_number as line, rule_id as rule from run.quarantine order by 1')).toEqual([
      { line: '2', rule: 'T04' },
      { line: '3', rule: 'T04' },
    ]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual(['an amount of it breaks T04: 1']);
  });
});

describe('coverage', () => {
  const part = (letter: string, more: Resource) => ({
    resourceType: 'Coverage',
    ...{ id: `part-${letter}`, status: 'active', beneficiary: { reference: 'Patient/ann' } },
    grouping: { subGroup: 'Medicare', subPlan: `Part ${letter}` },
    ...more,
  });
  const spans = ({ query }: Loaded) =>
    query(`select enrollment_start_date as first, enrollment_end_date as last, payer_type as type, plan, is_part_a as a,
      is_part_b as b, is_pharmacy as d, dual_status_code as dual, medicare_status_code as status from input.eligibility order by 1`);

  it('the parts of Medicare of the same days are one span', async () => {
    const variables = [
      { url: blueButton('ms_cd'), valueCoding: { code: '10' } },
      { url: blueButton('dual_01'), valueCoding: { code: '**' } },
      { url: blueButton('dual_02'), valueCoding: { code: '02' } },
    ];
    const loaded = await loadFiles({
      'c.ndjson': lines(
        part('A', { period: { start: '2023-01-01' }, extension: variables }),
        part('B', { period: { start: '2023-07-01' } }),
        part('D', { period: { start: '2023-07-01', end: '2023-12-31' } }),
      ),
    });
    const kept = { type: 'medicare', plan: 'medicare', a: true, dual: '02', status: '10' };
    expect(await spans(loaded)).toEqual([
      { first: '2023-01-01', last: '2023-06-30', ...kept, b: false, d: false },
      { first: '2023-07-01', last: '2023-12-31', ...kept, b: true, d: true },
      { first: '2024-01-01', last: null, ...kept, b: true, d: false },
    ]);
  });

  it('Part C is Medicare Advantage under its contract, in the months that name one', async () => {
    const contract = (month: string, value: string) => ({
      url: blueButton(`ptc_cntrct_id_${month}`),
      valueCoding: { code: value },
    });
    const loaded = await loadFiles({
      'c.ndjson': lines(
        part('C', {
          extension: [
            { url: blueButton('rfrnc_yr'), valueDate: '2018' },
            contract('01', 'H1225'),
            contract('02', 'H1225'),
            contract('03', '0'),
            contract('04', 'H1225'),
          ],
        }),
      ),
    });
    expect(await spans(loaded)).toMatchObject([
      { first: '2018-01-01', last: '2018-02-28', type: 'medicare advantage', plan: 'H1225', a: true, b: true },
      { first: '2018-04-01', last: '2018-04-30', type: 'medicare advantage', plan: 'H1225' },
    ]);
  });

  it('without a period nobody is enrolled, and that is said', async () => {
    const loaded = await loadFiles({ 'c.ndjson': lines(part('A', {})) });
    expect(await reasons(loaded, 'input.eligibility')).toEqual(['has no first day that can be read: 1']);
  });
});
