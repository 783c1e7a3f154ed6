import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES, RecordSplitter } from '../../pipelines/readers/records.ts';
import { FileRefused } from '../../pipelines/readers/rules.ts';

/** Records of `bytes` as `line:text`, with the rule that a bad one breaks; cut into chunks of `size` bytes. */
function split(content: string | Buffer, fields: number, { delimiter = ',', size = 1 << 16 } = {}): string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const found: string[] = [];
  const splitter = new RecordSplitter(delimiter, fields, ({ buffer, start, end, line, defect }) => {
    found.push(`${line}:${buffer.toString('utf8', start, end)}${defect ? ` breaks ${defect}` : ''}`);
  });
  for (let at = 0; at < bytes.length; at += size) splitter.write(bytes.subarray(at, at + size));
  splitter.end();
  return found;
}

describe('physical records', () => {
  it('end with LF, CRLF or CR, and the last one may end with the file', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(split(`a,b${end}1,2${end}3,4`, 2)).toEqual(['1:a,b', '2:1,2', '3:3,4']);
      expect(split(`a,b${end}1,2${end}`, 2)).toEqual(['1:a,b', '2:1,2']);
    }
  });

  it('may be blank: no byte between two line ends', () => {
    expect(split('a,b\n\n1,2\r\n\r\n3,4', 2)).toEqual(['1:a,b', '2:', '3:1,2', '4:', '5:3,4']);
  });

  it('keep delimiters, doubled quotes and line ends that stand inside quotes', () => {
    expect(split('"x,""y""",2\n"one\r\ntwo\rthree\nfour",5\n6,7', 2)).toEqual([
      '1:"x,""y""",2',
      '2:"one\r\ntwo\rthree\nfour",5',
      '6:6,7',
    ]);
  });

  it('are the same wherever the file is cut into chunks', () => {
    const text = 'a,b\r\n"1\r\n,""2",ü\r\n\r\nx,y\n"",\r3,"4"\n';
    const whole = split(text, 2);
    for (let size = 1; size < 12; size++) expect(split(text, 2, { size })).toEqual(whole);
  });

  it('split at the delimiter of the file', () => {
    expect(split('a|b,c\n1|2', 2, { delimiter: '|' })).toEqual(['1:a|b,c', '2:1|2']);
  });

  it('break R01 with too few or too many fields', () => {
    expect(split('a,b\n1\n1,2,3\n4,5', 2)).toEqual(['1:a,b', '2:1 breaks R01', '3:1,2,3 breaks R01', '4:4,5']);
  });

  it('break R02 when a quote stands inside a field, and leave the next record alone', () => {
    expect(split('a,b\n6" pipe,2\n"6" pipe",2\n3,4', 2)).toEqual([
      '1:a,b',
      '2:6" pipe,2 breaks R02',
      '3:"6" pipe",2 breaks R02',
      '4:3,4',
    ]);
  });

  it('break R03 when a byte is no UTF-8, such as Latin-1', () => {
    const [header, good, bad] = split(Buffer.concat([Buffer.from('a,b\nä,1\n'), Buffer.from('ä,2\n', 'latin1')]), 2);
    expect([header, good]).toEqual(['1:a,b', '2:ä,1']);
    expect(bad).toMatch(/^3:.*breaks R03$/);
  });

  it('break R04 when they hold NUL or another control character; a tab is none', () => {
    expect(split('a,b\n1\0,2\n1\t,2', 2)).toEqual(['1:a,b', '2:1\0,2 breaks R04', '3:1\t,2']);
  });

  it('break R05 when they are longer than 1 MB', () => {
    const long = 'x'.repeat(MAX_RECORD_BYTES + 1);
    const [, bad, good] = split(`a,b\n${long},1\n2,3`, 2);
    expect(bad?.slice(-'breaks R05'.length)).toBe('breaks R05');
    expect(good).toBe('3:2,3');
  });

  it('break R02 when a quote is still open at the end of the file, on its own line', () => {
    expect(split('a,b\n1,2\n3,"4', 2)).toEqual(['1:a,b', '2:1,2', '3:3,"4 breaks R02']);
  });
});

describe('an unclosed quote that swallows other lines', () => {
  const refusal = (text: string): unknown => {
    try {
      split(text, 2);
    } catch (error) {
      return error instanceof FileRefused ? `${error.rule} on line ${error.line}` : error;
    }
    return 'not refused';
  };

  it('refuses the file with the line on which it opens, when it reaches the end', () => {
    expect(refusal('a,b\n1,2\n3,"4\n5,6\n7,8\n')).toBe('F06 on line 3');
  });

  it('refuses the file when a later quote closes it by chance', () => {
    expect(refusal('a,b\n1,"2\n3,"4"\n5,6\n')).toBe('F06 on line 2');
    expect(refusal('a,b\n1,"2\n3,4",5\n6,7\n')).toBe('F06 on line 2');
  });

  it('refuses the file before it holds the rest of it in memory', () => {
    expect(refusal(`a,b\n1,"2\n${'3,4\n'.repeat(MAX_RECORD_BYTES)}`)).toBe('F06 on line 2');
  });
});

describe('the counter and an independent parser', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '7', ' ', ',', '"', '\n', '\r\n', 'é', "'"), maxLength: 6 });
  const written = (text: string) => (/[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);

  it('agree on any well-formed CSV, cut anywhere', () => {
    const tables = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        cells: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
        end: fc.constantFrom('\n', '\r\n'),
        last: fc.boolean(),
        size: fc.integer({ min: 1, max: 40 }),
      }),
    );
    fc.assert(
      fc.property(tables, ({ width, cells, end, last, size }) => {
        const text = cells.map((row) => row.map(written).join(',')).join(end) + (last ? end : '');
        const parsed: string[][] = parse(text, { record_delimiter: end });
        const counted = split(text, width, { size });
        expect(counted.filter((record) => record.includes(' breaks R'))).toEqual([]);
        expect(counted.length).toBe(parsed.length);
      }),
      { numRuns: 300 },
    );
  });
});
