import { crc32, deflateRawSync } from 'node:zlib';

/** What a header says of a member. Whatever is not given is the truth. */
interface Stated {
  readonly name?: string | Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly checksum?: number;
  readonly packed?: number;
  readonly size?: number;
  readonly extra?: Buffer;
  readonly signature?: number;
}

/** One member of a zip file, whose headers may lie. */
export interface Part {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** 0 stored, 8 deflated; any other leaves the content as it is. */
  readonly method?: number;
  readonly flags?: number;
  /** The data as they lie in the file, in place of the packed content. */
  readonly data?: Buffer;
  /** Unix mode, such as 0o120777 for a symbolic link. */
  readonly mode?: number;
  readonly comment?: string;
  /** What the directory says otherwise. */
  readonly directory?: Stated & { readonly at?: number };
  /** What the member's own header says otherwise. */
  readonly header?: Stated;
  /** Sizes and checksum follow the data, in a record of 16 bytes. */
  readonly streamed?: boolean;
  /** Bytes that lie before its header. */
  readonly before?: Buffer;
  /** In the directory only: no header, no data. */
  readonly ghost?: boolean;
  /** A header and data that the directory does not list. */
  readonly hidden?: boolean;
}

/** What the end record says otherwise. */
export interface End {
  readonly count?: number;
  readonly disk?: number;
  readonly directoryAt?: number;
  readonly comment?: Buffer;
  readonly commentLength?: number;
  /** A Zip64 end record and its locator in front of the end record. */
  readonly zip64?: { readonly count?: bigint; readonly directoryAt?: bigint; readonly recordAt?: bigint };
}

const little = (bytes: number, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
const little64 = (value: bigint): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, value));
  return buffer;
};

/** An extra field of a header. */
export const extraField = (id: number, data: Buffer): Buffer =>
  Buffer.concat([little(2, id), little(2, data.length), data]);

/** The Zip64 field: sizes and place that do not fit into 32 bits. */
export const zip64Field = (...values: readonly bigint[]): Buffer => extraField(1, Buffer.concat(values.map(little64)));

/** Writes a zip file byte by byte (APPNOTE.TXT of PKWARE): honest unless a part or the end says otherwise. */
export function zipOf(parts: readonly Part[], end: End = {}): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (...buffers: readonly Buffer[]) => {
    for (const buffer of buffers) {
      body.push(buffer);
      at += buffer.length;
    }
  };
  for (const part of parts) {
    const { name, content = '', method = 8, flags = 0, mode = 0o100644, streamed = false } = part;
    const raw = Buffer.from(content);
    const data = part.data ?? (method === 8 ? deflateRawSync(raw) : raw);
    const truth = {
      ...{ name, method, flags: flags | (streamed ? 8 : 0), checksum: crc32(raw) },
      ...{ packed: data.length, size: raw.length, extra: Buffer.alloc(0) },
    };
    const fields = (stated: Required<Omit<Stated, 'signature'>>) => {
      const words = Buffer.from(stated.name);
      const start = [
        little(2, stated.flags),
        little(2, stated.method),
        little(4, 0x5a2f6000),
        little(4, stated.checksum),
      ];
      return [
        ...start,
        little(4, stated.packed),
        little(4, stated.size),
        little(2, words.length),
        little(2, stated.extra.length),
      ];
    };
    if (part.before) put(part.before);
    const own = { ...truth, ...(streamed ? { checksum: 0, packed: 0, size: 0 } : {}), ...part.header };
    const told = { ...truth, ...part.directory };
    if (!part.hidden) {
      directory.push(
        ...[little(4, told.signature ?? 0x02014b50), little(2, 0x031e), little(2, 20), ...fields(told)],
        ...[little(2, part.comment?.length ?? 0), little(2, 0), little(2, 0), little(4, mode * 65536)],
        ...[little(4, told.at ?? at), Buffer.from(told.name), told.extra, Buffer.from(part.comment ?? '')],
      );
    }
    if (part.ghost) continue;
    put(little(4, own.signature ?? 0x04034b50), little(2, 20), ...fields(own), Buffer.from(own.name), own.extra, data);
    if (streamed) put(little(4, 0x08074b50), little(4, truth.checksum), little(4, data.length), little(4, raw.length));
  }
  const directoryAt = at;
  const list = Buffer.concat(directory);
  put(list);
  const listed = parts.filter(({ hidden }) => !hidden).length;
  const { comment = Buffer.alloc(0), zip64 } = end;
  if (zip64) {
    const recordAt = BigInt(at);
    const count = zip64.count ?? BigInt(listed);
    put(little(4, 0x06064b50), little64(44n), little(2, 45), little(2, 45), little(4, 0), little(4, 0));
    put(little64(count), little64(count), little64(BigInt(list.length)));
    put(little64(zip64.directoryAt ?? BigInt(directoryAt)));
    put(little(4, 0x07064b50), little(4, 0), little64(zip64.recordAt ?? recordAt), little(4, 1));
  }
  const count = little(2, end.count ?? (zip64 ? 0xffff : listed));
  put(little(4, 0x06054b50), little(2, end.disk ?? 0), little(2, end.disk ?? 0), count, count, little(4, list.length));
  put(little(4, end.directoryAt ?? (zip64 ? 0xffffffff : directoryAt)));
  put(little(2, end.commentLength ?? comment.length), comment);
  return Buffer.concat(body);
}
