import { get } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Manifest } from '#contract/export';
import { routesOf } from '../../server/app.ts';
import { list } from '../../server/export/list.ts';
import { exportsUnderWay, parquet, sweepExports } from '../../server/export/parquet.ts';
import { refuseTelling, safeHarbor } from '../../server/export/safe-harbor.ts';
import { COLUMNS } from '../../server/export/words.ts';
import { xlsx } from '../../server/export/xlsx.ts';
import { encodeCsv } from '../../server/http/encode.ts';
import { listViews } from '../../server/store/audit.ts';
import { type Column, dates, integers, numbers, texts, valueAt } from '../../server/store/columns.ts';
import { EXAMPLES } from '../support/examples.ts';
import { processesOf, type Read, readArrow, readCsv, readParquet, readXlsx, unzipped } from '../support/files.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
let analyst: string;
beforeAll(async () => {
  server = await startServer();
  cookie = server.cookieOf('aco_admin');
  analyst = server.cookieOf('analyst_aggregate');
});
afterAll(() => server.close());

const asked = (path: string, more: string) => `${path}${path.includes('?') ? '&' : '?'}${more}`;
const bytesOf = async (path: string, who = cookie): Promise<Uint8Array> => {
  const reply = await server.ask(path, { cookie: who });
  expect(reply.status, path).toBe(200);
  return new Uint8Array(await reply.arrayBuffer());
};
const manifestOf = async (path: string, who = cookie): Promise<Manifest> =>
  Manifest.parse(JSON.parse(Buffer.from(await bytesOf(asked(path, 'format=manifest'), who)).toString()));

/** Every list that is exported, by one question. */
const LISTS = Object.values(EXAMPLES)
  .map(({ path }) => path)
  .filter((path) => path.startsWith('/api/export/') && !/reviews\/review|measure-reports|gaps-in-care/.test(path));

/** Numbers as numbers, so that formats may write them their own way. */
const plain = ({ rows }: Pick<Read, 'rows'>, without = 0) =>
  rows.map((row) =>
    row
      .slice(0, row.length - without)
      .map((cell) => (cell === '' ? null : cell))
      .map((cell) => (cell !== null && /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(cell) ? String(Number(cell)) : cell)),
  );

/** The rows that the API shows for the question of an export, or how many it says there are. */
async function shownBy(path: string): Promise<number> {
  const where = path.replace('/api/export/', '/api/');
  const body: unknown = await (await server.ask(where, { cookie })).json();
  const { total, cells } = z.object({ total: z.unknown(), cells: z.array(z.unknown()).optional() }).parse(body);
  const counted = z.union([
    z.number(),
    z.object({ gaps: z.number() }).transform(({ gaps }) => gaps),
    z.object({ rows: z.number(), sum: z.number() }).transform(({ rows }) => rows),
  ]);
  return cells?.length ?? counted.parse(total);
}

