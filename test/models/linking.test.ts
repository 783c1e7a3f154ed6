import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { given, make, warehouse } from '../support/warehouse.ts';

let connection: Awaited<ReturnType<typeof warehouse>>;
const MBI = 'http://hl7.org/fhir/sid/us-mbi';

beforeAll(async () => {
  connection = await warehouse();
  await given(connection, {
    'input.eligibility': `
      source_name | person_id   | member_id   | payer    | payer_type | gender | birth_date | enrollment_start_date
      cclf        | 1EG4TE5MK73 | 1EG4TE5MK73 | medicare | medicare   | female | 1950-05-01 | 2024-01-01
      cclf        | 2EG4TE5MK73 | 2EG4TE5MK73 | medicare | medicare   | male   | 1941-01-01 | 2024-01-01
      plan        | 3EG4TE5MK73 | 3EG4TE5MK73 | acme     | commercial | male   | 1960-01-01 | 2024-01-01`,
    'input.patient': `
      source_name | person_id | patient_id | sex     | birth_date | first_name | last_name
      ehr         | chart-1   | chart-1    | unknown | 1950-05-01 | Ann        | Lee
      ehr         | chart-2   | chart-2    | female  | 1941-01-01 | Mary       | Poe
      ehr         | chart-3   | chart-3    | male    | 1960-01-01 | Joe        | Roe
      clinic      | c-4       | c-4        | female  | 1970-02-02 | Eve        | Fox
      hospital    | h-4       | h-4        | female  | 1970-02-02 | eve        | FOX
      lab         | l-4       | l-4        | female  |            | Eve        | Fox
      hospital    | h-5       | h-5        | male    | 1970-02-02 | Bob        | Fox
      clinic      | c-6       | c-6        | female  | 1980-03-03 | Una        | Orr
      hospital    | h-6       | h-6        | female  | 1980-03-03 | Ida        | Orr`,
    'input.person_identifier': `
      source_name | person_id | system   | value
      ehr         | chart-1   | ${MBI}   | 1EG4TE5MK73
      ehr         | chart-2   | ${MBI}   | 2EG4TE5MK73
      ehr         | chart-3   | ${MBI}   | 3EG4TE5MK73
      clinic      | c-4       | urn:mrn  | 44
      hospital    | h-4       | urn:mrn  | 44
      hospital    | h-4       | urn:lab  | L
      lab         | l-4       | urn:lab  | L
      hospital    | h-5       | urn:fam  | F
      lab         | l-4       | urn:fam  | F
      clinic      | c-6       | urn:mrn  | 66
      hospital    | h-6       | urn:mrn  | 66`,
  });
  await make(connection, 'core.person', 'core.person_source', 'core.person_alias', 'core.person_review');
});

/** Source ids of each person, of those who have several. */
const together = async () =>
  (
    await rows(
      connection,
      `select string_agg(source_person_id, ' ' order by source_person_id) as ids
       from core.person_source group by person_id having count(*) > 1 order by ids`,
    )
  ).map(({ ids }) => ids);

describe('people of several sources', () => {
  it('are one person by a Medicare number or by a shared identifier, through any chain, where nothing contradicts it', async () => {
    expect(await together()).toEqual(['1EG4TE5MK73 chart-1', 'c-4 h-4 l-4']);
  });

  it('are known by the smallest of their ids, and their old ids lead there', async () => {
    expect(
      await rows(
        connection,
        `select source.source_person_id as id, alias.old_person_id is not null as has_alias
         from core.person_source as source
         left join core.person_alias as alias
           on alias.person_id = source.person_id
           and alias.old_person_id
             = substr(sha256(getvariable('surrogate_key') || '|person|' || source.source_person_id), 1, 16)
         where source.source_person_id in ('1EG4TE5MK73', 'chart-1') order by id`,
      ),
    ).toEqual([
      { id: '1EG4TE5MK73', has_alias: false },
      { id: 'chart-1', has_alias: true },
    ]);
  });

  it('with one identifier that contradict each other in sex, birth date or name are listed for review, and not joined', async () => {
    const listed = await rows(
      connection,
      `select source_person_id || ' ' || value || ': ' || array_to_string(differs, ', ') as line
       from core.person_review order by line`,
    );
    expect(listed.map(({ line }) => line)).toEqual([
      '2EG4TE5MK73 2EG4TE5MK73: sex',
      'c-6 66: name',
      'chart-2 2EG4TE5MK73: sex',
      'h-5 F: sex, name',
      'h-6 66: name',
      'l-4 F: sex, name',
    ]);
  });

  it('of which a payer other than Medicare numbers one like Medicare does are not joined', async () => {
    expect(
      await rows(
        connection,
        "select count(distinct person_id)::integer as n from core.person_source where source_person_id in ('3EG4TE5MK73', 'chart-3')",
      ),
    ).toEqual([{ n: 2 }]);
  });
});

describe('people of whom somebody decided that they are one', () => {
  const SAME = 'urn:throughline:same-person';
  const patients = `
    source_name | person_id | patient_id | sex    | birth_date | last_name
    clinic      | c-1       | c-1        | female | 1980-03-03 | Orr
    hospital    | h-1       | h-1        | male   | 1980-03-04 | Or
    lab         | l-1       | l-1        | female | 1980-03-03 | Orr
    rehab       | r-1       | r-1        | female | 1980-03-03 | Orr
    clinic      | c-2       | c-2        | female | 1980-03-03 | Orr`;
  const identifiers = `
    source_name | person_id | system  | value
    clinic      | c-1       | urn:mrn | 1
    hospital    | h-1       | urn:mrn | 1
    clinic      | c-1       | urn:lab | 5
    lab         | l-1       | urn:lab | 5
    hospital    | h-1       | urn:bed | 7
    rehab       | r-1       | urn:bed | 7`;
  const judged = async (decisions: string) => {
    const own = await warehouse();
    await given(own, { 'input.patient': patients, 'input.person_identifier': `${identifiers}\n${decisions.trim()}` });
    await make(own, 'core.person', 'core.person_source', 'core.person_review');
    const people = await rows(
      own,
      `select string_agg(source_person_id, ' ' order by source_person_id) as ids
       from core.person_source group by person_id order by ids`,
    );
    const waiting = await rows(own, 'select distinct value from core.person_review order by value');
    return { people: people.map(({ ids }) => ids), waiting: waiting.map(({ value }) => value) };
  };

  it('wait on the list until then', async () => {
    expect(await judged('')).toEqual({ people: ['c-1 l-1', 'c-2', 'h-1', 'r-1'], waiting: ['1', '7'] });
  });

  it('are one, with all to whom they are linked, and leave the list; what nobody decided stays on it', async () => {
    const decided = `hospital | h-1 | ${SAME} | D1\nclinic | c-1 | ${SAME} | D1`;
    expect(await judged(decided)).toEqual({ people: ['c-1 h-1 l-1', 'c-2', 'r-1'], waiting: ['7'] });
  });

  it('are one through several decisions', async () => {
    const decided = `
      hospital | h-1 | ${SAME} | D1
      lab      | l-1 | ${SAME} | D1
      rehab    | r-1 | ${SAME} | D2
      hospital | h-1 | ${SAME} | D2`;
    expect(await judged(decided)).toEqual({ people: ['c-1 h-1 l-1 r-1', 'c-2'], waiting: [] });
  });
});
