import { brotliCompressSync, crc32, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isBomb } from '../../pipelines/readers/expansion.ts';
import { loadFiles, loadFrom, sourceFolder } from './harness.ts';
import { CLAIMS, HOSTILE, packed, whole } from './zip-cases.ts';

/** A gzip file of one member (RFC 1952), byte by byte: honest unless it is told otherwise. */
function gzipOf(
  data: Buffer,
  { method = 8, flags = 0, more = Buffer.alloc(0), checksum = crc32(CLAIMS), size = CLAIMS.length } = {},
): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(checksum);
  end.writeUInt32LE(size, 4);
  return Buffer.concat([Buffer.from([0x1f, 0x8b, method, flags, 0, 0, 0, 0, 0, 3]), more, data, end]);
}

const gzipped = gzipSync(CLAIMS);
const deflated = packed(CLAIMS);
const zeros = gzipSync(Buffer.alloc(1 << 20));
const repeated = gzipSync(`${CLAIMS.split('\n')[1]}\n`.repeat(19_000));

/** What becomes of a file that is called medical_claim.csv.gz -> what it is. */
const GZIPPED: Readonly<Record<string, Readonly<Record<string, Buffer>>>> = {
  'is refused by F01': {
    'cut by its last byte': gzipped.subarray(0, -1),
    'cut before its checksum': gzipped.subarray(0, -8),
    'cut before its size': gzipped.subarray(0, -4),
    'cut within its last block': gzipOf(deflated.subarray(0, -3)),
    'stating another checksum': gzipOf(deflated, { checksum: 1 }),
    'stating another size': gzipOf(deflated, { size: 1 }),
    'stating no size': gzipOf(deflated, { size: 0 }),
    'ending in zeros': gzipOf(deflated, { checksum: 0, size: 0 }),
    'stating size and checksum the wrong way round': gzipOf(deflated, { checksum: CLAIMS.length, size: crc32(CLAIMS) }),
    'with text behind its end': Buffer.concat([gzipped, Buffer.from('more')]),
    'padded with zeros': Buffer.concat([gzipped, Buffer.alloc(64)]),
    'with a member behind a zero': Buffer.concat([gzipped, Buffer.alloc(1), gzipped]),
    'with a second member cut short': Buffer.concat([gzipped, gzipped.subarray(0, 40)]),
    'with the first bytes of a second member': Buffer.concat([gzipped, gzipped.subarray(0, 2)]),
    'with a second member that states another checksum': Buffer.concat([gzipped, gzipOf(deflated, { checksum: 1 })]),
    'with a second member packed by another method': Buffer.concat([gzipped, gzipOf(deflated, { method: 1 })]),
  },
  'is refused by F03': {
    'cut behind its header': gzipped.subarray(0, 10),
    'cut within its header': gzipped.subarray(0, 5),
    'its first two bytes alone': gzipped.subarray(0, 2),
    'with a byte before its beginning': Buffer.concat([Buffer.from('#'), gzipped]),
    'packed by an unknown method': gzipOf(deflated, { method: 7 }),
    'not packed at all behind its header': gzipOf(Buffer.from(CLAIMS), { method: 0 }),
    'with flags that nobody defined': gzipOf(deflated, { flags: 0xe0 }),
    'with the flag of encryption': gzipOf(deflated, { flags: 0x20 }),
    'with another checksum of its header': gzipOf(deflated, { flags: 2, more: Buffer.from([1, 2]) }),
    'with an extra field longer than itself': gzipOf(deflated, { flags: 4, more: Buffer.from([0xff, 0xff]) }),
    'with a name that never ends': gzipOf(Buffer.alloc(40, 'x'), { flags: 8, checksum: 0x78787878, size: 0x78787878 }),
    'with a comment that never ends': gzipOf(Buffer.alloc(40, 'x'), {
      flags: 16,
      checksum: 0x78787878,
      size: 0x78787878,
    }),
    'with a block of no known kind': gzipOf(Buffer.from([7, 0, 0])),
    'with a stored block whose lengths disagree': gzipOf(Buffer.from([1, 5, 0, 5, 0, 1, 2, 3, 4, 5])),
    'with data that point before their beginning': gzipOf(Buffer.from([0x4b, 4, 0x22, 0])),
    'with nothing but zeros behind its header': Buffer.concat([gzipped.subarray(0, 10), Buffer.alloc(100)]),
    'deflated twice': gzipOf(packed(deflated)),
    'a gzip file of a gzip file': gzipSync(gzipped),
    'a gzip file of a zip file': gzipSync(whole),
    'a gzip file of nothing': gzipSync(''),
    'an empty file': Buffer.alloc(0),
    'packed by zlib': deflateSync(CLAIMS),
    'packed without header and end': deflated,
    'packed by Brotli': brotliCompressSync(Buffer.from(CLAIMS)),
  },
  'is refused by F04': { 'with records behind its end': Buffer.concat([gzipped, Buffer.from(CLAIMS)]) },
  'is refused by F16': {
    'a bomb of zeros behind good records': Buffer.concat([gzipped, ...Array<Buffer>(300).fill(zeros)]),
    'a bomb of one record again and again': Buffer.concat([gzipped, ...Array<Buffer>(280).fill(repeated)]),
  },
  'loads whole': {
    'no gzip file at all': Buffer.from(CLAIMS),
    'of two members': Buffer.concat([gzipSync(CLAIMS.slice(0, 150)), gzipSync(CLAIMS.slice(150))]),
    'of a member for each byte': Buffer.concat([...CLAIMS].map((byte) => gzipSync(byte))),
    'with an empty member first': Buffer.concat([gzipSync(''), gzipped]),
    'with an empty member last': Buffer.concat([gzipped, gzipSync('')]),
    'with a name and a comment': gzipOf(deflated, { flags: 24, more: Buffer.from('a\0b\0') }),
    'with an extra field': gzipOf(deflated, { flags: 4, more: Buffer.from([3, 0, 1, 2, 3]) }),
    'with stored blocks': gzipSync(CLAIMS, { level: 0 }),
  },
};

