import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PeopleError } from '../../pipelines/engine/error.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { findFiles } from '../../pipelines/readers/sources.ts';
import { unpack } from '../../pipelines/readers/unpack.ts';
import { extraField, type Part, zip64Field, zipOf } from './archive.ts';
import { emptyHome, type Loaded, loadFiles, loadFrom, sourceFolder, temporaryFolder } from './harness.ts';
import { unpacked } from './unpacked.ts';
import { CLAIMS, GOOD, HOSTILE, named, OTHER, stating, whole } from './zip-cases.ts';

describe('an honest zip file opens', () => {
  const honest: Readonly<Record<string, readonly [names: string[], zip: Buffer]>> = {
    'deflated and stored members': [['a', 'b'], zipOf([named('b'), { ...named('a'), method: 0 }])],
    'with sizes behind the data': [
      ['a', 'b'],
      zipOf([
        { ...named('a'), streamed: true },
        { ...named('b'), streamed: true },
      ]),
    ],
    'with sizes behind the data and in the header too': [
      ['a'],
      zipOf([{ ...named('a'), streamed: true, header: { size: 1 } }]),
    ],
    'in the Zip64 form': [
      ['a'],
      zipOf([{ ...named('a'), directory: { size: 0xffffffff, extra: zip64Field(1n) }, header: { size: 0xffffffff } }], {
        zip64: {},
      }),
    ],
    'with folders': [['a/b/c.csv'], zipOf([{ name: 'a/', method: 0, mode: 0o040755 }, named('a/b/c.csv')])],
    'with an empty file': [['empty'], zipOf([{ name: 'empty', method: 0 }])],
    'with comments and extra fields': [
      ['a'],
      zipOf([{ ...named('a'), comment: 'words', directory: { extra: extraField(0x5455, Buffer.alloc(5)) } }], {
        comment: Buffer.from('words'),
      }),
    ],
    'made on a system without modes': [['a'], zipOf([{ ...named('a'), mode: 0 }])],
    'with names in other alphabets': [
      ['ren\u00e9e', '\u041c\u0438\u0440'],
      zipOf([{ ...named('\u041c\u0438\u0440'), flags: 0x800 }, named(Buffer.from([114, 101, 110, 0x82, 101]))]),
    ],
    'beside what macOS adds': [['a'], zipOf([named('a'), named('__MACOSX/._a'), named('x/.DS_Store')])],
    'with a file in the folder that macOS uses': [['__MACOSX/a'], zipOf([named('__MACOSX/a')])],
  };
  for (const [words, [names, bytes]] of Object.entries(honest)) {
    it(words, async () => {
      const { files, scratch, strays } = await unpacked('good.zip', bytes);
      expect(files.map(({ name, refusal }) => [name, refusal])).toEqual(
        names.map((name) => [`source/good.zip/${name}`, undefined]),
      );
      for (const { path } of files) expect(path.slice(scratch.length)).toMatch(/^\/members\/\d+\/\d+$/);
      expect(strays).toEqual([]);
    });
  }

  it('by its first bytes, whatever its name is', async () => {
    for (const name of ['T.BCD.A0001.ZCY18.D181120.T1000000', 'claims.csv', 'CLAIMS.ZIP']) {
      expect((await unpacked(name, whole)).files.map((file) => file.name)).toEqual([
        `source/${name}/medical_claim.csv`,
        `source/${name}/notes.txt`,
      ]);
    }
  });

  it('unless it is a spreadsheet or a document, alone or in a zip file: that is one file', async () => {
    const sheet = zipOf([named('xl/workbook.xml'), named('[Content_Types].xml')]);
    const opened = await unpacked('benchmark.xlsx', sheet);
    expect(opened.files.map(({ name, refusal }) => [name, refusal])).toEqual([['source/benchmark.xlsx', undefined]]);
    const inside = await unpacked('all.zip', zipOf([{ name: 'benchmark.xlsx', content: sheet }]));
    expect(inside.files.map(({ name, refusal }) => [name, refusal])).toEqual([
      ['source/all.zip/benchmark.xlsx', undefined],
    ]);
  });

  it('byte for byte', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at) % 251));
    const { files } = await unpacked(
      'good.zip',
      zipOf([
        { name: 'a', content },
        { name: 'b', content, method: 0 },
      ]),
    );
    for (const { path } of files) expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe('--skip', () => {
  it('leaves out a whole zip file, whatever is wrong with it', async () => {
    const { files } = await unpacked('bad.zip', whole.subarray(0, 60), ['source/bad.zip']);
    expect(files.map(({ name, skipped, refusal }) => [name, skipped, refusal])).toEqual([
      ['source/bad.zip', true, undefined],
    ]);
  });

  it('leaves out one member', async () => {
    const { files } = await unpacked('good.zip', whole, ['source/good.zip/notes.txt']);
    expect(files.map(({ name, skipped }) => [name, skipped])).toEqual([
      ['source/good.zip/medical_claim.csv', false],
      ['source/good.zip/notes.txt', true],
    ]);
  });

  it('lets a zip file pass without the member that cannot be read, and writes no more of it than it states', async () => {
    const wrong: Readonly<Record<string, readonly [rule: string, part: Part]>> = {
      encrypted: ['F13', { ...OTHER, flags: 1 }],
      damaged: ['F12', stating(OTHER, { checksum: 1 })],
      lying: ['F12', stating({ ...OTHER, content: Buffer.alloc(1e7) }, { size: 10 })],
      nested: ['F15', { ...OTHER, content: whole }],
    };
    for (const [words, [rule, part]] of Object.entries(wrong)) {
      const { files } = await unpacked('some.zip', zipOf([GOOD, part]), ['source/some.zip/notes.txt']);
      expect(
        files.map((file) => [file.name, file.skipped, file.refusal?.rule]),
        words,
      ).toEqual([
        ['source/some.zip/medical_claim.csv', false, undefined],
        ['source/some.zip/notes.txt', true, rule],
      ]);
      expect(statSync(files[1]?.path ?? '').size, words).toBeLessThanOrEqual(words === 'nested' ? whole.length : 15);
    }
  });

  it('takes the way to a member by path as well', async () => {
    const source = sourceFolder({ 'good.zip': whole });
    const skip = [join(source, 'good.zip', 'notes.txt')];
    const files = await unpack(await findFiles([source], skip), skip, temporaryFolder(), silent);
    expect(files.filter(({ skipped }) => skipped).map(({ name }) => name)).toEqual(['source/good.zip/notes.txt']);
  });

  it('refuses to name what is not there', async () => {
    await expect(unpacked('good.zip', whole, ['source/good.zip/absent.csv'])).rejects.toThrow(PeopleError);
    await expect(unpacked('claims.csv', Buffer.from(CLAIMS), ['source/claims.csv/'])).rejects.toThrow(PeopleError);
  });

  it('lets the refusal of a zip file speak, when it names a member that cannot be seen', async () => {
    const { files } = await unpacked('bad.zip', whole.subarray(0, 60), ['source/bad.zip/notes.txt']);
    expect(files[0]?.refusal?.rule).toBe('F12');
  });
});

