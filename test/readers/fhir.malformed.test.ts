import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '#contract/run';
import type { RuleId } from '../../pipelines/readers/rules.ts';
import { type Loaded, loadFiles } from './harness.ts';

const patient = { resourceType: 'Patient', id: 'ann', gender: 'female', birthDate: '1950-05-01' };
const claim = {
  resourceType: 'ExplanationOfBenefit',
  id: 'c',
  status: 'active',
  patient: { reference: 'Patient/ann' },
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] },
  billablePeriod: { start: '2024-03-01', end: '2024-03-02' },
  payment: { amount: { value: 10.25 } },
  item: [{ sequence: 1, adjudication: [{ category: { coding: [{ code: 'benefit' }] }, amount: { value: 10.25 } }] }],
};
const text = (value: unknown): string => JSON.stringify(value);
const named = (id: string, more: object = {}): string => text({ ...patient, id, ...more });
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };

/** A line that stands between two good ones, and the rule that it breaks; none where it is kept. */
const LINES: Readonly<Record<string, readonly [line: string | Buffer, rule: RuleId | null]>> = {
  'cut in the middle': [named('x').slice(0, 30), 'J03'],
  'without its last brace': [named('x').slice(0, -1), 'J03'],
  'an opening brace': ['{', 'J03'],
  'a closing brace': ['}', 'J03'],
  'a comma': [',', 'J03'],
  'a quote': ['"', 'J03'],
  'with a comma behind its last member': [`${named('x').slice(0, -1)},}`, 'J03'],
  'with a comma in front of its first member': [`{,${named('x').slice(1)}`, 'J03'],
  'with two commas': [named('x').replace(',', ',,'), 'J03'],
  'without a comma': [named('x').replace(',', ' '), 'J03'],
  'without a colon': [named('x').replace(':', ' '), 'J03'],
  'with two colons': [named('x').replace(':', '::'), 'J03'],
  'with a semicolon for a comma': [named('x').replace(',', ';'), 'J03'],
  'with a name that is no string': ['{resourceType:"Patient"}', 'J03'],
  'with a number for a name': ['{1:"Patient"}', 'J03'],
  'with single quotes': ["{'resourceType':'Patient'}", 'J03'],
  'with a name without a value': ['{"resourceType"}', 'J03'],
  'with a colon without a value': ['{"resourceType":}', 'J03'],
  'with a comment': [`${named('x')} // note`, 'J03'],
  'with a comment inside': ['{"resourceType":/* */"Patient"}', 'J03'],
  'with words behind it': [`${named('x')} done`, 'J03'],
  'of two resources': [`${named('x')}${named('y')}`, 'J03'],
  'of two resources and a comma': [`${named('x')},${named('y')}`, 'J03'],
  'of an unclosed string': ['{"resourceType":"Patient', 'J03'],
  'of an unclosed array': ['{"resourceType":"Patient","name":[{}', 'J03'],
  'with an array closed by a brace': ['{"resourceType":"Patient","name":[}', 'J03'],
  'with an object closed by a bracket': ['{"resourceType":"Patient","name":{]', 'J03'],
  'with NaN': ['{"resourceType":"Patient","n":NaN}', 'J03'],
  'with Infinity': ['{"resourceType":"Patient","n":Infinity}', 'J03'],
  'with minus Infinity': ['{"resourceType":"Patient","n":-Infinity}', 'J03'],
  'with a number beyond every double': ['{"resourceType":"Patient","n":1e999}', 'J03'],
  'with a leading zero': ['{"resourceType":"Patient","n":01}', 'J03'],
  'with a plus sign': ['{"resourceType":"Patient","n":+1}', 'J03'],
  'with a number that begins with its point': ['{"resourceType":"Patient","n":.5}', 'J03'],
  'with a number that ends with its point': ['{"resourceType":"Patient","n":1.}', 'J03'],
  'with an empty exponent': ['{"resourceType":"Patient","n":1e}', 'J03'],
  'with a lone minus': ['{"resourceType":"Patient","n":-}', 'J03'],
  'with a hexadecimal number': ['{"resourceType":"Patient","n":0x1F}', 'J03'],
  'with a number of 400 digits': [`{"resourceType":"Patient","n":${'9'.repeat(400)}}`, 'J03'],
  'with True': ['{"resourceType":"Patient","active":True}', 'J03'],
  'with tru': ['{"resourceType":"Patient","active":tru}', 'J03'],
  'with None': ['{"resourceType":"Patient","active":None}', 'J03'],
  'with undefined': ['{"resourceType":"Patient","active":undefined}', 'J03'],
  'with an unknown escape': ['{"resourceType":"Patient","id":"\\x41"}', 'J03'],
  'with half an escape': ['{"resourceType":"Patient","id":"\\u12"}', 'J03'],
  'with an escape that is no number': ['{"resourceType":"Patient","id":"\\u12G4"}', 'J03'],
  'with the first half of a pair': ['{"resourceType":"Patient","id":"\\ud83d"}', 'J03'],
  'with the second half of a pair': ['{"resourceType":"Patient","id":"\\ude00"}', 'J03'],
  'with the halves of a pair the wrong way round': ['{"resourceType":"Patient","id":"\\ude00\\ud83d"}', 'J03'],
  'with a tab in a string': ['{"resourceType":"Patient","id":"a\tb"}', 'J03'],
  'of XML': ['<Patient xmlns="http://hl7.org/fhir"/>', 'J03'],
  'of an error page': ['<html><body>502 Bad Gateway</body></html>', 'J03'],
  'of CSV': ['ann,female,1950-05-01', 'J03'],
  'of words': ['end of export', 'J03'],
  'of blanks': ['   ', 'J03'],
  'of a byte order mark': [`\ufeff${named('x')}`, 'J03'],
  'of an event stream': [`data: ${named('x')}`, 'J03'],
  null: ['null', 'J04'],
  true: ['true', 'J04'],
  'a number': ['42', 'J04'],
  'a string': ['"Patient"', 'J04'],
  'an empty array': ['[]', 'J04'],
  'an array of resources': [`[${named('x')}]`, 'J04'],
  'that names its type twice': ['{"resourceType":"Patient","resourceType":"Encounter"}', 'J05'],
  'that names its id twice': ['{"resourceType":"Patient","id":"1","id":"2"}', 'J05'],
  'that names a member twice with one value': ['{"resourceType":"Patient","id":"1","id":"1"}', 'J05'],
  'that names a member of a member twice': ['{"resourceType":"Patient","name":{"family":"a","family":"b"}}', 'J05'],
  'that names a member of an element twice': ['{"resourceType":"Patient","name":[{},{"use":"a","use":"b"}]}', 'J05'],
  'that hides a second name in an escape': ['{"resourceType":"Patient","i\\u0064":"1","id":"2"}', 'J05'],
  'that hides a second name deep in an escape': ['{"resourceType":"Patient","n":{"\\u0061":1,"a":2}}', 'J05'],
  'that names one of a hundred members twice': [
    `{"resourceType":"Patient","n":{${Array.from({ length: 100 }, (_, at) => `"m${at}":1`).join()},"m7":2}}`,
    'J05',
  ],
  'that pays twice': [text(claim).replace('{"value":10.25}', '{"value":10.25,"value":99}'), 'J05'],
  'of 110 levels': [`{"resourceType":"Patient","n":${nested(110)}}`, 'J06'],
  'of 2,000 levels of arrays': [`{"resourceType":"Patient","n":${nested(2000)}}`, 'J06'],
  'of 2,000 levels of objects': [`{"resourceType":"Patient","n":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`, 'J06'],
  'of 100,000 levels': [`{"resourceType":"Patient","n":${nested(100_000)}}`, 'J06'],
  'of 100,000 levels that never close': [`{"resourceType":"Patient","n":${'['.repeat(100_000)}`, 'J03'],
  'of 20 levels': [named('x', { n: JSON.parse(nested(20)) }), null],
  'an empty object': ['{}', 'H01'],
  'without a type': ['{"id":"x"}', 'H01'],
  'with null for a type': ['{"resourceType":null,"id":"x"}', 'H01'],
  'with a number for a type': ['{"resourceType":5,"id":"x"}', 'H01'],
  'with an object for a type': ['{"resourceType":{},"id":"x"}', 'H01'],
  'with a type in a member': ['{"resource":{"resourceType":"Patient"}}', 'H01'],
  'with an empty type': [text({ ...patient, resourceType: '' }), 'H02'],
  'with a type in lower case': [text({ ...patient, resourceType: 'patient' }), 'H02'],
  'with a misspelled type': [text({ ...patient, resourceType: 'Patinet' }), 'H02'],
  'with a type in the plural': [text({ ...patient, resourceType: 'Patients' }), 'H02'],
  'with a blank behind its type': [text({ ...patient, resourceType: 'Patient ' }), 'H02'],
  'with two types': [text({ ...patient, resourceType: 'Patient,Person' }), 'H02'],
  'that reports an error': [text(outcome), 'H03'],
  'that reports an error without saying which': ['{"resourceType":"OperationOutcome"}', 'H03'],
  'of a bundle': [text({ resourceType: 'Bundle', entry: [{ resource: patient }] }), 'H05'],
  'of an empty bundle': ['{"resourceType":"Bundle"}', 'H05'],
  'with a byte that is not UTF-8': [
    Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"'), Buffer.from([0xe9]), Buffer.from('"}')]),
    'R03',
  ],
  'with a character cut in half': [
    Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"'), Buffer.from([0xf0, 0x9f]), Buffer.from('"}')]),
    'R03',
  ],
  'with an overlong character': [
    Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    'R03',
  ],
  'with a NUL': ['{"resourceType":"Patient","id":"a\u0000b"}', 'R04'],
  'with an escaped NUL': ['{"resourceType":"Patient","id":"a\\u0000b"}', 'R04'],
  'with a bell': ['{"resourceType":"Patient","id":"a\u0007b"}', 'R04'],
  'with a form feed': [`\f${named('x')}`, 'R04'],
  'of a megabyte and more': [named('x', { text: { div: 'a'.repeat(1 << 20) } }), 'R05'],
  'of nearly a megabyte': [named('x', { text: { div: 'a'.repeat((1 << 20) - 300) } }), null],
  'with blanks around everything': ['  { "resourceType" : "Patient" , "id" : "x" }  ', null],
  'with its type behind everything': ['{"id":"x","resourceType":"Patient"}', null],
  'with an emoji, plain and escaped': [
    '{"resourceType":"Patient","id":"x","name":[{"family":"😀\\ud83d\\ude00"}]}',
    null,
  ],
  'with quotes and backslashes': [named('x', { name: [{ family: 'O"B\\r\u2028ien' }] }), null],
  'with unknown members': [named('x', { unheardOf: [1, { two: null }] }), null],
  'with a member named __proto__': ['{"resourceType":"Patient","id":"x","__proto__":{"resourceType":"Bundle"}}', null],
  'without an id': ['{"resourceType":"Patient"}', null],
  'with a number for an id': ['{"resourceType":"Patient","id":7}', null],
  'with an id of 10,000 characters': [named('x'.repeat(10_000)), null],
  'with quotes of SQL for an id': [named("'; drop table x; --"), null],
  'with numbers in every notation': [
    '{"resourceType":"Patient","id":"x","n":[0,-0,1.5e3,1E-2,12345678901234567890]}',
    null,
  ],
  'paid with three decimals': [text(claim).replaceAll('10.25', '10.255'), 'T04'],
  'paid in scientific notation': [
    text({ ...claim, payment: { amount: { value: 0 } } }).replace('"value":0', '"value":1e2'),
    'T04',
  ],
  'paid beyond every budget': [text({ ...claim, payment: { amount: { value: 12345678901234 } } }), 'T04'],
  'paid yes': [text({ ...claim, payment: { amount: { value: true } } }), 'T04'],
  'paid in words': [text({ ...claim, payment: { amount: { value: 'ten dollars' } } }), 'T04'],
  'paid with a dollar sign': [text({ ...claim, payment: { amount: { value: '$10.25' } } }), 'T04'],
  'paid with a thousands comma': [text({ ...claim, payment: { amount: { value: '1,000.00' } } }), 'T04'],
  'paid nothing at all': [text({ ...claim, payment: { amount: { value: '' } } }), 'T04'],
  'paid in an object': [text({ ...claim, payment: { amount: { value: {} } } }), 'T04'],
  'paid in an array': [text({ ...claim, payment: { amount: { value: [10.25] } } }), 'T04'],
  'paid in a string': [text({ ...claim, payment: { amount: { value: '10.25' } } }), null],
  'paid null': [text({ ...claim, payment: { amount: { value: null } } }), null],
  'paid a negative amount': [text({ ...claim, payment: { amount: { value: -10.25 } } }), null],
  'paid zeros behind the cents': [text(claim).replaceAll('10.25', '10.2500'), null],
  'with an array for a payment': [text({ ...claim, payment: [{ amount: { value: 5 } }] }), null],
  'with a number for an amount': [text({ ...claim, payment: { amount: 5 } }), null],
};

