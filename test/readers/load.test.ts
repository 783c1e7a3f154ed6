import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../pipelines/engine/sql.ts';
import { emptyHome, type Loaded, loadFiles, loadFrom, sourceFolder, temporaryFolder } from './harness.ts';

const HEADER =
  'claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,paid_amount,data_source';
const GOOD = '1,1,professional,ann,2024-01-05,2024-01-05,100.00,cclf';
/** A file of claims: the header, then the lines. */
const claims = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');
/** `count` lines of claims of ten dollars each, numbered from 100. */
const many = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${100 + at},1,professional,ann,2024-01-05,2024-01-05,10.00,cclf`);

const quarantine = ({ query }: Loaded) =>
  query('select line_number::integer as line, rule_id as rule, raw from run.quarantine order by file_id, line_number');
const claimIds = async ({ query }: Loaded) =>
  (await query('select claim_id from input.medical_claim order by line_number')).map(({ claim_id }) => claim_id);
const account = ({ files }: Loaded, path: string) => {
  const file = files.find((candidate) => candidate.path.endsWith(path));
  if (!file) throw new Error(`no account of ${path}`);
  const { physical_records, header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
  return { physical_records, header_records, blank_records, loaded, quarantined, duplicate, skipped };
};

describe('a record that breaks a rule goes to quarantine with its line, rule and text, and the rest load', () => {
  const bad: Readonly<Record<string, readonly [rule: string, record: string]>> = {
    'a date with a two-digit year': ['T01', '2,1,professional,bob,24-01-02,2024-01-05,5.00,cclf'],
    'a date that is not in the calendar': ['T01', '2,1,professional,bob,2024-02-30,2024-01-05,5.00,cclf'],
    'a date written the American way': ['T01', '2,1,professional,bob,01/02/2024,2024-01-05,5.00,cclf'],
    'a date of another age': ['T02', '2,1,professional,bob,1024-01-02,2024-01-05,5.00,cclf'],
    'an amount with three decimals': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,5.005,cclf'],
    'an amount in powers of ten': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,1e3,cclf'],
    'an amount with a dollar sign': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,$5.00,cclf'],
    'an amount in parentheses': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,(5.00),cclf'],
    'an amount with a thousands separator': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,"1,005.00",cclf'],
    'an amount too large for any claim': ['T04', '2,1,professional,bob,2024-01-02,2024-01-05,12345678901234567,cclf'],
    'a blank key': ['K01', ',1,professional,bob,2024-01-02,2024-01-05,5.00,cclf'],
    'nobody it belongs to': ['K01', '2,1,professional, ,2024-01-02,2024-01-05,5.00,cclf'],
    'a field too few': ['R01', '2,1,professional,bob,2024-01-02,2024-01-05,5.00'],
    'a field too many': ['R01', '2,1,professional,bob,2024-01-02,2024-01-05,5.00,cclf,'],
    'a quote inside a field': ['R02', '2,1,"professional" x,bob,2024-01-02,2024-01-05,5.00,cclf'],
    'a control character': ['R04', '2,1,professional,b\u0007ob,2024-01-02,2024-01-05,5.00,cclf'],
  };
  for (const [words, [rule, raw]] of Object.entries(bad)) {
    it(words, async () => {
      const loaded = await loadFiles({ 'medical_claim.csv': claims(GOOD, raw, GOOD.replace('1,1', '3,1')) });
      expect(loaded.refusals).toEqual([]);
      expect(await quarantine(loaded)).toEqual([{ line: 3, rule, raw }]);
      expect(await claimIds(loaded)).toEqual(['1', '3']);
      expect(account(loaded, 'medical_claim.csv')).toEqual({
        ...{ physical_records: 4, header_records: 1, blank_records: 0, loaded: 2 },
        ...{ quarantined: 1, duplicate: 0, skipped: 0 },
      });
    });
  }

  it('a Latin-1 byte', async () => {
    const [before, after] = [claims(GOOD), `${GOOD.replace('1,1', '3,1')}\n`];
    const record = Buffer.from('2,1,professional,ren\u00e9e,2024-01-02,2024-01-05,5.00,cclf\n', 'latin1');
    const loaded = await loadFiles({
      'medical_claim.csv': Buffer.concat([Buffer.from(before), record, Buffer.from(after)]),
    });
    expect(await quarantine(loaded)).toEqual([
      { line: 3, rule: 'R03', raw: '2,1,professional,renée,2024-01-02,2024-01-05,5.00,cclf' },
    ]);
    expect(await claimIds(loaded)).toEqual(['1', '3']);
  });

  it('its dollars count as quarantined where they can be read', async () => {
    const loaded = await loadFiles({
      'medical_claim.csv': claims(
        GOOD,
        '2,1,professional,bob,24-01-02,2024-01-05,-5.25,cclf',
        '3,1,x,,2024-01-02,,1.2.3,cclf',
      ),
    });
    expect(loaded.files.map((file) => [file.amount_loaded, file.amount_quarantined])).toEqual([[100, -5.25]]);
  });

  it('is written to the home as well', async () => {
    const loaded = await loadFiles({ 'medical_claim.csv': claims(GOOD, ',1,professional,bob,2024-01-02,,5.00,cclf') });
    expect(readFileSync(join(loaded.home.quarantine, 'run-1', 'records.csv'), 'utf8')).toBe(
      'path,line_number,rule_id,reason,raw\n' +
        'source/medical_claim.csv,3,K01,claim_id: a field that the key or the person needs is filled,' +
        '",1,professional,bob,2024-01-02,,5.00,cclf"\n',
    );
  });
});

describe('a file that cannot be trusted is refused with its name, line and rule', () => {
  const refusals = async (files: Record<string, string | Buffer>) =>
    (await loadFiles(files)).refusals.map(({ path, line, rule }) => `${path}:${line} ${rule}`);

  it('a gzip file cut short', async () => {
    const whole = gzipSync(claims(...many(2000)));
    for (const lost of [1, 8, 1000]) {
      const [refusal] = await refusals({ 'medical_claim.csv.gz': whole.subarray(0, -lost) });
      expect(refusal).toMatch(/^source\/medical_claim\.csv\.gz:\d+ F01$/);
    }
  });

  it('a gzip file with a wrong checksum', async () => {
    const damaged = gzipSync(claims(...many(20)));
    damaged.writeUInt32LE(damaged.readUInt32LE(damaged.length - 8) ^ 1, damaged.length - 8);
    expect((await refusals({ 'medical_claim.csv.gz': damaged }))[0]).toMatch(/F01$/);
  });

  it('a file without its header', async () => {
    expect(await refusals({ 'medical_claim.csv': `${GOOD}\n${GOOD}\n` })).toEqual(['source/medical_claim.csv:1 F03']);
  });

  it('a file without a required column', async () => {
    const text = claims(GOOD).replace('person_id', 'patient');
    expect(await refusals({ 'medical_claim.csv': text })).toEqual(['source/medical_claim.csv:1 F04']);
  });

  it('a file with an unclosed quote', async () => {
    const text = claims(GOOD, GOOD.replace('1,1,professional', '2,1,"professional'), ...many(3));
    expect(await refusals({ 'medical_claim.csv': text })).toEqual(['source/medical_claim.csv:3 F06']);
  });

  it('a file in UTF-16', async () => {
    const text = Buffer.from(`\ufeff${claims(GOOD)}`, 'utf16le');
    expect(await refusals({ 'medical_claim.csv': text })).toEqual(['source/medical_claim.csv:1 F02']);
  });

  it('a file in which more than 1 % of the records are bad, from 1,000 records on', async () => {
    const broken = (count: number) => many(count).map((line) => line.replace('2024-01-05', '24-01-05'));
    expect(await refusals({ 'medical_claim.csv': claims(...broken(11), ...many(989)) })).toEqual([
      'source/medical_claim.csv:2 F09',
    ]);
    expect(await refusals({ 'medical_claim.csv': claims(...broken(11), ...many(988)) })).toEqual([]);
    expect(await refusals({ 'medical_claim.csv': claims(...many(5), ...broken(5), ...many(990)) })).toEqual([]);
  });

  it('a file in which more than 0.5 % of the dollars are in bad records, from 1,000 records on', async () => {
    const dear = '9,1,professional,ann,24-01-05,2024-01-05,51.00,cclf';
    expect(await refusals({ 'medical_claim.csv': claims(...many(999), dear) })).toEqual([
      'source/medical_claim.csv:1001 F10',
    ]);
    expect(await refusals({ 'medical_claim.csv': claims(...many(999), dear.replace('51', '49')) })).toEqual([]);
  });

  it('every such file is named at once, and nothing becomes input', async () => {
    const loaded = await loadFiles({
      'a/medical_claim.csv': `${GOOD}\n`,
      'b/medical_claim.csv.gz': gzipSync(claims(...many(9))).subarray(0, -4),
    });
    expect(loaded.refusals.map(({ rule }) => rule)).toEqual(['F03', 'F01']);
    expect(await loaded.query('select count(*)::integer as n from run.check')).toEqual([{ n: 0 }]);
  });

  it('unless it is left out by name, which loads the others and says so', async () => {
    const folder = sourceFolder({
      'good/medical_claim.csv': claims(GOOD),
      'bad/medical_claim.csv.gz': gzipSync(claims(...many(9))).subarray(0, -4),
      'late/medical_claim.csv': claims(...many(3)),
    });
    const skip = [join(folder, 'bad/medical_claim.csv.gz'), 'source/late/medical_claim.csv'];
    const loaded = await loadFrom([folder], { skip });
    expect(loaded.refusals).toEqual([]);
    expect(await claimIds(loaded)).toEqual(['1']);
    expect(account(loaded, 'late/medical_claim.csv')).toMatchObject({ physical_records: 4, loaded: 0, skipped: 3 });
    expect(loaded.files.find(({ path }) => path.includes('bad'))?.note).toMatch(
      /^refused by F01: .*not used: left out/,
    );
  });
});

describe('columns', () => {
  it('are found by name, in any order', async () => {
    const order = [7, 3, 0, 6, 5, 1, 4, 2];
    const shuffled = claims(GOOD)
      .trim()
      .split('\n')
      .map((line) => order.map((at) => line.split(',')[at]).join(','))
      .join('\n');
    const inOrder = await loadFiles({ 'medical_claim.csv': claims(GOOD) });
    const outOfOrder = await loadFiles({ 'x.csv': shuffled });
    const all = 'select * from input.medical_claim';
    expect(await outOfOrder.query(all)).toEqual(await inOrder.query(all));
  });

  it('that nobody knows are noted and do no harm', async () => {
    const loaded = await loadFiles({ 'x.csv': `${HEADER},ingest_datetime,shoe_size\n${GOOD},,42\n` });
    expect(loaded.files[0]?.note).toBe('unknown columns: shoe_size');
    expect(await claimIds(loaded)).toEqual(['1']);
  });

  it('keep leading zeros, lose dots and gain capitals where they are codes', async () => {
    const header = 'claim_id,claim_line_number,claim_type,person_id,claim_start_date,claim_end_date,data_source';
    const loaded = await loadFiles({
      'x.csv': `${header},diagnosis_code_1,revenue_center_code,rendering_npi\n007,01,Institutional,p,2024-01-01,,cclf, e11.9 ,0450,0123456789\n`,
    });
    expect(
      await loaded.query(
        'select claim_id, claim_line_number, claim_type, claim_end_date, diagnosis_code_1, revenue_center_code, rendering_npi from input.medical_claim',
      ),
    ).toEqual([
      {
        ...{ claim_id: '007', claim_line_number: '01', claim_type: 'institutional', claim_end_date: null },
        ...{ diagnosis_code_1: 'E119', revenue_center_code: '0450', rendering_npi: '0123456789' },
      },
    ]);
  });
});

describe('the line of a record is its physical line', () => {
  const lines = async (text: string | Buffer, name = 'x.csv') => {
    const loaded = await loadFiles({ [name]: text });
    expect(loaded.refusals).toEqual([]);
    const found = await loaded.query(
      'select claim_id, line_number::integer as line from input.medical_claim order by line_number',
    );
    return found.map(({ claim_id, line }) => `${claim_id}@${line}`).join(' ');
  };
  const [one, two, three] = [GOOD, GOOD.replace('1,1', '2,1'), GOOD.replace('1,1', '3,1')];

  it('counted from the header on line 1, whatever ends the lines', async () => {
    expect(await lines(claims(one, two))).toBe('1@2 2@3');
    expect(await lines(claims(one, two).replaceAll('\n', '\r\n'))).toBe('1@2 2@3');
    expect(await lines(claims(one, two).replaceAll('\n', '\r'))).toBe('1@2 2@3');
    expect(await lines(`${HEADER}\r\n${one}\n${two}\r\n${three}`)).toBe('1@2 2@3 3@4');
    expect(await lines(`\ufeff${claims(one, two)}`)).toBe('1@2 2@3');
  });

  it('behind blank lines, above the header too', async () => {
    expect(await lines(`${HEADER}\n\n${one}\n\n\n${two}\n`)).toBe('1@3 2@6');
    expect(await lines(`\n\n${claims(one, two)}\n\n`)).toBe('1@4 2@5');
  });

  it('behind fields that hold line ends', async () => {
    const tall = one.replace('ann', '"an\nn\r\nx"');
    expect(await lines(claims(tall, two, tall.replace('1,1', '3,1'), GOOD.replace('1,1', '4,1')))).toBe(
      '1@2 2@5 3@6 4@9',
    );
  });

  it('behind records that were quarantined, and behind a repeated header', async () => {
    expect(await lines(claims(one, 'x', two, HEADER, three))).toBe('1@2 2@4 3@6');
  });

  it('inside gzip, of several members too', async () => {
    const text = claims(one, two, three);
    expect(await lines(gzipSync(text), 'x.csv.gz')).toBe('1@2 2@3 3@4');
    const members = Buffer.concat([gzipSync(text.slice(0, 150)), gzipSync(text.slice(150))]);
    expect(await lines(members, 'x.csv.gz')).toBe('1@2 2@3 3@4');
  });

  it('in a file so large that it is parsed in parallel', async () => {
    const wanted = 300_000;
    const line = (_: unknown, at: number) => `${at + 2},1,professional,p${at % 97},2024-01-05,2024-01-05,1.00,cclf`;
    const text = [HEADER, ...Array.from({ length: wanted }, line)].join('\n');
    const loaded = await loadFiles({ 'x.csv': text });
    const [found] = await loaded.query(
      'select count(*)::integer as rows, count_if(claim_id::bigint = line_number)::integer as right from input.medical_claim',
    );
    expect(found).toEqual({ rows: wanted, right: wanted });
  });
});

describe('a record delivered twice', () => {
  const header = `${HEADER},file_date\n`;
  const delivery = (paid: string, fileDate: string) => `${header}${GOOD.replace('100.00', paid)},${fileDate}\n`;
  const kept = async (loaded: Loaded) =>
    (await loaded.query('select paid_amount::varchar as paid from input.medical_claim')).map(({ paid }) => paid);
  const disagreements = async (loaded: Loaded) =>
    (
      await loaded.query("select violations::integer as n from run.check where check_id = 'reader-redelivery-agrees'")
    )[0]?.n;

  it('counts once; the latest delivery is kept', async () => {
    const loaded = await loadFiles({
      'a.csv': delivery('2.00', '2024-03-01'),
      'b.csv': delivery('1.00', '2024-02-01'),
    });
    expect(await kept(loaded)).toEqual(['2.00']);
    expect(account(loaded, 'a.csv')).toMatchObject({ loaded: 1, duplicate: 0 });
    expect(account(loaded, 'b.csv')).toMatchObject({ loaded: 0, duplicate: 1 });
    expect(await disagreements(loaded)).toBe(1);
  });

  it('without a date of delivery, the last file and then the last line is kept', async () => {
    const loaded = await loadFiles({
      'a.csv': claims(GOOD),
      'b.csv': claims(GOOD.replace('100', '7'), GOOD.replace('100', '8')),
    });
    expect(await kept(loaded)).toEqual(['8.00']);
    expect(account(loaded, 'b.csv')).toMatchObject({ loaded: 1, duplicate: 1 });
  });

  it('word for word is no disagreement, even when only the date of delivery differs', async () => {
    const loaded = await loadFiles({
      'a.csv': delivery('2.00', '2024-03-01'),
      'b.csv': delivery('2.00', '2024-04-01'),
    });
    expect(await kept(loaded)).toEqual(['2.00']);
    expect(await disagreements(loaded)).toBe(0);
  });

  it('from another source is another record', async () => {
    const loaded = await loadFiles({ 'a.csv': claims(GOOD), 'b.csv': claims(GOOD.replace('cclf', 'other')) });
    expect(await kept(loaded)).toHaveLength(2);
  });

  it('leaves the whole of a file that is delivered again as duplicates', async () => {
    const text = claims(...many(50));
    const loaded = await loadFiles({ 'jan/x.csv': text, 'feb/x.csv.gz': gzipSync(text) });
    expect(loaded.files.map(({ path, loaded: rows, duplicate }) => [path, rows, duplicate])).toEqual([
      ['source/feb/x.csv.gz', 0, 50],
      ['source/jan/x.csv', 50, 0],
    ]);
  });
});

describe('stand-in dates', () => {
  it('read as unknown, or as open where a span ends, and are counted', async () => {
    const loaded = await loadFiles({
      'eligibility.csv':
        'person_id,member_id,gender,birth_date,death_date,enrollment_start_date,enrollment_end_date,payer,plan,data_source\n' +
        'ann,m1,female,1900-01-01,0000-00-00,2024-01-01,9999-12-31,medicare,medicare,cclf\n' +
        'bob,~,male,1950-05-05,1000-01-01,2024-01-01,2024-12-31,medicare,medicare,cclf\n',
    });
    expect(
      await loaded.query(
        'select person_id, member_id, birth_date, death_date, enrollment_end_date from input.eligibility order by person_id',
      ),
    ).toEqual([
      { person_id: 'ann', member_id: 'm1', birth_date: null, death_date: null, enrollment_end_date: null },
      {
        person_id: 'bob',
        member_id: null,
        birth_date: '1950-05-05',
        death_date: null,
        enrollment_end_date: '2024-12-31',
      },
    ]);
    const found = await loaded.query(
      "select status, violations::integer as n from run.check where check_id = 'reader-stand-in-dates'",
    );
    expect(found).toEqual([{ status: 'failed', n: 4 }]);
  });
});

describe('Parquet', () => {
  it('loads as the same records as CSV, whatever its own types are', async () => {
    const folder = temporaryFolder();
    const csv = await loadFiles({ 'x.csv': claims(GOOD, GOOD.replace('1,1', '2,1').replace('100.00', '5.50')) });
    await csv.connection.run(
      `copy (
         select claim_id::bigint as CLAIM_ID, claim_line_number, claim_type, person_id, claim_start_date,
           claim_end_date::timestamp as claim_end_date, paid_amount::double as paid_amount, source_name as data_source
         from input.medical_claim order by line_number
       ) to ${quoted(join(folder, 'x.parquet'))} (format parquet)`,
    );
    const parquet = await loadFrom([folder]);
    const all = 'select * exclude (line_number) from input.medical_claim order by claim_id';
    expect(parquet.refusals).toEqual([]);
    expect(await parquet.query(all)).toEqual(await csv.query(all));
    expect(await parquet.query('select line_number::integer as line from input.medical_claim order by 1')).toEqual([
      { line: 1 },
      { line: 2 },
    ]);
    expect(account(parquet, 'x.parquet')).toMatchObject({ physical_records: 2, header_records: 0, loaded: 2 });
  });
});

describe('the account', () => {
  it('lists every file, in the order of their names, with what was not recognised', async () => {
    const loaded = await loadFiles({ LICENSE: 'Apache License\n', 'x[1].csv': claims(GOOD), '.DS_Store': '\0\0' });
    expect(loaded.files.map(({ file_id, path, format, kind }) => [file_id, path, format, kind])).toEqual([
      [1, 'source/.DS_Store', null, 'unrecognised'],
      [2, 'source/LICENSE', null, 'unrecognised'],
      [3, 'source/x[1].csv', 'tuva', 'medical_claim'],
    ]);
  });

  it('explains every record between the files and the input', async () => {
    const loaded = await loadFiles({ 'x.csv': claims(GOOD, GOOD, ',1,professional,bob,2024-01-02,,5.00,cclf') });
    expect(
      await loaded.query(
        'select stage, rows_in::integer as rows_in, rows_out::integer as rows_out, reason, rows::integer as rows, amount::double as amount from run.reconciliation order by reason',
      ),
    ).toEqual([
      {
        ...{ stage: 'files -> input.medical_claim', rows_in: 3, rows_out: 1 },
        ...{ reason: 'breaks a rule, quarantined', rows: 1, amount: 5 },
      },
      {
        ...{ stage: 'files -> input.medical_claim', rows_in: 3, rows_out: 1 },
        ...{ reason: 'said before, the latest is kept', rows: 1, amount: 100 },
      },
    ]);
  });

  it('adds up the dollars in the bytes of a file, and finds the same where they went', async () => {
    const rows = [
      GOOD,
      GOOD,
      ',1,professional,bob,2024-01-02,,5.00,cclf',
      '9,1,professional,bob,2024-01-02,,5.005,cclf',
    ];
    const { files, query } = await loadFiles({ 'x.csv': claims(...rows) });
    expect(
      files.map((file) => [
        file.amount_raw,
        file.amount_loaded,
        file.amount_quarantined,
        file.amount_duplicate,
        file.amount_skipped,
      ]),
    ).toEqual([[205, 100, 5, 100, null]]);
    expect(await query("select status from run.check where check_id = 'reader-dollars-agree'")).toEqual([
      { status: 'passed' },
    ]);
  });

  it('says how far each feed reaches and when it was delivered', async () => {
    const loaded = await loadFiles({
      'x.csv': `${HEADER},paid_date,file_date,ingest_datetime\n${GOOD},2024-02-03,2024-03-01,2024-03-05 08:00:00\n`,
    });
    expect(loaded.deliveredOn).toBe('2024-03-05');
    expect(await loaded.query('select * replace (rows::integer as rows) from run.feed')).toEqual([
      {
        ...{ source_name: 'cclf', kind: 'medical_claim', rows: 1 },
        ...{ first_date: '2024-01-05', last_date: '2024-01-05', paid_through: '2024-02-03' },
      },
    ]);
    expect(await loaded.query('select kind, file_id, month, rows::integer as rows from run.feed_month')).toEqual([
      { kind: 'medical_claim', file_id: 1, month: '2024-01-01', rows: 1 },
    ]);
  });

  it('knows made-up people only when every source is marked', async () => {
    const marked = sourceFolder({ 'synthetic.json': '{}', 'x.csv': claims(GOOD) });
    const real = sourceFolder({ 'x.csv': claims(GOOD) });
    expect((await loadFrom([marked])).synthetic).toBe(true);
    expect((await loadFrom([marked, real])).synthetic).toBe(false);
  });
});

describe('the landing folder', () => {
  it('keeps every field as text under the hash of the file, and is not written twice', async () => {
    const folder = sourceFolder({ 'x.csv': claims(GOOD), 'y.csv.gz': gzipSync(claims(...many(3))) });
    const home = emptyHome();
    const first = await loadFrom([folder], { home });
    const names = readdirSync(home.landing).sort();
    expect(names.map((name) => name.split('-')[0]).sort()).toEqual(first.files.map(({ sha256 }) => sha256).sort());
    const written = names.map((name) => statSync(join(home.landing, name)).mtimeMs);
    const second = await loadFrom([folder], { home });
    expect(readdirSync(home.landing).sort()).toEqual(names);
    expect(names.map((name) => statSync(join(home.landing, name)).mtimeMs)).toEqual(written);
    expect(second.files).toEqual(first.files);
    const landed = join(home.landing, names.find((name) => name.startsWith(first.files[0]?.sha256 ?? '?')) ?? '');
    expect(await first.query(`select paid_amount, claim_start_date from read_parquet(${quoted(landed)})`)).toEqual([
      { paid_amount: '100.00', claim_start_date: '2024-01-05' },
    ]);
    expect(readdirSync(home.scratch)).toEqual([]);
  });

  it('is made again where a landed file is not whole', async () => {
    const folder = sourceFolder({ 'x.csv': claims(GOOD, GOOD.replace('1,1', '2,1')) });
    const home = emptyHome();
    await loadFrom([folder], { home });
    const [name = ''] = readdirSync(home.landing);
    const other = await loadFrom([sourceFolder({ 'y.csv': claims(GOOD) })]);
    copyFileSync(join(other.home.landing, readdirSync(other.home.landing)[0] ?? ''), join(home.landing, name));
    expect(await claimIds(await loadFrom([folder], { home }))).toEqual(['1', '2']);
  });
});

describe('what the caller asked for', () => {
  it('is refused in words when it names nothing', async () => {
    const folder = sourceFolder({ 'x.csv': claims(GOOD) });
    await expect(loadFrom(['/no/such/folder'])).rejects.toThrow('--source /no/such/folder does not exist');
    await expect(loadFrom([folder], { skip: ['y.csv'] })).rejects.toThrow('--skip y.csv names no file');
    await expect(loadFrom([folder], { format: 'x12' })).rejects.toThrow('it is one of tuva, synthea');
  });

  it('may be one format, which then every data file must be', async () => {
    const { refusals } = await loadFiles(
      { 'x.csv': claims(GOOD), 'LICENSE.txt': 'Apache License\n' },
      { format: 'synthea' },
    );
    expect(refusals.map(({ path, rule }) => `${path} ${rule}`)).toEqual(['source/x.csv F03']);
  });
});
