import { describe, expect, it } from 'vitest';
import type { Built } from '../../pipelines/engine/build.ts';
import { subjectsOf } from '../../pipelines/engine/fact.ts';
import { caveatsOf } from '../../pipelines/publish/caveats.ts';
import { definitionsInOrder } from '../support/warehouse.ts';
import { beneficiary, file, fill, header, named, revenue } from './cclf-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

const READMISSION = 'readmission-30-day';
const COST = 'total-cost-per-member-per-month';
/** Made here: who is enrolled, and nothing else. */
const ENROLLED = 'enrolled-months';

/** What the product would have built: its metrics with what they read, and one that reads no claim. */
async function built(): Promise<Built> {
  const { definitions, ordered } = await definitionsInOrder();
  const served = (relation: string) => ({
    ...{
      kind: 'metric' as const,
      relation,
      measureId: null,
      rateId: null,
      dimensions: [],
      closures: [],
      changes: null,
    },
  });
  const metrics = definitions.metrics.map(({ declaration, model: { name, sql } }) => ({
    served: { ...declaration, ...served(name) },
    table: name,
    sql,
    subjects: subjectsOf(name),
  }));
  const [first] = metrics;
  if (!first) throw new Error('the product defines no metric');
  const enrolled = 'metric.enrolled_months';
  return {
    metrics: [
      ...metrics,
      {
        served: { ...first.served, id: ENROLLED, relation: enrolled },
        table: enrolled,
        sql: '',
        subjects: subjectsOf(enrolled),
      },
    ],
    dimensions: [],
    reads: new Map([...ordered.reads, [enrolled, ['core.member_month']]]),
  };
}

/** Ids of the caveats of a metric, where each has rows that add up to these; at first none has any. */
async function told({ connection }: Loaded, metric: string, [numerator, denominator] = [0, 0]): Promise<string[]> {
  const product = await built();
  await connection.run('create schema metric');
  for (const { table } of product.metrics) {
    await connection.run(`create view ${table} as select ${numerator} as numerator, ${denominator} as denominator`);
  }
  const caveats = await caveatsOf(connection, product);
  await connection.run('drop schema metric cascade');
  return (caveats.get(metric) ?? []).map(({ id }) => id);
}

describe('a figure says what its sources do not tell', () => {
  const cclf = () =>
    loadFiles({
      [named('1')]: file('1', [header()]),
      [named('2')]: file('2', [revenue()]),
      [named('7')]: file('7', [fill()]),
      [named('8')]: file('8', [beneficiary()]),
    });

  it('claims from CCLF lack care for substance use, enrolment does not', async () => {
    const loaded = await cclf();
    expect(loaded.refusals).toEqual([]);
    expect(await told(loaded, READMISSION)).toEqual(['substance-use']);
    expect(await told(loaded, ENROLLED)).toEqual([]);
  });

  it('only dollars lack what Part D plans paid', async () => {
    expect(await told(await cclf(), COST)).toEqual(['substance-use', 'part-d-payments']);
  });

  it('a delivery without fills says nothing of them', async () => {
    const loaded = await loadFiles({ [named('1')]: file('1', [header()]), [named('2')]: file('2', [revenue()]) });
    expect(await told(loaded, COST)).toEqual(['substance-use']);
  });

  it('an extract in the Tuva layout lacks neither', async () => {
    const loaded = await loadFiles({
      'medical_claim.csv': `claim_id,claim_line_number,claim_type,person_id,payer,claim_start_date,claim_end_date,paid_amount,data_source
1,1,professional,ann,medicare,2024-01-05,2024-01-05,10.00,payer
`,
    });
    expect(await loaded.query('select claim_id from input.medical_claim')).toHaveLength(1);
    expect(await told(loaded, READMISSION)).toEqual([]);
    expect(await told(loaded, COST)).toEqual([]);
  });

  it.each<[string, [number, number], string[]]>([
    ['a use that nobody is seen to have in 1,000 person-years is recorded by no source', [0, 12_000], ['not-recorded']],
    ['one that nobody is seen to have in fewer may be rare', [0, 11_999], []],
    ['one that somebody has is recorded', [1, 12_000], []],
  ])('%s', async (_, sums, caveats) => {
    expect(await told(await cclf(), ENROLLED, sums)).toEqual(caveats);
  });

  it('of FHIR claims only those of Medicare lack care for substance use', async () => {
    const claim = (type: object) =>
      JSON.stringify({
        ...{ resourceType: 'ExplanationOfBenefit', id: '1', status: 'active', use: 'claim', outcome: 'complete' },
        ...{ type, patient: { reference: 'Patient/ann' }, billablePeriod: { start: '2024-01-05', end: '2024-01-05' } },
        item: [{ sequence: 1, servicedDate: '2024-01-05' }],
      });
    const general = {
      system: 'http://terminology.hl7.org/CodeSystem/claim-type',
      code: 'professional',
    };
    const medicare = { system: 'https://bluebutton.cms.gov/resources/variables/nch_clm_type_cd', code: '71' };
    expect(await told(await loadFiles({ 'a.ndjson': claim({ coding: [general, medicare] }) }), READMISSION)).toEqual([
      'substance-use',
    ]);
    const other = await loadFiles({ 'a.ndjson': claim({ coding: [general] }) });
    expect(await other.query('select claim_id from input.medical_claim')).toHaveLength(1);
    expect(await told(other, READMISSION)).toEqual([]);
  });
});
