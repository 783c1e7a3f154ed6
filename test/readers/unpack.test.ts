import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PeopleError } from '../../pipelines/engine/error.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { isBomb } from '../../pipelines/readers/expansion.ts';
import { type Found, findFiles } from '../../pipelines/readers/sources.ts';
import { unpack } from '../../pipelines/readers/unpack.ts';
import { type End, extraField, type Part, zip64Field, zipOf } from './archive.ts';
import { emptyHome, type Loaded, loadFiles, loadFrom, sourceFolder, temporaryFolder } from './harness.ts';

const CLAIMS = `claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,paid_amount,data_source
1,1,professional,ann,2024-01-05,2024-01-05,100.00,cclf
2,1,professional,bob,2024-01-06,2024-01-06,50.00,cclf
`;
const GOOD: Part = { name: 'medical_claim.csv', content: CLAIMS };
const OTHER: Part = { name: 'notes.txt', content: 'nothing of note' };

/** Every file and folder under a folder, with the size of files. */
const treeOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const found = statSync(join(root, name));
      return found.isFile() ? `${name} ${found.size}` : name;
    })
    .sort();

const sizeOf = (root: string): number =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(root, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);

interface Unpacked {
  readonly files: readonly Found[];
  readonly scratch: string;
  /** What lies around the scratch folder that did not lie there before. */
  readonly strays: readonly string[];
}

/** Unpacks one zip file in a folder of its own, with nothing but the scratch folder to write to. */
async function unpacked(name: string, bytes: Buffer, skip: readonly string[] = []): Promise<Unpacked> {
  const root = temporaryFolder();
  const [source, scratch] = [join(root, 'a/b/source'), join(root, 'a/b/scratch')];
  for (const folder of [source, scratch]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(source, name), bytes);
  const before = treeOf(root);
  const files = await unpack(await findFiles([source], skip), skip, join(scratch, 'members'), silent);
  const strays = treeOf(root).filter((path) => !before.includes(path) && !path.startsWith('a/b/scratch/'));
  return { files, scratch, strays };
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged[at] = (damaged[at] ?? 0) ^ 0x10;
  return damaged;
};
const packed = (content: string | Buffer): Buffer => deflateRawSync(Buffer.from(content));
/** Both the directory and the header say so. */
const stating = (part: Part, stated: NonNullable<Part['header']>): Part => ({
  ...part,
  directory: stated,
  header: stated,
});
const named = (name: string | Buffer, content = 'x'): Part => ({ name, content });
const many = (count: number): Part[] =>
  Array.from({ length: count }, (_, at) => ({ name: `${at}`, content: '', method: 0 }));

/** Members whose data hold the headers and data of all that follow them. */
function quotedBomb(members: number): Buffer {
  const data = packed(Buffer.alloc(1 << 20));
  return zipOf(
    Array.from({ length: members }, (_, at) => {
      const rest = (members - at - 1) * (30 + 3 + data.length);
      const name = String(100 + at);
      return stating({ name, data }, { packed: data.length + rest, size: 1 << 20 });
    }),
  );
}

/** The Unicode Path field of Info-ZIP: a second name beside the first, bound to it by its checksum. */
function unicodeName(name: string, unicode: string): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(name));
  return extraField(0x7075, Buffer.concat([Buffer.from([1]), checksum, Buffer.from(unicode)]));
}

type Case = readonly [rule: string, words: RegExp, zip: () => Buffer];
const zip =
  (parts: readonly Part[], end?: End): (() => Buffer) =>
  () =>
    zipOf(parts, end);
const whole = zipOf([GOOD, OTHER]);