/** Bundles with one good entry beside the bad one, and what that one breaks. */
const ENTRIES: Readonly<Record<string, readonly [entry: string, rule: RuleId]>> = {
  'null for an entry': ['null', 'H04'],
  'a string for an entry': ['"Patient/ann"', 'H04'],
  'an array for an entry': ['[]', 'H04'],
  'an empty entry': ['{}', 'H04'],
  'an entry that only deletes': ['{"request":{"method":"DELETE","url":"Patient/x"}}', 'H04'],
  'an entry with null for a resource': ['{"resource":null}', 'H04'],
  'an entry with a string for a resource': ['{"resource":"Patient"}', 'H04'],
  'an entry with an array for a resource': ['{"resource":[]}', 'H04'],
  'an empty resource': ['{"fullUrl":"urn:uuid:1","resource":{}}', 'H01'],
  'a resource without a type': ['{"fullUrl":"urn:uuid:1","resource":{"id":"x"}}', 'H01'],
  'a resource of no known type': ['{"resource":{"resourceType":"Human"}}', 'H02'],
  'an outcome of the search': [`{"resource":${text(outcome)},"search":{"mode":"outcome"}}`, 'H03'],
  'a bundle within': ['{"resource":{"resourceType":"Bundle","entry":[]}}', 'H05'],
  'a name that stands twice': ['{"resource":{"resourceType":"Patient","id":"1","id":"2"}}', 'J05'],
  'a resource of 2,000 levels': [`{"resource":{"resourceType":"Patient","n":${nested(2000)}}}`, 'J06'],
  'a resource of more than a megabyte': [`{"resource":${named('x', { text: { div: 'a'.repeat(1 << 20) } })}}`, 'R05'],
};

