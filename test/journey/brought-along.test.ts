import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { throughline } from '../support/published.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'throughline-brought-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const OFFICE_VISIT = '2.16.840.1.113883.3.464.1003.101.12.1001';

describe('what a customer brings beside the extracts', () => {
  it('a gap closed by hand and a licensed code list count from the next run, and say whose they are', async () => {
    for (const folder of ['source', 'lists', 'home/supplemental']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, 'source/eligibility.csv'),
      `person_id,member_id,gender,birth_date,enrollment_start_date,enrollment_end_date,payer,payer_type,plan,data_source
ann,ann,female,1960-05-05,2020-01-01,2024-12-31,medicare,medicare,a,payer
bea,bea,female,1960-05-05,2020-01-01,2024-12-31,medicare,medicare,a,payer
`,
    );
    // 99499 is in no built-in list of office visits; 99213 is.
    writeFileSync(
      join(root, 'source/medical_claim.csv'),
      `claim_id,claim_line_number,claim_type,person_id,payer,plan,claim_start_date,claim_end_date,claim_line_start_date,place_of_service_code,hcpcs_code,diagnosis_code_type,diagnosis_code_1,paid_amount,data_source
c1,1,professional,ann,medicare,a,2024-03-01,2024-03-01,2024-03-01,11,99499,icd-10-cm,I10,10,payer
c2,1,professional,bea,medicare,a,2024-12-31,2024-12-31,2024-12-31,11,99213,icd-10-cm,I10,10,payer
`,
    );
    writeFileSync(
      join(root, 'home/supplemental/closures.csv'),
      `person_id,service_date,code_type,code,value,unit,entered_by,entered_on,note
ann,2024-02-01,hcpcs,77067,,,j.doe,2024-12-20,letter of the imaging centre
`,
    );
    writeFileSync(
      join(root, 'lists/office-visit.json'),
      JSON.stringify({
        ...{
          resourceType: 'ValueSet',
          url: `http://cts.nlm.nih.gov/fhir/ValueSet/${OFFICE_VISIT}`,
          version: '20250101',
        },
        ...{
          title: 'Office Visit',
          expansion: { contains: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99499' }] },
        },
      }),
    );
    const home = join(root, 'home');
    throughline('run', '--source', join(root, 'source'), '--home', home, '--value-sets', join(root, 'lists'));

    const pointer = readPointer(openHome(home));
    const instance = await DuckDBInstance.create(join(home, pointer?.file ?? ''), { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    expect(
      await rows(
        connection,
        `select source_person_id as person, initial_population, numerator, status, evidence from measure.cms125
         join core.person_source using (person_id) where source_name = 'payer' and period_start = date '2024-01-01' order by all`,
      ),
    ).toEqual([
      {
        ...{ person: 'ann', initial_population: true, numerator: true, status: 'closed, awaiting claim' },
        evidence: 'mammogram (HCPCS 77067, entered by hand 2024-02-01)',
      },
      { person: 'bea', initial_population: false, numerator: false, status: 'not eligible', evidence: null },
    ]);
    expect(
      await rows(
        connection,
        `select source, is_supplied, rules, seen::integer as seen, list_contains(metrics, 'cms125-1') as is_read
         from catalogue.value_set where oid = '${OFFICE_VISIT}'`,
      ),
    ).toEqual([
      { source: 'Office Visit, version 20250101, supplied', is_supplied: true, rules: 1, seen: 1, is_read: true },
    ]);
    connection.closeSync();
    instance.closeSync();
  });
});
