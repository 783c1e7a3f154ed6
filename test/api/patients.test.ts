import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Attrition } from '#contract/cohort';
import { Cohort, Cohorts } from '#contract/dimension';
import { Claim, Patient, Patients, Timeline } from '#contract/patient';
import { readArrow, readCsv } from '../support/files.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { CANARY } from '../support/snapshot.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const get = async (path: string) => (await server.ask(path, { cookie })).json();
const patients = async (query: string) => Patients.parse(await get(`/api/patients?${query}`));

describe('the list of patients', () => {
  test('tells how many there are, whatever the page', async () => {
    const { total, patients: page } = await patients('limit=2&offset=298');
    expect(total).toBe(300);
    expect(page).toHaveLength(2);
  });

  test.each([
    ['condition:gout', 8],
    ['condition:diabetes|gout', 83],
    ['condition:', 192],
    ['practice:p1;sex:female', 90],
    ['practice:', 15],
    ['age_band:75+|65-74', 99],
  ])('of %s are %i', async (where, total) => {
    expect((await patients(`where=${encodeURIComponent(where)}`)).total).toBe(total);
  });

  test('is sorted by what is asked, the living first, not known last', async () => {
    const { patients: byPaid } = await patients('sort=paid&direction=desc&limit=3');
    expect(byPaid.map(({ paid_12m }) => paid_12m)).toEqual([3064.75, 3054.5, 3044.25]);
    const { patients: byVisit } = await patients('sort=last_visit&direction=asc&limit=500');
    const living = byVisit.findIndex(({ death_date }) => death_date !== null);
    expect(byVisit.slice(living).every(({ death_date }) => death_date !== null)).toBe(true);
    expect(byVisit[living - 1]!.last_visit_date).toBeNull();
    const { patients: byName } = await patients('sort=name&direction=asc&limit=500');
    expect(byName).toHaveLength(300);
  });

  test('is searched by a part of the name in any case, or by the whole id', async () => {
    expect((await patients('q=FIRST299')).patients.map(({ person_id }) => person_id)).toEqual(['person-0299']);
    expect((await patients('q=person-0002')).total).toBe(1);
    expect((await patients('q=person-000')).total).toBe(0);
    expect((await patients('q=%25')).total).toBe(0);
  });

  test('counts the gaps of this period that are still open', async () => {
    const { patients: all } = await patients('limit=500');
    for (const { person_id, open_gaps } of all) {
      const n = Number(person_id.slice(-4));
      expect(open_gaps, person_id).toBe(n % 2 === 0 && n % 9 !== 0 && n % 4 === 2 ? 1 : 0);
    }
  });

  test('says the same in JSON, Arrow and CSV, there with what the sources do not tell', async () => {
    const { patients: list } = await patients('where=condition:gout');
    const arrow = await server.ask('/api/patients?where=condition:gout', {
      cookie,
      headers: { accept: 'application/vnd.apache.arrow.stream' },
    });
    const csv = await server.ask('/api/patients?where=condition:gout', { cookie, headers: { accept: 'text/csv' } });
    const flat = list.map((patient) =>
      Object.fromEntries(
        Object.entries({
          ...{ ...patient, drivers: patient.drivers.join('; '), conditions: patient.conditions.join('; ') },
        }).map(([name, value]) => [name, value === null || value === '' ? null : String(value)]),
      ),
    );
    const read = [readArrow(new Uint8Array(await arrow.arrayBuffer())), readCsv(Buffer.from(await csv.text()))].map(
      ({ names, rows }) =>
        rows.map((row) =>
          Object.fromEntries(
            names.map((name, at) => [name, name === 'paid_12m' ? String(Number(row[at])) : row[at] || null]),
          ),
        ),
    );
    expect(read[0]).toEqual(flat);
    expect(read[1]).toEqual(flat.map((row) => ({ ...row, caveats: 'Not told, so unknown.' })));
  });

  test('holds a formula of a name back from a spreadsheet', async () => {
    const csv = await server.ask('/api/patients?q=person-0001', { cookie, headers: { accept: 'text/csv' } });
    expect(await csv.text()).toContain(`"'=CMD(""x"") ${CANARY.last}"`);
  });

  test('cannot be filtered by what belongs to stays', async () => {
    expect((await server.ask('/api/patients?where=facility:f1', { cookie })).status).toBe(400);
  });
});

