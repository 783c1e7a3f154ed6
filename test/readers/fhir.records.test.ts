import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { accountOf, ann, bundle, bySource, diabetes, lines, loadApart, mapped, reasons, visit } from './fhir-files.ts';
import { loadFiles } from './harness.ts';

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