/** Documents that cannot be read as they are. */
const REFUSED: Readonly<Record<string, readonly [bytes: string | Buffer, rule: RuleId]>> = {
  'cut short': ['{"resourceType":"Bundle",\n"entry":[{"resource":{"resourceType":"Patient"', 'J01'],
  'with a comma too many': ['{\n"resourceType":"Patient",\n}', 'J01'],
  'with words behind it': [`{\n"resourceType":"Patient"\n}\nend`, 'J01'],
  'with a NUL behind it': [`{\n"resourceType":"Patient"\n}\0`, 'J01'],
  'with more resources behind a NUL': [`[${text(patient)}]\0,${text(claim)}]`, 'J01'],
  'an array cut short': [`[${text(patient)},`, 'J01'],
  'an array with a hole': [`[${text(patient)},,${text(patient)}]`, 'J01'],
  'two documents in a row': [`[${text(patient)}]\n[${text(patient)}]`, 'J01'],
  'not UTF-8': [
    Buffer.concat([Buffer.from('[{"resourceType":"Patient","id":"'), Buffer.from([0xe9]), Buffer.from('"}]')]),
    'F02',
  ],
  'UTF-16': [Buffer.from(`\ufeff[${text(patient)}]`, 'utf16le'), 'F02'],
  'lines in UTF-16': [Buffer.from(`\ufeff${text(patient)}\n${text(claim)}\n`, 'utf16le'), 'F02'],
  'compressed and cut short': [gzipSync(`${`${text(patient)}\n`.repeat(500)}`).subarray(0, -20), 'F01'],
  'compressed and damaged at the end': [
    Buffer.concat([gzipSync(`${text(patient)}\n${text(claim)}\n`).subarray(0, -8), Buffer.alloc(8)]),
    'F01',
  ],
};

