import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { type End, extraField, type Part, zip64Field, zipOf } from './archive.ts';

export const CLAIMS = `claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,paid_amount,data_source
1,1,professional,ann,2024-01-05,2024-01-05,100.00,cclf
2,1,professional,bob,2024-01-06,2024-01-06,50.00,cclf
`;
export const GOOD: Part = { name: 'medical_claim.csv', content: CLAIMS };
export const OTHER: Part = { name: 'notes.txt', content: 'nothing of note' };

const flipped = (bytes: Buffer, at: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged[at] = (damaged[at] ?? 0) ^ 0x10;
  return damaged;
};
export const packed = (content: string | Buffer): Buffer => deflateRawSync(Buffer.from(content));
/** Both the directory and the header say so. */
export const stating = (part: Part, stated: NonNullable<Part['header']>): Part => ({
  ...part,
  directory: stated,
  header: stated,
});
export const named = (name: string | Buffer, content = 'x'): Part => ({ name, content });
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
export const zip =
  (parts: readonly Part[], end?: End): (() => Buffer) =>
  () =>
    zipOf(parts, end);
export const whole = zipOf([GOOD, OTHER]);
/** Where the directory of `whole` begins. */
const DIRECTORY = whole.readUInt32LE(whole.length - 6);
const utf8 = (name: string | Buffer): Part => ({ ...named(name), flags: 0x800 });