describe('every list', () => {
  test('is exported under the address that shows it, in every format, by one declaration', () => {
    const exported = routesOf(server.dependencies).filter(({ formats }) => formats.includes('parquet'));
    expect(exported.map(({ path }) => path).length).toBe(LISTS.length);
    for (const { formats, isAudited } of exported) {
      expect([...formats]).toEqual(['csv', 'xlsx', 'parquet', 'arrow']);
      expect(isAudited).toBe(true);
    }
  });

  test.each(LISTS)(
    '%s has as many rows in CSV, XLSX and Arrow as its manifest says, and the same ones',
    async (path) => {
      const manifest = await manifestOf(path);
      const csv = readCsv(await bytesOf(asked(path, 'format=csv')));
      const arrow = readArrow(await bytesOf(asked(path, 'format=arrow')));
      const workbook = await readXlsx(await bytesOf(asked(path, 'format=xlsx')));
      const data = workbook.get('Data')!;
      const names = manifest.columns.map(({ name }) => name);
      expect(csv.names).toEqual(manifest.caveats.length > 0 ? [...names, 'caveats'] : names);
      expect(arrow.names).toEqual(names);
      expect(data.names).toEqual(names);
      expect([csv.rows.length, arrow.rows.length, data.rows.length]).toEqual(Array(3).fill(manifest.rows));
      const unguarded = csv.rows.map((row) => row.map((cell) => cell?.replace(/^'(?=[=+\-@])/, '') ?? null));
      expect(plain({ rows: unguarded }, csv.names.length - names.length)).toEqual(plain(arrow));
      expect(plain(data)).toEqual(plain(arrow));
      expect(Manifest.parse(JSON.parse(arrow.metadata ?? ''))).toEqual(manifest);
      expect([...workbook.keys()]).toEqual(['Data', 'About']);
      expect(workbook.get('About')!.rows).toContainEqual(['sqlSha256', manifest.sqlSha256]);
    },
  );

  test.each(
    [
      'metrics/readmission-30-day?by=month',
      'metrics/readmission-30-day/rows',
      'patients',
      'gaps',
      'risk/candidates',
    ].concat(['hcc-gaps/persons', 'attribution/persons']),
  )('%s has as many rows as the API says', async (path) => {
    expect((await manifestOf(`/api/export/${path}`)).rows).toBe(await shownBy(`/api/export/${path}`));
  });

  test('says its question, definition, statements and snapshot, the same for the same question', async () => {
    const path = '/api/export/metrics/cms125-1/rows?where=sex:female&part=denominator';
    const [one, again, other] = await Promise.all([
      manifestOf(path),
      manifestOf(path),
      manifestOf(path.replace('female', 'male')),
    ]);
    expect(one).toEqual(again);
    expect(one).toMatchObject({
      question: { id: 'cms125-1', where: 'sex:female', part: 'denominator' },
      definition: { id: 'cms125-1', version: '1.0.0' },
      ...{ snapshot: 'a', runId: 'run-a', dataThrough: '2024-12-31', disclosure: 'identified' },
    });
    expect(one.sqlSha256).not.toBe(other.sqlSha256);
  });
});

/** Half a character is written as the mark of a character that is not known. */
const wellFormed = (text: string) => Buffer.from(text).toString();

describe('a format', () => {
  // A process for each file takes its time: of every list with THROUGHLINE_EXPORTS=whole.
  test('Parquet keeps types, rows and manifest', async () => {
    const whole = process.env.THROUGHLINE_EXPORTS === 'whole';
    for (const path of whole ? LISTS : LISTS.filter((path) => /export\/(patients|metrics.*by=month)$/.test(path))) {
      const manifest = await manifestOf(path);
      const file = await readParquet(await bytesOf(asked(path, 'format=parquet')));
      const arrow = readArrow(await bytesOf(asked(path, 'format=arrow')));
      expect(plain(file)).toEqual(plain(arrow));
      expect(JSON.parse(file.metadata ?? '')).toEqual(manifest);
      if (!path.endsWith('/patients')) continue;
      const typed = Object.fromEntries(file.names.map((name, at) => [name, file.types[at]]));
      expect(typed).toMatchObject({
        ...{ person_id: 'VARCHAR', age: 'INTEGER', paid_12m: 'DECIMAL(18,2)' },
        ...{ death_date: 'DATE', risk_score: 'DOUBLE' },
      });
    }
    expect(exportsUnderWay(server.home)).toEqual([]);
  });

  test('XLSX has numbers as numbers, dates as dates and ids as text', async () => {
    const data = (await readXlsx(await bytesOf('/api/export/patients?format=xlsx'))).get('Data')!;
    const typed = Object.fromEntries(data.names.map((name, at) => [name, data.types[at]]));
    expect(typed).toMatchObject({ person_id: 'text', age: 'number', paid_12m: 'number', last_visit_date: 'date' });
  });

  test('XLSX goes on in a second sheet where one is full, and gives every text back', async () => {
    const [most, rows] = [1_000, 2_500];
    const batch = (from: number, length: number) => [
      integers(
        'n',
        Array.from({ length }, (_, at) => from + at),
      ),
    ];
    async function* batches() {
      for (let from = 0; from < rows; from += 300) yield batch(from, Math.min(300, rows - from));
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of xlsx(batch(0, 0), batches(), rows, [['a', 'b']], most)) chunks.push(chunk);
    const files = await unzipped(Buffer.concat(chunks));
    const count = (sheet: number) => files.get(`xl/worksheets/sheet${sheet}.xml`)!.split('<row ').length - 1;
    expect([1, 2, 3, 4].map(count)).toEqual([1_000, 1_000, 503, 1]);

    const odd = ['', ' a ', '00123', '=1+1', '<&>"', 'a\nb\r\tc', '_x0041_', '\0\x1f\ufffe', '😀'];
    async function* one() {
      yield [texts('t', odd)];
    }
    const small: Uint8Array[] = [];
    for await (const chunk of xlsx([texts('t', [])], one(), odd.length, [])) small.push(chunk);
    const data = (await readXlsx(Buffer.concat(small))).get('Data')!;
    expect(data.rows.map(([cell]) => cell)).toEqual(odd);
  });

  test('CSV begins with the mark of UTF-8 where asked, and has its manifest beside it in a zip', async () => {
    expect([...(await bytesOf('/api/export/patients?bom=true')).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const files = await unzipped(await bytesOf('/api/export/patients?manifest=true'));
    expect([...files.keys()]).toEqual(['data.csv', 'manifest.json']);
    const manifest = Manifest.parse(JSON.parse(files.get('manifest.json')!));
    expect(readCsv(Buffer.from(files.get('data.csv')!)).rows.length).toBe(manifest.rows);
  });

  test('never lets a spreadsheet run a text, and leaves negative numbers numbers', () => {
    const runs = Number(process.env.THROUGHLINE_FORMULAS ?? 5_000);
    const piece = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '\0',
      '＝',
      '＋',
      '－',
      '＠',
      '"',
      "'",
      ',',
      ' ',
      '1',
    );
    const strings = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(strings, fc.double({ max: 0, noNaN: true, noDefaultInfinity: true }), (string, number) => {
        const { rows } = readCsv(encodeCsv([texts('a', [string]), numbers('b', [number]), texts('c', [string])]));
        for (const cell of [rows[0]?.[0] ?? '', rows[0]?.[2] ?? '']) {
          expect(/^-\d+$/.test(cell) || !/^[=+\-@\t\r\n\0＝＋－＠]/.test(cell)).toBe(true);
          expect([wellFormed(string), `'${wellFormed(string)}`]).toContain(cell);
        }
        expect(rows.length).toBe(1);
        expect(Number(rows[0]?.[1])).toBe(number === 0 ? 0 : number);
      }),
      { numRuns: runs },
    );
  });
});

describe('what leaves', () => {
  test('is shareable for roles that may not see people, and no list of persons', async () => {
    const routes = routesOf(server.dependencies);
    for (const path of LISTS) {
      const isOfPersons = routes.some(
        (route) => route.policy === 'identified' && EXAMPLES[`get ${route.path}`]?.path === path,
      );
      for (const [who, mode] of [
        [analyst, ''],
        [cookie, 'mode=shareable'],
      ] as const) {
        const reply = await server.ask(asked(path, `format=manifest&${mode}`), { cookie: who });
        expect(reply.status, path).toBe(isOfPersons ? 403 : 200);
        if (!isOfPersons) expect(Manifest.parse(await reply.json()).disclosure).toBe('shareable');
      }
    }
  });

  test('of a shareable answer has what the answer has, null where it is hidden', async () => {
    const query = 'metrics/readmission-30-day?by=practice,month&mode=shareable';
    const { cells } = z
      .object({ cells: z.array(z.object({ numerator: z.number().nullable(), suppressed: z.boolean() })) })
      .parse(await (await server.ask(`/api/${query}`, { cookie })).json());
    const file = readArrow(await bytesOf(`/api/export/${query}&format=arrow`, analyst));
    const at = file.names.indexOf('numerator');
    expect(cells.some(({ suppressed }) => suppressed)).toBe(true);
    expect(file.rows.map((row) => row[at])).toEqual(
      cells.map(({ numerator }) => (numerator === null ? null : String(numerator))),
    );
  });

  test('leaves a row in the audit log with its count', async () => {
    const before = listViews(server.dependencies.database).length;
    await bytesOf('/api/export/patients?format=arrow');
    await bytesOf('/api/export/metrics/readmission-30-day?by=month');
    await manifestOf('/api/export/patients');
    expect(
      listViews(server.dependencies.database)
        .slice(before)
        .map(({ route, shown }) => [route, shown]),
    ).toEqual([
      ['/api/export/patients', 300],
      ['/api/export/metrics/:id', 24],
      ['/api/export/patients', null],
    ]);
  });
});

describe('a de-identified list', () => {
  const PERSONS = LISTS.filter((path) => /\/(patients|members|gaps|candidates|persons|conflicts|rows)$/.test(path));

  test('holds no identifier of anybody, no date but years, no age above 89 and no place', async () => {
    const people = readArrow(await bytesOf('/api/export/patients?format=arrow'));
    const secrets = people.rows.flatMap(([id, name]) => [
      id ?? '',
      ...(name?.split(' ').filter((word) => word.length > 3) ?? []),
    ]);
    for (const path of PERSONS) {
      const text = Buffer.from(await bytesOf(asked(path, 'deidentified=true&format=csv'))).toString();
      const { names, rows } = readCsv(Buffer.from(text));
      expect(names, path).not.toEqual(
        expect.arrayContaining(['name', 'person_id', 'subject_id', 'practice', 'evidence']),
      );
      expect(
        secrets.filter((secret) => text.includes(secret)),
        path,
      ).toEqual([]);
      for (const row of rows) {
        expect(
          row.filter((cell) => /\d{4}-\d{2}|\b(?:43001|39041)\b|member-/.test(cell ?? '')),
          path,
        ).toEqual([]);
        expect(Number(row[names.indexOf('age')] ?? 0) > 89, path).toBe(false);
      }
      expect(rows.length).toBe((await manifestOf(path)).rows);
    }
  });

  test('has codes that are new in each file and the same for all rows of a person', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => readArrow(await bytesOf('/api/export/gaps?deidentified=true&format=arrow'))),
    );
    const codes = ({ names, rows }: Read) => new Set(rows.map((row) => row[names.indexOf('record')]));
    const people = readArrow(await bytesOf('/api/export/gaps?format=arrow'));
    expect(codes(one!).size).toBe(new Set(people.rows.map((row) => row[people.names.indexOf('person_id')])).size);
    expect([...codes(one!)].filter((code) => codes(other!).has(code))).toEqual([]);
  });

  test('drops a column until somebody says how it is to be treated', () => {
    const kept = safeHarbor()([texts('new_column', ['x']), texts('name', ['x']), texts('sex', ['female'])]);
    expect(kept.map(({ name }) => name)).toEqual(['sex']);
  });

  test('tells, whatever the person, no date, id, name, place or age above 89', () => {
    const day = fc
      .integer({ min: -20_000, max: 25_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    const word = fc.string({ minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), day, word, (age, date, secret) => {
        const columns: Column[] = Object.entries(COLUMNS).map(([name, { safeHarbor: treatment }]) => {
          if (treatment === 'age') return integers(name, [age]);
          if (treatment === 'year') return dates(name, [date]);
          if (treatment === 'hundreds') return numbers(name, [12_345.67]);
          return texts(name, [treatment === 'keep' ? 'word' : secret]);
        });
        for (const column of safeHarbor()(columns)) {
          const value = String(valueAt(column, 0));
          expect(value).not.toContain(secret);
          if (COLUMNS[column.name]?.safeHarbor === 'age') expect(value).toBe(age > 89 ? '90+' : String(age));
          if (COLUMNS[column.name]?.safeHarbor === 'year') expect(value).toBe(date.slice(0, 4));
          if (COLUMNS[column.name]?.safeHarbor === 'hundreds') expect(value).toBe('12300');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is not cut by what would tell of everybody in it', async () => {
    for (const [question, isTold] of [
      [{ where: 'sex:female', sort: 'risk' }, false],
      [{ from: '2024-01', to: '2024-12' }, false],
      [{ where: 'practice:p1' }, true],
      [{ from: '2024-03', to: '2024-03' }, true],
      [{ q: 'Smith' }, true],
      [{ provider: '1234567890' }, true],
      [{ key: 'person-0004' }, true],
    ] as const) {
      if (isTold) expect(() => refuseTelling(question)).toThrow(/cannot be cut by/);
      else refuseTelling(question);
    }
    const refused = await server.ask('/api/export/patients?deidentified=true&where=practice:p1', { cookie });
    expect(refused.status).toBe(400);
    expect((await server.ask('/api/export/patients?deidentified=true', { cookie: analyst })).status).toBe(403);
  });
});

describe('an export that ends early', () => {
  const endless = async function* () {
    for (;;)
      yield [
        integers(
          'n',
          Array.from({ length: 8_192 }, (_, at) => at),
        ),
      ];
  };

  test('leaves no process and no folder when the reader goes while Parquet is made', async () => {
    const body = parquet(server.home, endless(), {});
    await expect.poll(() => exportsUnderWay(server.home).length).toBe(1);
    const [folder = ''] = exportsUnderWay(server.home);
    await expect.poll(() => processesOf(folder).length).toBeGreaterThan(0);
    body.destroy();
    await expect.poll(() => [...processesOf(folder), ...exportsUnderWay(server.home)], { timeout: 5_000 }).toEqual([]);
  });

  test('lets go of its query when a client breaks off', async () => {
    await new Promise<void>((resolve, reject) => {
      const request = get(`${server.origin}/api/export/patients?format=arrow`, { headers: { cookie } }, (reply) => {
        reply.once('data', () => reply.destroy()).once('close', resolve);
      });
      request.on('error', reject);
    });
    expect((await manifestOf('/api/export/patients')).rows).toBe(300);
    expect(server.faults).toEqual([]);
  });

  test('of a server that was killed is swept away at the next start, and no other', async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(`${server.home}/exports/999999999-dead`, { recursive: true });
    mkdirSync(`${server.home}/exports/${process.pid}-alive`, { recursive: true });
    sweepExports(server.home);
    expect(exportsUnderWay(server.home)).toEqual([`${process.pid}-alive`]);
  });
});

test('a list of which somebody asks what it does not know is refused', () => {
  const strict = list({
    ...{ path: 'x', policy: 'signed in', summary: 'x', query: z.strictObject({ a: z.string() }) },
    read: () => ({ title: 'x', name: 'x', question: {}, rows: [], caveats: [] }),
  });
  expect(() => strict.read({ params: {}, query: { b: 1 }, page: null }, undefined as never)).toThrow();
});