describe('one patient', () => {
  test('comes with every measure that asks for the person, newest first', async () => {
    const { gaps, birth_date, death_date } = Patient.parse(await get('/api/patients/person-0050'));
    expect([birth_date, death_date]).toEqual(['1980-03-23', '2024-11-15']);
    expect(gaps.map(({ title, period_end, status }) => [title, period_end, status])).toEqual([
      ['Breast cancer screening', '2024-12-31', 'open'],
      ['Breast cancer screening', '2023-12-31', 'open'],
    ]);
  });

  test('comes with whom the claims of twelve months name, and what was paid by month', async () => {
    const { team, costs } = Patient.parse(await get(`/api/patients/${CANARY.id}`));
    expect(team).toEqual([
      {
        ...{ npi: '1234567893', name: null, specialty: null, days: 1, fills: 1, last_date: '2024-05-01' },
        ...{ claim_id: 'fill-1', source_name: 'payer', is_responsible: false },
      },
    ]);
    expect(costs).toEqual([
      { month: '2024-03-01', paid_amount: 3 },
      { month: '2024-05-01', paid_amount: 12.5 },
    ]);
  });

  test('who is not there gets the same answer as a key that could not be one', async () => {
    const told = async (key: string) => {
      const reply = await server.ask(`/api/patients/${key}`, { cookie });
      const { error } = (await reply.json()) as { error: { code: string; message: string } };
      return [reply.status, error.code, error.message];
    };
    expect(await told('person-9999')).toEqual([404, 'not_found', 'there is no such patient']);
    expect(await told('%27%20or%201=1')).toEqual(await told('person-9999'));
    expect(await told('x'.repeat(4000))).toEqual(await told('person-9999'));
  });

  test('has a timeline of stays, fills, orders, results and shots in order of time', async () => {
    const { events } = Timeline.parse(await get(`/api/patients/${CANARY.id}/timeline`));
    expect(
      events.map(({ start_date, lane, title, source, readmission }) => [start_date, lane, title, source, readmission]),
    ).toEqual([
      ['2024-03-01', 'acute inpatient', 'Hospital stay, 4 days', 'claim', false],
      ['2024-03-20', 'acute inpatient', 'Hospital stay, 1 day', 'both', true],
      ['2024-04-01', 'medication', 'metformin', 'ehr', false],
      ['2024-04-01', 'observation', 'Hemoglobin A1c', 'ehr', false],
      ['2024-05-01', 'medication', 'NDC 00093105801', 'claim', false],
      ['2024-10-01', 'immunization', 'CVX 141', 'ehr', false],
    ]);
    expect(events[0]).toMatchObject({
      detail: 'diagnosis I509, DRG 291, through the emergency department',
      facility: 'First Hospital',
      claim_ids: ['claim-1'],
      source_name: 'payer',
      paid_amount: 8123.45,
      discharge_risk: 'LACE 12, high; HOSPITAL 5 to 6. For 4 days in hospital, heart failure. Not known: sodium',
    });
    expect(events[1]?.discharge_risk).toBeNull();
    expect(events[3]).toMatchObject({ value: 7.2, unit: '%' });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });
});

describe('a claim', () => {
  test('shows every line with the file and line that it was read from', async () => {
    const { lines, diagnoses, paid_amount } = Claim.parse(await get('/api/claims/claim-7'));
    expect(diagnoses).toEqual([
      { rank: 1, code: 'I509' },
      { rank: 2, code: 'E119' },
    ]);
    expect(lines.map(({ claim_line_number, file, line_number }) => [claim_line_number, file, line_number])).toEqual([
      ['1', 'medical_claim.csv', 15],
      ['2', 'medical_claim.csv', 16],
    ]);
    expect(lines.reduce((sum, line) => sum + line.paid_amount!, 0)).toBe(paid_amount);
  });

  test('of a pharmacy shows the drug’s code', async () => {
    const { claim_type, lines } = Claim.parse(await get('/api/claims/fill-4'));
    expect(claim_type).toBe('pharmacy');
    expect(lines[0]).toMatchObject({ ndc_code: '00093105801', units: 60, paid_amount: 12.5 });
  });

  test('whose id two sources use is shown only when the source is named', async () => {
    expect((await server.ask('/api/claims/claim-2', { cookie })).status).toBe(400);
    expect(Claim.parse(await get('/api/claims/claim-2?source=payer')).person_id).toBe('person-0002');
    expect(Claim.parse(await get('/api/claims/claim-2?source=other%20payer')).person_id).toBe('person-0003');
    expect((await server.ask('/api/claims/claim-2?source=nobody', { cookie })).status).toBe(404);
  });
});

describe('cohorts', () => {
  const send = (method: string, path: string, body: object | undefined, as = cookie) =>
    server.ask(path, { method, cookie: as, ...(body && { body: JSON.stringify(body) }) });

  test('that come with the snapshot are counted and cannot be changed', async () => {
    const { cohorts } = Cohorts.parse(await get('/api/cohorts'));
    expect(cohorts.map(({ id, persons, preset }) => [id, persons, preset])).toEqual([
      ['diabetes', 75, true],
      ['women-at-p1', 90, true],
      ['gout', 8, true],
    ]);
    expect((await send('PUT', '/api/cohorts/gout', { title: 'x', where: '' })).status).toBe(403);
    expect((await send('DELETE', '/api/cohorts/gout', undefined)).status).toBe(403);
  });

  test('are saved, changed and deleted by their owner or an administrator', async () => {
    const analyst = server.cookieOf('analyst_aggregate');
    const other = server.cookieOf('analyst_aggregate');
    const draft = { title: 'Men with diabetes', where: 'sex:male;condition:diabetes' };
    const saved = Cohort.parse(await (await send('POST', '/api/cohorts', draft, analyst)).json());
    // A cohort of one's own is not counted for who may see no persons.
    expect(saved).toMatchObject({ where: 'condition:diabetes;sex:male', preset: false, persons: null });
    const path = `/api/cohorts/${saved.id}`;
    expect((await send('PUT', path, draft, other)).status).toBe(403);
    expect((await send('DELETE', path, undefined, other)).status).toBe(403);
    const changed = await send('PUT', path, { title: 'Women', where: 'sex:female' }, analyst);
    expect(Cohort.parse(await changed.json())).toMatchObject({ id: saved.id, title: 'Women', persons: null });
    expect((await send('DELETE', path, undefined)).status).toBe(204);
    expect((await send('DELETE', path, undefined)).status).toBe(404);
  });

  test('cannot be saved over what the snapshot does not know', async () => {
    for (const where of ['shoe_size:43', 'facility:f1', 'sex', 'sex:%']) {
      expect((await send('POST', '/api/cohorts', { title: 'x', where })).status).toBe(400);
    }
  });

  test('show who is left after each clause', async () => {
    const { steps } = Attrition.parse(await get('/api/cohorts/women-at-p1/attrition'));
    expect(steps.map(({ words, persons }) => [words, persons])).toEqual([
      ['everybody', 300],
      ['Practice p1', 180],
      ['Sex female', 90],
    ]);
  });
});