const accountOf = ({ files }: Loaded) =>
  files.map(({ path, kind, physical_records, loaded, skipped, note }) => [
    path,
    kind,
    physical_records,
    loaded,
    skipped,
    note,
  ]);

describe('a run over zip files', () => {
  it('reads a member like a file, under the name of its zip file, with its own size and fingerprint', async () => {
    const loaded = await loadFiles({ 'in/claims.zip': zipOf([{ ...GOOD, name: 'jan/medical_claim.csv' }, OTHER]) });
    expect(loaded.refusals).toEqual([]);
    expect(accountOf(loaded)).toEqual([
      ['source/in/claims.zip/jan/medical_claim.csv', 'medical_claim', 3, 2, 0, null],
      ['source/in/claims.zip/notes.txt', 'unrecognised', 0, 0, 0, null],
    ]);
    expect(loaded.files[0]).toMatchObject({
      ...{ bytes: CLAIMS.length, sha256: createHash('sha256').update(CLAIMS).digest('hex'), amount_loaded: 150 },
    });
    expect(readdirSync(loaded.home.scratch)).toEqual([]);
  });

  it('takes a zip file for a source', async () => {
    const loaded = await loadFrom([join(sourceFolder({ 'claims.zip': zipOf([GOOD]) }), 'claims.zip')]);
    expect(loaded.files.map(({ path, loaded: records }) => [path, records])).toEqual([
      ['claims.zip/medical_claim.csv', 2],
    ]);
  });

  it('collects every refusal and still reads the rest', async () => {
    const hostile = Object.values(HOSTILE).flatMap((cases) => Object.values(cases));
    const quick = hostile.filter(([rule]) => rule !== 'F16' && rule !== 'F17');
    const files = Object.fromEntries(quick.map(([, , build], at) => [`bad${at}.zip`, build()]));
    const home = emptyHome();
    const loaded = await loadFrom([sourceFolder({ ...files, 'good.zip': zipOf([GOOD]), 'more.csv': CLAIMS })], {
      home,
    });
    expect(loaded.refusals.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual(
      quick.map(([rule], at) => `source/bad${at}.zip ${rule}`).sort(),
    );
    const read = loaded.files.filter(({ physical_records }) => physical_records > 0);
    expect(read.map(({ path }) => path)).toEqual(['source/good.zip/medical_claim.csv', 'source/more.csv']);
    expect(readdirSync(home.scratch)).toEqual([]);
  });

  it('counts the records of a member that --skip names, and lists a zip file that it names', async () => {
    const files = { 'a.zip': zipOf([GOOD]), 'b.zip': whole.subarray(0, 60), 'c.zip': zipOf([GOOD]) };
    const loaded = await loadFiles(files, { skip: ['source/a.zip/medical_claim.csv', 'source/b.zip'] });
    expect(loaded.refusals).toEqual([]);
    expect(accountOf(loaded)).toEqual([
      ['source/a.zip/medical_claim.csv', 'medical_claim', 3, 0, 2, 'not used: left out by --skip'],
      ['source/b.zip', 'unrecognised', 0, 0, 0, 'not used: left out by --skip'],
      ['source/c.zip/medical_claim.csv', 'medical_claim', 3, 2, 0, null],
    ]);
  });

  it('keeps the latest delivery by name, wherever a member lies in its zip file', async () => {
    const older = { ...GOOD, name: 'a.csv', content: CLAIMS.replace('100.00', '1.00') };
    const newer = { ...GOOD, name: 'b.csv', content: CLAIMS.replace('100.00', '2.00') };
    const paid = async (files: Record<string, Buffer | string>) =>
      (await loadFiles(files)).query(
        "select paid_amount::double as paid from input.medical_claim where claim_id = '1'",
      );
    expect(await paid({ 'x.zip': zipOf([older, newer]) })).toEqual([{ paid: 2 }]);
    expect(await paid({ 'x.zip': zipOf([newer, older]) })).toEqual([{ paid: 2 }]);
    expect(await paid({ 'x.zip': zipOf([newer]), 'y.csv': CLAIMS })).toEqual([{ paid: 100 }]);
    expect(await paid({ 'x.zip': zipOf([newer]), 'w.csv': CLAIMS })).toEqual([{ paid: 2 }]);
  });
});