const FIELDS: Readonly<Record<string, string>> = {
  Patient: 'id identifier name gender birthDate deceasedBoolean deceasedDateTime address communication extension meta',
  Coverage: 'status type subscriberId beneficiary period payor class grouping extension',
  ExplanationOfBenefit: `status type use outcome billablePeriod insurance provider organization facility contained related
    careTeam diagnosis procedure supportingInfo information hospitalization payment extension item patient identifier meta`,
  Encounter:
    'status class type priority participant period reasonCode diagnosis hospitalization location serviceProvider',
  Condition: 'clinicalStatus verificationStatus category code encounter onsetDateTime onsetPeriod recordedDate subject',
  Observation:
    'status category code encounter effectiveDateTime valueQuantity valueCodeableConcept component extension',
  Procedure: 'status statusReason code encounter performedDateTime performedPeriod performer extension',
  MedicationRequest:
    'status intent doNotPerform medicationCodeableConcept medicationReference dispenseRequest authoredOn',
  MedicationDispense: 'status medicationCodeableConcept context performer whenHandedOver quantity daysSupply',
  Immunization: 'status vaccineCode occurrenceDateTime location performer',
  AllergyIntolerance: 'clinicalStatus type category code reaction recordedDate',
  ServiceRequest: 'status intent doNotPerform code occurrenceDateTime authoredOn requester reasonCode extension',
  DeviceRequest: 'status intent codeCodeableConcept modifierExtension',
  Task: 'status code focus for executionPeriod statusReason',
  Communication: 'status topic sent received statusReason',
  CarePlan: 'status category title period',
  Appointment: 'status appointmentType start end minutesDuration participant',
  Practitioner: 'identifier name',
  PractitionerRole: 'practitioner organization specialty code',
  Organization: 'identifier name type address partOf',
  Location: 'identifier name type address managingOrganization',
  Medication: 'code',
};
const VALUES: Readonly<Record<string, unknown>> = {
  null: null,
  'a number': -1.5,
  'a string': '2024-13-45T99:99:99Z',
  'an empty object': {},
  'an empty array': [],
  'an array of null': [null],
  'an array in an array': [[{ coding: 'x' }]],
  'an object of oddities': {
    coding: { code: 1 },
    reference: 7,
    value: 'abc',
    start: '0000-00-00',
    end: true,
    amount: [],
  },
};
/** Resources in which one member is of the wrong kind: each is kept or left out for a reason, and none breaks the run. */
const ODD = Object.entries(FIELDS).flatMap(([resourceType, fields]) =>
  fields.split(/\s+/).flatMap((field) =>
    Object.entries(VALUES).map(([kind, value]) => ({
      resourceType,
      name: `${resourceType}.${field} is ${kind}`,
      line: text({
        ...(resourceType === 'ExplanationOfBenefit' ? claim : {}),
        resourceType,
        id: `${field} ${kind}`,
        ...(resourceType === 'Task'
          ? { for: { reference: 'Patient/ann' } }
          : { subject: { reference: 'Patient/ann' } }),
        [field]: value,
      }),
    })),
  ),
);

