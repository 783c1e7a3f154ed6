import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundScale, tickLabels } from '../../client/charts/axis.ts';
import { around, type Box, clipped, folded, place, spread, textWidth, wrapped } from '../../client/charts/labels.ts';

describe('labels on one line', () => {
  test('stay where they are while they have room', () => {
    expect(spread([10, 40, 90], 15)).toEqual([10, 40, 90]);
  });
  test('part evenly around their middle when they do not', () => {
    expect(spread([50, 50], 10)).toEqual([45, 55]);
  });
  test('end up at least the gap apart, in their own order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 8 }), (positions) => {
        const placed = spread(positions, 15);
        const order = positions.map((_, at) => at).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
        for (const [at, one] of order.entries()) {
          const before = order[at - 1];
          if (before !== undefined)
            expect((placed[one] ?? 0) - (placed[before] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-6);
        }
      }),
    );
  });
});

describe('a label on one line or two', () => {
  const label = 'Tobacco: screening and help to quit: Asked about tobacco';
  test('stays whole where it fits, and breaks after its last colon where that is enough', () => {
    expect(folded(label, 400)).toEqual([label]);
    expect(folded(label, 220)).toEqual(['Tobacco: screening and help to quit:', 'Asked about tobacco']);
  });
  test('else breaks between words, and loses only what two lines cannot hold', () => {
    expect(folded('Rehabilitation and long-term hospital', 150)).toEqual(['Rehabilitation and long-term', 'hospital']);
    const [first = '', second = ''] = folded(label, 120);
    expect([first, second].every((line) => textWidth(line) <= 120)).toBe(true);
    expect(second.endsWith('…')).toBe(true);
  });
});

describe('labels beside marks', () => {
  const bounds: Box = { left: 0, right: 400, top: 0, bottom: 200 };
  const anchor = { x: 200, y: 100, r: 5, texts: [['A label of some length'], ['Short']], side: 'beside' as const };

  test('stand at the right, at the left where that is taken, shorter where neither has room, else nowhere', () => {
    expect(place([anchor], [], bounds)[0]).toMatchObject({ textAnchor: 'start', text: 'A label of some length' });
    expect(place([anchor], [around(230, 100, 10)], bounds)[0]).toMatchObject({ textAnchor: 'end' });
    const walls = [around(280, 100, 10), around(120, 100, 10)];
    expect(place([anchor], walls, bounds)[0]).toMatchObject({ text: 'Short' });
    expect(place([anchor], [around(215, 100, 10), around(185, 100, 10)], bounds)).toEqual([null]);
  });
  test('never leave the drawing', () => {
    expect(place([{ ...anchor, x: 390 }], [], bounds)[0]?.textAnchor).toBe('end');
  });
});

describe('words in a width', () => {
  test('what fits stands, what does not ends in an ellipsis or goes on the next line', () => {
    const text = 'Queensway Regional Medical Center';
    expect(clipped(text, 400)).toBe(text);
    expect(textWidth(clipped(text, 90))).toBeLessThanOrEqual(90);
    expect(clipped(text, 90)).toMatch(/…$/);
    expect(clipped(text, -4)).toBe('');
    expect(wrapped(text, 90).every((line) => textWidth(line) <= 90)).toBe(true);
    expect(wrapped(text, 90).join(' ')).toBe(text);
  });
});

describe('scales', () => {
  test('start at zero unless the values keep to the upper half', () => {
    expect(roundScale([8, 22])).toEqual({ domain: [0, 25], ticks: [0, 5, 10, 15, 20, 25] });
    expect(roundScale([1000, 1100]).domain).toEqual([1000, 1100]);
    expect(roundScale([1000, 1100], { zero: true }).domain[0]).toBe(0);
  });
  test('equal, zero, negative and no values have a scale too', () => {
    expect(roundScale([10, 10]).domain).toEqual([0, 10]);
    expect(roundScale([0]).domain).toEqual([0, 1]);
    expect(roundScale([]).domain).toEqual([0, 1]);
    expect(roundScale([-3, 4]).domain).toEqual([-4, 4]);
  });
  test('hold every value on round, even ticks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (values) => {
          const { domain, ticks } = roundScale(values);
          expect(domain[0]).toBeLessThanOrEqual(Math.min(...values) * (1 + 1e-9));
          expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values) * (1 - 1e-9));
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(9);
        },
      ),
    );
  });
  test('say the unit once, on the last tick, with the decimals they need', () => {
    const scale = roundScale([0, 0.9]);
    expect(scale.ticks.map(tickLabels(scale, 'percent'))).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0%']);
    const dollars = roundScale([0, 1900]);
    expect(dollars.ticks.map(tickLabels(dollars, 'dollars per member per month')).at(-1)).toBe('$2,000');
  });
});