const DAMAGED: Readonly<Record<string, Case>> = {
  'cut in half': ['F12', /cut short/, () => whole.subarray(0, whole.length / 2)],
  'cut by its last byte': ['F12', /cut short/, () => whole.subarray(0, -1)],
  'cut behind its first header': ['F12', /cut short/, () => whole.subarray(0, 47)],
  'no more than its first four bytes': ['F12', /cut short/, () => whole.subarray(0, 4)],
  'empty, whatever its name says': ['F12', /cut short/, () => Buffer.alloc(0)],
  'a text that is called .zip': ['F12', /cut short/, () => Buffer.from(CLAIMS)],
  'with bytes behind its end': ['F12', /extra bytes/, () => Buffer.concat([whole, Buffer.from('more')])],
  'with bytes before its beginning': ['F12', /header|bytes before/, () => Buffer.concat([Buffer.from('#!'), whole])],
  'two zip files, one behind the other': ['F12', /behind the directory/, () => Buffer.concat([whole, whole])],
  'two zip files, the longer one behind the other': [
    'F12',
    /belong to no member|directory/,
    () => Buffer.concat([zipOf([GOOD]), whole]),
  ],
  'with bytes between its members': [
    'F12',
    /7 bytes before member/,
    zip([GOOD, { ...OTHER, before: Buffer.alloc(7) }]),
  ],
  'with a member that the directory does not list': [
    'F12',
    /belong to no member/,
    zip([GOOD, { ...OTHER, hidden: true }]),
  ],
  'with a member first that the directory does not list': [
    'F12',
    /belong to no member/,
    zip([{ ...OTHER, hidden: true }, GOOD]),
  ],
  'listing a member that is not there': ['F12', /local file header/, zip([GOOD, { ...OTHER, ghost: true }])],
  'with a wrong checksum': ['F12', /medical_claim.csv" has another checksum/, zip([stating(GOOD, { checksum: 1 })])],
  'with a wrong checksum of stored data': [
    'F12',
    /another checksum/,
    zip([stating({ ...GOOD, method: 0 }, { checksum: 1 })]),
  ],
  'stating less than its data expand to': ['F12', /more than the 9 bytes/, zip([stating(GOOD, { size: 9 })])],
  'stating no data where there are some': ['F12', /more than the 0 bytes/, zip([stating(GOOD, { size: 0 })])],
  'stating more than its data expand to': ['F12', /directory states 9999/, zip([stating(GOOD, { size: 9999 })])],
  'stating fewer packed bytes than there are': [
    'F12',
    /5 bytes before member/,
    zip([stating(GOOD, { packed: packed(CLAIMS).length - 5 }), OTHER]),
  ],
  'stating packed bytes that reach into the next member': [
    'F12',
    /overlaps/,
    zip([stating(GOOD, { packed: packed(CLAIMS).length + 5 }), OTHER]),
  ],
  'stating packed bytes that reach into the directory': [
    'F12',
    /overlaps with the directory/,
    zip([stating(GOOD, { packed: packed(CLAIMS).length + 5 })]),
  ],
  'stating packed bytes beyond its end': ['F12', /overflows/, zip([stating(GOOD, { packed: 1e9 })])],
  'storing another number of bytes than it states': [
    'F12',
    /mismatch/,
    zip([stating({ ...GOOD, method: 0 }, { size: 5 })]),
  ],
  'with a bit of its data flipped': ['F12', /medical_claim.csv"/, () => flipped(whole, 80)],
  'with data that are not deflated': [
    'F12',
    /damaged or cut short/,
    zip([{ ...GOOD, data: Buffer.from('plainly not deflated') }]),
  ],
  'with data that stop early': ['F12', /unexpected end/, zip([{ ...GOOD, data: packed(CLAIMS).subarray(0, 60) }])],
  'with no data to inflate': ['F12', /unexpected end/, zip([{ ...GOOD, data: Buffer.alloc(0) }])],
  'hiding bytes behind the end of deflated data': [
    'F12',
    /ends 6 bytes before/,
    zip([{ ...GOOD, data: Buffer.concat([packed(CLAIMS), Buffer.from('hidden')]) }]),
  ],
  'with another name in the header': ['F12', /disagree/, zip([{ ...GOOD, header: { name: 'pharmacy_clai.csv' } }])],
  'with another method in the header': ['F12', /disagree/, zip([{ ...GOOD, header: { method: 0 } }])],
  'with another size in the header': ['F12', /disagree/, zip([{ ...GOOD, header: { size: 1 } }])],
  'with another packed size in the header': ['F12', /disagree/, zip([{ ...GOOD, header: { packed: 1 } }])],
  'with another checksum in the header': ['F12', /disagree/, zip([{ ...GOOD, header: { checksum: 1 } }])],
  'encrypted in the header only': ['F12', /disagree/, zip([{ ...GOOD, header: { flags: 1 } }])],
  'with a broken header': ['F12', /local file header/, zip([{ ...GOOD, header: { signature: 0x04034b51 } }])],
  'with a broken directory': ['F12', /central directory/, zip([{ ...GOOD, directory: { signature: 0x02014b51 } }])],
  'with extra fields longer than their place': [
    'F12',
    /extra field/,
    zip([{ ...GOOD, directory: { extra: Buffer.from([1, 0, 99, 0]) } }]),
  ],
  'with a Zip64 field that lacks the size': [
    'F12',
    /zip64/,
    zip([{ ...GOOD, directory: { size: 0xffffffff, extra: extraField(1, Buffer.alloc(2)) } }]),
  ],
  'a member listed twice': ['F12', /overlaps/, zip([GOOD, { ...GOOD, ghost: true, directory: { at: 0 } }])],
  'a thousand names for one member': [
    'F12',
    /disagree/,
    zip([GOOD, ...many(1000).map(({ name }) => ({ ...GOOD, name, ghost: true, directory: { at: 0 } }))]),
  ],
  'a bomb of members that quote each other': ['F12', /overlaps/, () => quotedBomb(200)],
  'a member inside the data of another': [
    'F12',
    /overlaps/,
    zip([
      { name: 'outer', method: 0, content: zipOf([named('inner')]) },
      { ...named('inner'), ghost: true, directory: { at: 35 } },
    ]),
  ],
  'a directory that begins beyond its end': ['F12', /cut short/, zip([GOOD], { directoryAt: 1e9 })],
  'a directory that begins in the data': ['F12', /central directory/, zip([GOOD], { directoryAt: 40 })],
  'counting more members than it lists': ['F12', /damaged/, zip([GOOD], { count: 3 })],
  'counting fewer members than it lists': ['F12', /belong to no member/, zip([GOOD, OTHER], { count: 1 })],
  'with a comment longer than it states': [
    'F12',
    /comment/,
    zip([GOOD], { comment: Buffer.from('words'), commentLength: 2 }),
  ],
  'one disk of many': ['F12', /multi-disk/, zip([GOOD], { disk: 3 })],
  'a Zip64 record beyond its end': ['F12', /damaged/, zip([GOOD], { zip64: { recordAt: 1n << 40n } })],
  'a Zip64 record beyond all numbers': ['F12', /damaged/, zip([GOOD], { zip64: { recordAt: -1n } })],
  'a Zip64 directory beyond all numbers': ['F12', /damaged/, zip([GOOD], { zip64: { directoryAt: -1n } })],
  'a Zip64 member beyond all numbers': [
    'F12',
    /damaged/,
    zip([{ ...GOOD, directory: { at: 0xffffffff, extra: zip64Field(-1n) } }]),
  ],
};

const UNREADABLE: Readonly<Record<string, Case>> = {
  'with a password': ['F13', /notes.txt" is encrypted/, zip([GOOD, { ...OTHER, flags: 1 }])],
  'by strong encryption': ['F12', /strong encryption/, zip([GOOD, { ...OTHER, flags: 0x41 }])],
  'by AES': ['F13', /encrypted/, zip([GOOD, { ...OTHER, flags: 1, method: 99 }])],
  'compressed by bzip2': ['F13', /method 12/, zip([GOOD, { ...OTHER, method: 12 }])],
  'compressed by LZMA': ['F13', /method 14/, zip([GOOD, { ...OTHER, method: 14 }])],
  'compressed by Zstandard': ['F13', /method 93/, zip([GOOD, { ...OTHER, method: 93 }])],
};

const MISNAMED: Readonly<Record<string, Case>> = {
  'an absolute path': ['F14', /absolute/, zip([GOOD, named('/etc/evil')])],
  'a path that leads out': ['F14', /leads out/, zip([GOOD, named('../../evil')])],
  'a path that leads in and out again': ['F14', /leads out/, zip([GOOD, named('a/../../evil')])],
  'a folder that leads out': ['F14', /leads out/, zip([GOOD, { name: '../', method: 0 }])],
  'a drive': ['F14', /absolute/, zip([GOOD, named('C:/evil')])],
  'a path on a drive': ['F14', /absolute/, zip([GOOD, named('c:evil')])],
  'a way out with backslashes': ['F14', /backslash/, zip([GOOD, named('..\\..\\evil')])],
  'a network path': ['F14', /backslash/, zip([GOOD, named('\\\\host\\evil')])],
  'a backslash': ['F14', /backslash/, zip([GOOD, named('folder\\evil.csv')])],
  'a NUL': ['F14', /control/, zip([GOOD, { ...named('medical.csv\0.txt'), flags: 0x800 }])],
  'a line feed': ['F14', /control/, zip([GOOD, { ...named('a\nb'), flags: 0x800 }])],
  'an escape sequence of terminals': ['F14', /control/, zip([GOOD, { ...named('\x1b[2Jevil'), flags: 0x800 }])],
  'letters that run backwards': ['F14', /control/, zip([GOOD, { ...named('evil\u202evsc.csv'), flags: 0x800 }])],
  nothing: ['F14', /is empty/, zip([GOOD, named('')])],
  'a slash': ['F14', /is empty/, zip([GOOD, named('/')])],
  'a book': ['F14', /longer than 4096/, zip([GOOD, named('x'.repeat(5000))])],
  'a comment as long as a book': ['F14', /longer than 4096/, zip([GOOD, { ...OTHER, comment: 'x'.repeat(5000) }])],
  'a way out in its Unicode name only': [
    'F14',
    /leads out/,
    zip([{ ...named('good.csv'), directory: { extra: unicodeName('good.csv', '../evil') } }]),
  ],
  'that of another member': ['F14', /same name/, zip([GOOD, { ...GOOD, content: 'other' }])],
  'that of another member but for case': ['F14', /same name/, zip([GOOD, { ...GOOD, name: 'Medical_Claim.CSV' }])],
  'that of another member but for accents': [
    'F14',
    /same name/,
    zip([
      { ...named('r\u00e9n.csv'), flags: 0x800 },
      { ...named('re\u0301n.csv'), flags: 0x800 },
    ]),
  ],
  'that of another member but for a dot': ['F14', /same name/, zip([GOOD, { ...GOOD, name: './medical_claim.csv' }])],
  'a link to somewhere else': [
    'F14',
    /link or a device/,
    zip([GOOD, { ...named('link', '/etc/passwd'), mode: 0o120777 }]),
  ],
  'a device': ['F14', /link or a device/, zip([GOOD, { ...named('null', ''), mode: 0o020666 }])],
  'a pipe': ['F14', /link or a device/, zip([GOOD, { ...named('pipe', ''), mode: 0o010666 }])],
  'a folder that holds data': ['F14', /holds data/, zip([GOOD, named('folder/')])],
};

const NESTED: Readonly<Record<string, Case>> = {
  'a zip file': ['F15', /"more.zip" is an archive/, zip([GOOD, { name: 'more.zip', content: whole }])],
  'a zip file under another name': ['F15', /archive/, zip([GOOD, { name: 'more.csv', content: whole }])],
  'an empty zip file': ['F15', /archive/, zip([GOOD, { name: 'more', content: zipOf([]) }])],
  'a broken zip file': ['F15', /archive/, zip([GOOD, { name: 'more', content: whole.subarray(0, 90) }])],
  'a text called .zip': ['F15', /archive/, zip([GOOD, named('more.zip')])],
  'a gzip file': ['F15', /archive/, zip([GOOD, { name: 'claims.csv.gz', content: gzipSync(CLAIMS) }])],
};

const TOO_MUCH: Readonly<Record<string, Case>> = {
  'a bomb of zeros': ['F16', /would expand to 300000213/, zip([GOOD, { name: 'zeros', content: Buffer.alloc(3e8) }])],
  'a bomb of many members': [
    'F16',
    /would expand to/,
    zip(many(300).map(({ name }) => stating({ ...named(name), data: packed(Buffer.alloc(1e5)) }, { size: 1e6 }))),
  ],
  'a size that only Zip64 can state': [
    'F16',
    /would expand to/,
    zip([{ ...GOOD, directory: { size: 0xffffffff, extra: zip64Field(1n << 45n) }, header: { size: 0xffffffff } }]),
  ],
  'a size beyond all numbers': [
    'F16',
    /would expand to/,
    zip([{ ...GOOD, directory: { size: 0xffffffff, extra: zip64Field(-1n) }, header: { size: 0xffffffff } }]),
  ],
  'more members than anyone sends': ['F17', /10001 files/, zip(many(10_001))],
  'more members than can be counted': ['F17', /files; at most/, zip([GOOD], { zip64: { count: -1n } })],
  'no member at all': ['F17', /no file/, zip([])],
  'folders only': ['F17', /no file/, zip([{ name: 'a/', method: 0, mode: 0o040755 }])],
  'nothing but what macOS adds': ['F17', /no file/, zip([named('.DS_Store'), named('__MACOSX/._medical_claim.csv')])],
};

const HOSTILE = {
  'a zip file that is damaged is refused:': DAMAGED,
  'a member that cannot be read refuses its zip file: one packed': UNREADABLE,
  'a member that has no plain name refuses its zip file: its name is': MISNAMED,
  'an archive in a zip file refuses it:': NESTED,
  'a zip file with too much or nothing in it is refused:': TOO_MUCH,
};

for (const [rule, cases] of Object.entries(HOSTILE)) {
  describe(rule, () => {
    for (const [words, [id, message, build]] of Object.entries(cases)) {
      it(words, async () => {
        const { files, scratch, strays } = await unpacked('bad.zip', build());
        expect(files.map(({ name }) => name)).toEqual(['source/bad.zip']);
        expect(files[0]?.refusal?.rule, files[0]?.refusal?.message).toBe(id);
        expect(files[0]?.refusal?.message).toMatch(message);
        expect(files[0]?.refusal?.message).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
        expect(strays).toEqual([]);
        expect(sizeOf(scratch)).toBe(0);
      });
    }
  });
}

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

describe('a gzip file that expands beyond any extract is refused', () => {
  const zeros = gzipSync(Buffer.alloc(1 << 20));
  const bomb = (megabytes: number) => Buffer.concat([gzipSync(CLAIMS), ...Array<Buffer>(megabytes).fill(zeros)]);

  it('before it is read to its end', async () => {
    const loaded = await loadFiles({ 'medical_claim.csv.gz': bomb(300), 'more.csv': CLAIMS });
    expect(loaded.refusals).toMatchObject([{ path: 'source/medical_claim.csv.gz', rule: 'F16' }]);
    expect(loaded.files.map(({ physical_records }) => physical_records)).toEqual([0, 3]);
  });

  it('and not before it does harm', async () => {
    const loaded = await loadFiles({ 'medical_claim.csv.gz': bomb(3) });
    expect(loaded.refusals).toEqual([]);
    expect(await loaded.query('select rule_id from run.quarantine')).toEqual([{ rule_id: 'R05' }]);
  });

  it('200 times beyond 256 MB', () => {
    expect(isBomb(1, 2 ** 28)).toBe(false);
    expect(isBomb(2 ** 21, 2 ** 28 + 1)).toBe(false);
    expect(isBomb(2 ** 20, 2 ** 28 + 1)).toBe(true);
    expect(isBomb(2 ** 30, 200 * 2 ** 30)).toBe(false);
    expect(isBomb(2 ** 30, 200 * 2 ** 30 + 1)).toBe(true);
  });
});
