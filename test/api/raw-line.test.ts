import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { RecordSplitter } from '../../pipelines/readers/records.ts';
import { RawLines, Taker } from '../../server/store/raw-line.ts';
import { zipOf } from '../readers/archive.ts';
import * as cclf from '../readers/cclf-files.ts';
import { ann, bundle, lines } from '../readers/fhir-files.ts';
import { loadFrom, sourceFolder, temporaryFolder } from '../readers/harness.ts';
import { startServer } from '../support/server.ts';

const ASKER = { name: '1', gone: new AbortController().signal };

/** A home that read these folders. */
function homeOf(folders: readonly string[]): RawLines {
  const home = temporaryFolder();
  mkdirSync(join(home, 'runs'));
  writeFileSync(join(home, 'runs', 'run.sources'), JSON.stringify(folders));
  return new RawLines(home);
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** Reads the folder by the pipeline, and looks up every record of a table where its ledger says that it was read. */
async function recordsOf(folder: string, table: string) {
  const { query, refusals } = await loadFrom([folder]);
  expect(refusals).toEqual([]);
  const found = await query(
    `select path, format, sha256, bytes, line_number from input.${table} join run.source_file using (file_id) order by path, line_number`,
  );
  const raw = homeOf([folder]);
  return Promise.all(
    found.map(({ path, format, ...at }) =>
      raw.read(
        'run',
        { file: String(path), format: String(format), sha256: String(at.sha256), bytes: Number(at.bytes) },
        Number(at.line_number),
        ASKER,
      ),
    ),
  );
}

const HEADER =
  'claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,paid_amount,data_source,note';
const row = (id: string, note: string) => `${id},1,professional,ann,2024-01-01,2024-01-01,10.00,payer,${note}`;
const CLAIMS = `\ufeff\n${HEADER}\r\n${row('1', '"two\nlines, ""quoted"""')}\r\n\r\n${row('2', 'plain')}\r\n${row('3', '')}`;

test.each([
  ['a file', 'medical_claim.csv', CLAIMS],
  ['a gzip file', 'medical_claim.csv.gz', gzipSync(CLAIMS)],
  ['a member of a zip file', 'all.zip', zipOf([{ name: 'in/medical_claim.csv', content: CLAIMS }])],
])(
  'a claim of %s is the record that the reader counted, quoted line ends and all, by the names of its header',
  async (_, name, content) => {
    const found = await recordsOf(sourceFolder({ [name]: content }), 'medical_claim');
    expect(found.map(({ text }) => text)).toEqual([
      row('1', '"two\nlines, ""quoted"""'),
      row('2', 'plain'),
      row('3', ''),
    ]);
    expect(found[0]?.fields?.slice(-2)).toEqual([
      { name: 'data_source', value: 'payer' },
      { name: 'note', value: 'two\nlines, "quoted"' },
    ]);
  },
);

test('a line of CCLF stands as it was delivered, without fields', async () => {
  const delivered = cclf.file('5', [cclf.physician(), cclf.physician({ CLM_LINE_NUM: 2 })]);
  const found = await recordsOf(sourceFolder({ [cclf.named('5')]: delivered }), 'medical_claim');
  expect(found.map(({ text }) => text)).toEqual(delivered.split('\n').slice(0, 2));
  expect(found[0]?.fields).toBeNull();
});

test('a resource is found on its line, and in a bundle or an array by its number, as it is written there', async () => {
  const people = ['ann', 'bob', 'cy'].map((id) => ({ ...ann, id, extension: [{ url: 'a"b', entry: [1.1, {}] }] }));
  const entries = people.map((resource) => ({ fullUrl: `urn:x:${resource.id}`, resource }));
  for (const [content, wanted] of [
    [lines(...people), people],
    [bundle('collection', ...entries), entries],
    [JSON.stringify(JSON.parse(bundle('collection', ...entries)), null, 2), entries],
    [JSON.stringify(people, null, 1), people],
  ] as const) {
    const found = await recordsOf(sourceFolder({ 'Patient.json': content }), 'patient');
    expect(found.map(({ text }) => JSON.parse(text ?? ''))).toEqual(wanted);
    for (const { text } of found) expect(content).toContain(text);
  }
});

test('lines are counted as the readers count them, wherever the bytes are cut', () => {
  const piece = fc.constantFrom('a', ',', '"x,""y"""', '"\r\n"', '"a\nb\r"', '\n', '\r\n', '\r', 'é', '1');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (pieces, quoted, size) => {
        const bytes = Buffer.from(pieces.join(''));
        const records: { line: number; text: string }[] = [];
        const splitter = new RecordSplitter(quoted ? ',' : undefined, 1, ({ buffer, start, end, line, defect }) => {
          if (start < end && (!defect || defect === 'R01'))
            records.push({ line, text: buffer.toString('utf8', start, end) });
          else if (defect) throw new Error('malformed');
        });
        try {
          splitter.write(bytes);
          splitter.end();
        } catch {
          fc.pre(false);
        }
        for (const { line, text } of records) {
          const taker = new Taker(line, quoted);
          for (let at = 0; at < bytes.length; at += size) taker.write(bytes.subarray(at, at + size));
          expect(taker.text).toBe(text);
        }
      },
    ),
  );
});