const DAMAGED: Readonly<Record<string, Case>> = {
  'cut in half': ['F12', /cut short/, () => whole.subarray(0, whole.length / 2)],
  'cut by its last byte': ['F12', /cut short/, () => whole.subarray(0, -1)],
  'cut behind its first header': ['F12', /cut short/, () => whole.subarray(0, 47)],
  'no more than its first four bytes': ['F12', /cut short/, () => whole.subarray(0, 4)],
  'empty, whatever its name says': ['F12', /cut short/, () => Buffer.alloc(0)],
  'a text that is called .zip': ['F12', /cut short/, () => Buffer.from(CLAIMS)],
  'cut before its directory': ['F12', /cut short/, () => whole.subarray(0, DIRECTORY)],
  'cut within its directory': ['F12', /cut short/, () => whole.subarray(0, DIRECTORY + 60)],
  'without the record that ends it': ['F12', /cut short/, () => whole.subarray(0, -22)],
  'its directory alone': ['F12', /beyond its end/, () => whole.subarray(DIRECTORY)],
  'the record that ends it alone': ['F12', /beyond its end/, () => whole.subarray(-22)],
  'with nothing sensible behind its first bytes': [
    'F12',
    /cut short/,
    () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200, 255)]),
  ],
  'with the mark of a split archive before it': [
    'F12',
    /directory/,
    () => Buffer.concat([Buffer.from('PK\x07\x08'), whole]),
  ],
  'with records before it': ['F12', /directory/, () => Buffer.concat([Buffer.from(CLAIMS), whole])],
  'padded with zeros': ['F12', /extra bytes/, () => Buffer.concat([whole, Buffer.alloc(512)])],
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
  'stored where deflated is stated': [
    'F12',
    /damaged or cut short/,
    zip([stating({ ...GOOD, method: 0 }, { method: 8 })]),
  ],
  'deflated where stored is stated': ['F12', /mismatch/, zip([stating(GOOD, { method: 0 })])],
  'deflated twice': ['F12', /directory states 213/, zip([{ ...GOOD, data: packed(packed(CLAIMS)) }])],
  'stating one byte too many': ['F12', /holds 213 bytes/, zip([stating(GOOD, { size: CLAIMS.length + 1 })])],
  'stating one byte too few': ['F12', /more than the 212/, zip([stating(GOOD, { size: CLAIMS.length - 1 })])],
  'stating its two sizes the wrong way round': [
    'F12',
    /overflows/,
    zip([stating(GOOD, { packed: CLAIMS.length, size: packed(CLAIMS).length })]),
  ],
  'with the data of one member in the place of another': [
    'F12',
    /"a" has another checksum/,
    zip([
      { ...named('a', 'x'), method: 0, data: Buffer.from('y') },
      { ...named('b', 'y'), method: 0, data: Buffer.from('x') },
    ]),
  ],
  'with a block of no known kind': ['F12', /block type/, zip([{ ...GOOD, data: Buffer.from([7, 0, 0, 0]) }])],
  'with a stored block whose lengths disagree': [
    'F12',
    /stored block lengths/,
    zip([{ ...GOOD, data: Buffer.from([1, 5, 0, 5, 0, 1, 2, 3, 4, 5]) }]),
  ],
  'with data that point before their beginning': [
    'F12',
    /distance too far back/,
    zip([{ ...GOOD, data: Buffer.from([0x4b, 0x04, 0x22, 0x00]) }]),
  ],
  'with a byte more behind the sizes that follow the data': [
    'F12',
    /17 bytes before member/,
    zip([
      { ...GOOD, streamed: true },
      { ...OTHER, before: Buffer.alloc(1) },
    ]),
  ],
  'with sizes behind the data of which its header knows nothing': [
    'F12',
    /disagree/,
    zip([{ ...GOOD, streamed: true, header: { flags: 0 } }]),
  ],
  'with a header twice': [
    'F12',
    /47 bytes before member/,
    zip([GOOD, { ...OTHER, before: whole.subarray(0, 30 + 'medical_claim.csv'.length) }]),
  ],
  'with a bit of a name in its directory flipped': ['F12', /disagree/, () => flipped(whole, DIRECTORY + 48)],
  'with a bit of a name in a header flipped': ['F12', /disagree/, () => flipped(whole, 32)],
  'with a second directory': [
    'F12',
    /behind the directory/,
    () => Buffer.concat([whole.subarray(0, DIRECTORY), whole.subarray(DIRECTORY, -22), whole.subarray(DIRECTORY)]),
  ],
  'with another end in its comment': ['F12', /behind the directory/, zip([GOOD], { comment: zipOf([]) })],
  'with a whole zip file in its comment': ['F12', /central directory/, zip([OTHER], { comment: zipOf([GOOD]) })],
  'with a member whose header would lie beyond 4 GB': [
    'F12',
    /beyond its end/,
    zip([{ ...GOOD, directory: { at: 0xfffffffe } }]),
  ],
  'with a member whose header lies in the data of another': [
    'F12',
    /local file header/,
    zip([GOOD, { ...OTHER, ghost: true, directory: { at: 40 } }]),
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
  'a Zip64 record that counts more members': ['F12', /central directory/, zip([GOOD], { zip64: { count: 2n } })],
  'a Zip64 record that finds its directory in the data': [
    'F12',
    /central directory/,
    zip([GOOD], { zip64: { directoryAt: 5n } }),
  ],
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
  'with a password, all of it': [
    'F13',
    /medical_claim.csv" is encrypted/,
    zip([
      { ...GOOD, flags: 1 },
      { ...OTHER, flags: 1 },
    ]),
  ],
  'with a password and sizes behind the data': [
    'F13',
    /encrypted/,
    zip([GOOD, { ...OTHER, flags: 1, streamed: true }]),
  ],
  'with a password and not deflated': ['F12', /mismatch/, zip([GOOD, { ...OTHER, method: 0, flags: 1 }])],
  'by AES': ['F13', /encrypted/, zip([GOOD, { ...OTHER, flags: 1, method: 99 }])],
  'compressed as PKZIP 1 did, by Shrink': ['F13', /method 1,/, zip([GOOD, { ...OTHER, method: 1 }])],
  'compressed as PKZIP 1 did, by Implode': ['F13', /method 6/, zip([GOOD, { ...OTHER, method: 6 }])],
  'compressed by Deflate64': ['F13', /method 9/, zip([GOOD, { ...OTHER, method: 9 }])],
  'compressed by bzip2': ['F13', /method 12/, zip([GOOD, { ...OTHER, method: 12 }])],
  'compressed by LZMA': ['F13', /method 14/, zip([GOOD, { ...OTHER, method: 14 }])],
  'compressed by XZ': ['F13', /method 95/, zip([GOOD, { ...OTHER, method: 95 }])],
  'compressed by PPMd': ['F13', /method 98/, zip([GOOD, { ...OTHER, method: 98 }])],
  'compressed by what nobody knows': ['F13', /method 4711/, zip([GOOD, { ...OTHER, method: 4711 }])],
  'compressed by Zstandard': ['F13', /method 93/, zip([GOOD, { ...OTHER, method: 93 }])],
};