describe('of a gzip file it shows whether it can be trusted:', () => {
  let outcomes: Promise<ReadonlyMap<string, string>> | undefined;
  /** All in one load, then those that are not refused. */
  async function load(): Promise<ReadonlyMap<string, string>> {
    const cases = Object.values(GZIPPED).flatMap((all) => Object.entries(all));
    const folder = sourceFolder(
      Object.fromEntries(cases.map(([words, bytes]) => [`${words}/medical_claim.csv.gz`, bytes])),
    );
    const { refusals } = await loadFrom([folder]);
    const { files } = await loadFrom([folder], { skip: refusals.map(({ path }) => path) });
    return new Map(
      files.map(({ path, physical_records, loaded, duplicate, skipped }) => {
        const refusal = refusals.find((one) => one.path === path);
        const isWhole = physical_records === 3 && loaded + duplicate === 2 && skipped === 0;
        const outcome = refusal ? `is refused by ${refusal.rule}` : isWhole ? 'loads whole' : 'is not whole';
        return [path.split('/')[1] ?? '', outcome];
      }),
    );
  }

  for (const [expected, cases] of Object.entries(GZIPPED)) {
    it.each(Object.keys(cases))(`%s ${expected}`, async (words) => {
      outcomes ??= load();
      expect((await outcomes).get(words)).toBe(expected);
    });
  }

  it('with the zip files there are at least 150 cases that are refused', () => {
    const { 'loads whole': _, ...refused } = GZIPPED;
    const cases = [...Object.values(HOSTILE), ...Object.values(refused)].flatMap((all) => Object.keys(all));
    expect(cases.length).toBeGreaterThanOrEqual(150);
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
