import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RawDollars } from '../../pipelines/readers/dollars.ts';
import { RecordSplitter } from '../../pipelines/readers/records.ts';

function sum(...texts: readonly string[]) {
  const dollars = new RawDollars();
  for (const text of texts) dollars.add(Buffer.from(`x${text}x`), 1, 1 + Buffer.byteLength(text));
  return { cents: dollars.cents, unreadable: dollars.unreadable };
}

describe('dollars read from bytes', () => {
  it.each([
    ['12.34', 1234n],
    ['"12.34"', 1234n],
    ['  -5 ', -500n],
    ['+.5', 50n],
    ['7.', 700n],
    ['1.2300', 123n],
    ['', 0n],
    ['""', 0n],
    ['~', 0n],
    ['00999999999999.99', 99999999999999n],
  ])('%s', (text, cents) => {
    expect(sum(text)).toEqual({ cents, unreadable: 0 });
  });

  it.each(['5.005', '1,005.00', '$5', '(5)', '1e3', '-', '.', '1 2', '1000000000000', 'NaN', '--1', '1.2.3'])(
    '%s is no plain amount',
    (text) => {
      expect(sum(text)).toEqual({ cents: 0n, unreadable: 1 });
    },
  );

  it('add up without losing a cent', () => {
    const cents = fc.array(fc.integer({ min: -(2 ** 46), max: 2 ** 46 }), { maxLength: 50 });
    fc.assert(
      fc.property(cents, (list) => {
        const written = list.map((value) => {
          const digits = String(Math.abs(value)).padStart(3, '0');
          return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        });
        expect(sum(...written).cents).toBe(list.reduce((total, value) => total + BigInt(value), 0n));
      }),
    );
  });

  it('are found in their field wherever a chunk of the file ends', () => {
    const text = 'a,"b,1",10.01,c\r\n"",,"-3",""\nx,y,5\n';
    for (let size = 1; size <= text.length; size++) {
      const found: string[] = [];
      const splitter = new RecordSplitter(
        ',',
        4,
        ({ buffer, start, watchedFrom, watchedTo }) => {
          found.push(buffer.toString('utf8', start + watchedFrom, start + watchedTo));
        },
        3,
      );
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) splitter.write(bytes.subarray(at, at + size));
      splitter.end();
      expect(found).toEqual(['10.01', '"-3"', '5']);
    }
  });
});