const MISNAMED: Readonly<Record<string, Case>> = {
  'an absolute path': ['F14', /absolute/, zip([GOOD, named('/etc/evil')])],
  'a path that leads out': ['F14', /leads out/, zip([GOOD, named('../../evil')])],
  'a path that leads in and out again': ['F14', /leads out/, zip([GOOD, named('a/../../evil')])],
  'a folder that leads out': ['F14', /leads out/, zip([GOOD, { name: '../', method: 0 }])],
  'two dots': ['F14', /leads out/, zip([GOOD, named('..')])],
  'a way out at its end': ['F14', /leads out/, zip([GOOD, named('a/..')])],
  'a folder deep in which a way leads out': ['F14', /leads out/, zip([GOOD, { name: 'a/b/../../../', method: 0 }])],
  'a path on another machine': ['F14', /absolute/, zip([GOOD, named('//host/evil')])],
  'a drive without a path': ['F14', /absolute/, zip([GOOD, named('C:')])],
  'a drive': ['F14', /absolute/, zip([GOOD, named('C:/evil')])],
  'a path on a drive': ['F14', /absolute/, zip([GOOD, named('c:evil')])],
  'a way out with backslashes': ['F14', /backslash/, zip([GOOD, named('..\\..\\evil')])],
  'a network path': ['F14', /backslash/, zip([GOOD, named('\\\\host\\evil')])],
  'a backslash': ['F14', /backslash/, zip([GOOD, named('folder\\evil.csv')])],
  'a NUL': ['F14', /control/, zip([GOOD, { ...named('medical.csv\0.txt'), flags: 0x800 }])],
  'a line feed': ['F14', /control/, zip([GOOD, { ...named('a\nb'), flags: 0x800 }])],
  'a carriage return': ['F14', /control/, zip([GOOD, utf8('a\rb')])],
  'a tab': ['F14', /control/, zip([GOOD, utf8('a\tb')])],
  'a delete character': ['F14', /control/, zip([GOOD, utf8('a\x7fb')])],
  'a control character beyond ASCII': ['F14', /control/, zip([GOOD, utf8('a\x85b')])],
  'an invisible mark of direction': ['F14', /control/, zip([GOOD, utf8('a\u200eb')])],
  'letters set apart to run backwards': ['F14', /control/, zip([GOOD, utf8('a\u2066b')])],
  'an escape sequence of terminals': ['F14', /control/, zip([GOOD, { ...named('\x1b[2Jevil'), flags: 0x800 }])],
  'letters that run backwards': ['F14', /control/, zip([GOOD, { ...named('evil\u202evsc.csv'), flags: 0x800 }])],
  nothing: ['F14', /is empty/, zip([GOOD, named('')])],
  'a dot': ['F14', /is empty/, zip([GOOD, named('.')])],
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
  'that of another member but for a slash': ['F14', /same name/, zip([named('a/b'), named('a//b')])],
  'that of another member but for the case of its folder': ['F14', /same name/, zip([named('A/x'), named('a/X')])],
  'that of two other members': ['F14', /same name/, zip([GOOD, GOOD, GOOD])],
  'a name and an extra field as long as a book': [
    'F14',
    /longer than 4096/,
    zip([GOOD, { ...OTHER, directory: { extra: extraField(0x9999, Buffer.alloc(5000)) } }]),
  ],
  'a link that is called a folder': ['F14', /link or a device/, zip([GOOD, { name: 'a/', method: 0, mode: 0o120777 }])],
  'a socket': ['F14', /link or a device/, zip([GOOD, { ...named('socket', ''), mode: 0o140666 }])],
  'a disk': ['F14', /link or a device/, zip([GOOD, { ...named('disk', ''), mode: 0o060666 }])],
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
  'a zip file that is not compressed': ['F15', /archive/, zip([GOOD, { name: 'more', method: 0, content: whole }])],
  'a zip file in a zip file in a zip file': [
    'F15',
    /archive/,
    zip([{ name: 'one.zip', content: zipOf([{ name: 'two.zip', content: whole }]) }]),
  ],
  'a zip file called a spreadsheet': ['F15', /archive/, zip([GOOD, { name: 'claims.xlsx', content: whole }])],
  'a gzip file under another name': ['F15', /archive/, zip([GOOD, { name: 'claims.csv', content: gzipSync(CLAIMS) }])],
  'a gzip file that holds a zip file': ['F15', /archive/, zip([GOOD, { name: 'more', content: gzipSync(whole) }])],
  'the first two bytes of a gzip file': [
    'F15',
    /archive/,
    zip([GOOD, { name: 'x', content: Buffer.from([0x1f, 0x8b]) }]),
  ],
  'a gzip file': ['F15', /archive/, zip([GOOD, { name: 'claims.csv.gz', content: gzipSync(CLAIMS) }])],
};

