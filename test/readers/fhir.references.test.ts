import { describe, expect, it } from 'vitest';
import { ann, bundle, bySource, diabetes, lines, loadApart, MBI, mapped, type Resource } from './fhir-files.ts';
import { loadFiles } from './harness.ts';

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
