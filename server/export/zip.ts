import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of a ZIP, written as it comes. */
export interface Entry {
  readonly name: string;
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** Sizes are told in 32 bits; nothing larger is written. */
const MOST_BYTES = 0xffff_ffff;
/** Sizes and checksum stand behind the content; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, so that equal content is equal bytes. */
const DAY = 0x21;

/** A ZIP as a stream, one entry after the other. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export async function* zip(entries: Iterable<Entry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  const at = (bytes: Uint8Array) => {
    offset += bytes.length;
    if (offset > MOST_BYTES) throw new Error('a ZIP of more than 4 GiB is not written');
    return bytes;
  };
  for (const { name, content } of entries) {
    const start = offset;
    const path = Buffer.from(name);
    yield at(
      Buffer.concat([
        record(0x04034b50, [2, 20], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DAY], ...NO_SIZES, [2, path.length], [2, 0]),
        path,
      ]),
    );
    const seen = { crc: 0, size: 0 };
    const from = offset;
    const deflated = pipeline(Readable.from(counted(content, seen)), createDeflateRaw({ level: 4 }), () => {});
    for await (const chunk of deflated) yield at(chunk);
    const sizes: readonly Field[] = [
      [4, seen.crc],
      [4, offset - from],
      [4, seen.size],
    ];
    yield at(record(0x08074b50, ...sizes));
    directory.push(
      record(
        0x02014b50,
        ...([
          [2, 20],
          [2, 20],
          [2, FLAGS],
          [2, DEFLATED],
          [2, 0],
          [2, DAY],
        ] as const),
        ...sizes,
        ...([
          [2, path.length],
          [2, 0],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, start],
        ] as const),
      ),
      path,
    );
  }
  const start = offset;
  const listing = Buffer.concat(directory);
  const files = directory.length / 2;
  yield at(listing);
  yield at(record(0x06054b50, [2, 0], [2, 0], [2, files], [2, files], [4, listing.length], [4, start], [2, 0]));
}

type Field = readonly [bytes: 2 | 4, value: number];
const NO_SIZES: readonly Field[] = [
  [4, 0],
  [4, 0],
  [4, 0],
];

/** A signature and fields, least significant byte first. */
function record(signature: number, ...fields: readonly Field[]): Buffer {
  const all: readonly Field[] = [[4, signature], ...fields];
  const bytes = Buffer.alloc(all.reduce((sum, [length]) => sum + length, 0));
  let offset = 0;
  for (const [length, value] of all) offset = bytes.writeUIntLE(value, offset, length);
  return bytes;
}

async function* counted(content: Entry['content'], seen: { crc: number; size: number }): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    const bytes = Buffer.from(piece);
    seen.crc = crc32(bytes, seen.crc);
    seen.size += bytes.length;
    if (seen.size > MOST_BYTES) throw new Error('a file of more than 4 GiB is not written into a ZIP');
    yield bytes;
  }
}