const TOO_MUCH: Readonly<Record<string, Case>> = {
  'a bomb of zeros': ['F16', /would expand to 300000213/, zip([GOOD, { name: 'zeros', content: Buffer.alloc(3e8) }])],
  'a bomb that says it is small': [
    'F12',
    /more than the 10 bytes/,
    zip([stating({ name: 'zeros', content: Buffer.alloc(1e8) }, { size: 10 })]),
  ],
  'a bomb in two halves': [
    'F16',
    /would expand to 300000000/,
    zip([
      { name: 'a', content: Buffer.alloc(1.5e8) },
      { name: 'b', content: Buffer.alloc(1.5e8) },
    ]),
  ],
  'the largest size that 32 bits hold': [
    'F16',
    /would expand to 4294967294/,
    zip([stating(GOOD, { size: 0xfffffffe })]),
  ],
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
  'more folders than anyone sends': [
    'F17',
    /10002 files/,
    zip([GOOD, ...many(10_001).map(({ name }) => ({ name: `${name}/`, method: 0 }))]),
  ],
  'more members counted than it lists, and than are read': ['F17', /65535 files/, zip([GOOD], { count: 65_535 })],
  'more members than can be counted': ['F17', /files; at most/, zip([GOOD], { zip64: { count: -1n } })],
  'no member at all': ['F17', /no file/, zip([])],
  'nothing but a comment': ['F17', /no file/, zip([], { comment: Buffer.from('words') })],
  'folders only': ['F17', /no file/, zip([{ name: 'a/', method: 0, mode: 0o040755 }])],
  'nothing but what macOS adds': ['F17', /no file/, zip([named('.DS_Store'), named('__MACOSX/._medical_claim.csv')])],
};

export const HOSTILE = {
  'a zip file that is damaged is refused:': DAMAGED,
  'a member that cannot be read refuses its zip file: one packed': UNREADABLE,
  'a member that has no plain name refuses its zip file: its name is': MISNAMED,
  'an archive in a zip file refuses it:': NESTED,
  'a zip file with too much or nothing in it is refused:': TOO_MUCH,
};