test('a file that changed, has gone, is a link out of the delivery or has no lines tells nothing but that', async () => {
  const folder = sourceFolder({ 'medical_claim.csv': CLAIMS, 'claims.parquet': 'PAR1 PAR1' });
  const raw = homeOf([folder]);
  const state = async (name: string, content: string, file = `${basename(folder)}/${name}`) => {
    const origin = { file, format: 'tuva', sha256: sha256(content), bytes: Buffer.byteLength(content) };
    const { state, text } = await raw.read('run', origin, 3, ASKER);
    expect(text === null).toBe(state !== 'shown');
    return state;
  };
  const path = join(folder, 'medical_claim.csv');
  expect(await state('medical_claim.csv', CLAIMS)).toBe('shown');
  expect(await state('claims.parquet', 'PAR1 PAR1')).toBe('no lines');
  expect(await state('medical_claim.csv/member.csv', CLAIMS)).toBe('gone');
  expect(await state('', CLAIMS, `${basename(folder)}/../${basename(folder)}/medical_claim.csv/../../x`)).toBe('gone');
  writeFileSync(path, CLAIMS.replace('plain', 'PLAIN'));
  expect(await state('medical_claim.csv', CLAIMS)).toBe('changed');
  writeFileSync(path, `${CLAIMS}\n`);
  expect(await state('medical_claim.csv', CLAIMS)).toBe('changed');
  writeFileSync(join(folder, '..', 'outside.csv'), CLAIMS);
  rmSync(path);
  symlinkSync(join(folder, '..', 'outside.csv'), path);
  expect(await state('medical_claim.csv', CLAIMS)).toBe('gone');
  renameSync(folder, `${folder}-2`);
  expect(await state('medical_claim.csv', CLAIMS)).toBe('gone');
});

test('a file that no longer unpacks has changed', async () => {
  const packed = gzipSync(CLAIMS);
  const folder = sourceFolder({ 'a.csv.gz': packed.fill(7, 20, 40), 'b.zip': 'PK no longer' });
  const origin = { format: 'tuva', sha256: '', bytes: packed.length };
  const read = (file: string) =>
    homeOf([folder]).read('run', { ...origin, file: `${basename(folder)}/${file}` }, 3, ASKER);
  expect((await read('a.csv.gz')).state).toBe('changed');
  expect((await read('b.zip/member.csv')).state).toBe('gone');
});

test('of two deliveries of one name it is the one with the bytes that were read; a long record is cut', async () => {
  const long = `id,text\n1,${'x'.repeat(70_000)}\n`;
  const folders = ['first', long].map((content) => sourceFolder({ 'a.csv': content }));
  const origin = { file: 'source/a.csv', format: 'tuva', sha256: sha256(long), bytes: long.length };
  const { text, cut } = await homeOf(folders).read('run', origin, 2, ASKER);
  expect([text?.length, cut]).toEqual([65_536, true]);
});

test('whoever has gone away is not read for', async () => {
  const folder = sourceFolder({ 'a.csv': CLAIMS });
  const gone = new AbortController();
  gone.abort();
  const origin = { file: `${basename(folder)}/a.csv`, format: 'tuva', sha256: sha256(CLAIMS), bytes: CLAIMS.length };
  await expect(homeOf([folder]).read('run', origin, 2, { name: '1', gone: gone.signal })).rejects.toThrow('went away');
});

test('the route shows a line to who may see persons, of that claim alone, and the look is written down', async () => {
  const server = await startServer();
  try {
    const [admin, analyst] = [server.cookieOf('aco_admin'), server.cookieOf('analyst_aggregate')];
    const status = async (path: string, cookie: string) => (await server.ask(path, { cookie })).status;
    const path = '/api/claims/claim-4/raw/1/9';
    expect(await status(path, analyst)).toBe(403);
    expect(await status(`${path}?mode=shareable`, admin)).toBe(403);
    expect(await status('/api/claims/claim-4/raw/1/11', admin)).toBe(404);
    expect(await status('/api/claims/claim-4/raw/2/9', admin)).toBe(404);
    const reply = await (await server.ask(path, { cookie: admin })).json();
    expect(reply).toEqual({
      ...{
        file: 'medical_claim.csv',
        line_number: 9,
        run_id: 'run-a',
        state: 'gone',
        text: null,
        cut: false,
        fields: null,
      },
    });
    const looks = server.dependencies.database.all(
      z.object({ subject: z.string(), shown: z.number().nullable(), status: z.number() }),
      "select subject, shown, status from audit where route = '/api/claims/:id/raw/:file/:line' order by rowid",
    );
    expect(looks).toContainEqual({ subject: 'claim-4', shown: 0, status: 200 });
    expect(looks).toHaveLength(5);
  } finally {
    await server.close();
  }
});