const between = (line: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${named('before')}\n`), Buffer.from(line), Buffer.from(`\n${text(claim)}\n`)]);

const fileName = (name: string): string => `${name.replaceAll('/', ' of ')}.ndjson`;

function expectNothingLost(file: SourceFile): void {
  const { header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
  expect(header_records + blank_records + loaded + quarantined + duplicate + skipped, file.path).toBe(
    file.physical_records,
  );
  const { amount_loaded, amount_duplicate, amount_skipped, amount_quarantined } = file;
  const cents = [amount_loaded, amount_duplicate, amount_skipped, amount_quarantined].map((dollars) =>
    Math.round((dollars ?? 0) * 100),
  );
  expect(
    cents.reduce((sum, part) => sum + part),
    file.path,
  ).toBe(Math.round((file.amount_raw ?? 0) * 100));
}

/** Stages of which a row or a cent is not explained. */
const unexplained = ({ query }: Loaded) =>
  query(`select stage from run.reconciliation group by stage, rows_in, rows_out, amount_in, amount_out
    having rows_in <> rows_out + sum(rows)
      or round(amount_in * 100) <> round((amount_out + coalesce(sum(amount), 0)) * 100)`);

/** What came of every file with one bad record: the line and the rule of that one, or that it was kept. */
async function outcomesOf(files: Readonly<Record<string, string | Buffer>>): Promise<Record<string, string>> {
  const loaded = await loadFiles(
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [fileName(name), bytes])),
  );
  expect(loaded.refusals).toEqual([]);
  expect(await unexplained(loaded)).toEqual([]);
  for (const file of loaded.files) expectNothingLost(file);
  const refused = await loaded.query(
    'select path, line_number, rule_id from run.quarantine join run.source_file using (file_id) order by line_number',
  );
  return Object.fromEntries(
    Object.keys(files).map((name) => {
      const found = refused.filter(({ path }) => path === `source/${fileName(name)}`);
      return [name, found.map(({ line_number, rule_id }) => `${line_number}: ${rule_id}`).join() || 'kept'];
    }),
  );
}

const mapped = <From, To>(table: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [name, to(one)]));

describe('malformed FHIR', () => {
  it('a line that breaks a rule is one quarantined line between two good ones', async () => {
    expect(await outcomesOf(mapped(LINES, ([line]) => between(line)))).toEqual(
      mapped(LINES, ([, rule]) => (rule ? `2: ${rule}` : 'kept')),
    );
  }, 120_000);

  it('an entry that breaks a rule is one quarantined entry beside a good one', async () => {
    const bundle = ([entry]: readonly [string, RuleId]) =>
      `{"resourceType":"Bundle",\n"entry":[${entry},\n{"resource":${text(claim)}}]}`;
    expect(await outcomesOf(mapped(ENTRIES, bundle))).toEqual(mapped(ENTRIES, ([, rule]) => `1: ${rule}`));
  }, 120_000);

  it('a document that cannot be read is refused', async () => {
    const { refusals } = await loadFiles(mapped(REFUSED, ([bytes]) => bytes));
    const found = Object.fromEntries(refusals.map(({ path, rule }) => [path.replace('source/', ''), rule]));
    expect(found).toEqual(mapped(REFUSED, ([, rule]) => rule));
  });

  it('a resource with a member of the wrong kind is kept or left out with a reason, and never becomes an empty record', async () => {
    const loaded = await loadFiles(
      Object.fromEntries(
        Object.keys(FIELDS).map((type) => [
          `${type}.ndjson`,
          ODD.filter(({ resourceType }) => resourceType === type)
            .map(({ line }) => `${line}\n`)
            .join(''),
        ]),
      ),
    );
    expect(loaded.refusals).toEqual([]);
    expect(await unexplained(loaded)).toEqual([]);
    for (const file of loaded.files) expectNothingLost(file);
    const broken = await loaded.query(
      'select path, line_number, rule_id from run.quarantine join run.source_file using (file_id) order by all',
    );
    const names = broken.map(({ path, line_number, rule_id }) => {
      const type = String(path).replace(/^source\/|\.ndjson$/g, '');
      const [one] = ODD.filter(({ resourceType }) => resourceType === type).slice(Number(line_number) - 1);
      return `${one?.name}: ${rule_id}`;
    });
    expect(names).toEqual([]);
    for (const table of ['encounter', 'condition', 'observation', 'procedure', 'medication', 'immunization']) {
      expect(
        await loaded.query(`select * from input.${table} where ${table}_id is null or person_id is null`),
        table,
      ).toEqual([]);
    }
    expect(await loaded.query('select * from input.medical_claim where claim_start_date is null')).toEqual([]);
  }, 120_000);

  it('blank lines are counted and nothing else', async () => {
    const { files } = await loadFiles({ 'a.ndjson': `\n\n${named('x')}\n\r\n${text(claim)}\n\n` });
    expect(files).toMatchObject([{ physical_records: 6, blank_records: 4, loaded: 2, quarantined: 0 }]);
  });

  it('has at least 150 cases beside those', () => {
    const cases = [LINES, ENTRIES, REFUSED].reduce((sum, table) => sum + Object.keys(table).length, 0);
    expect(cases).toBeGreaterThanOrEqual(150);
  });
});
