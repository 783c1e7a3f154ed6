import { expect, it } from 'vitest';
import { sideBySide } from '../../pipelines/engine/side-by-side.ts';

const items = (...names: string[]) => names.map((name) => ({ name }));
const reads = (read: Record<string, string[]>) => new Map(Object.entries(read));
const LANES = ['one', 'two'] as const;

/** Makes each item in a few turns of the event loop, and notes who was made beside whom. */
function maker(fails: (name: string, beside: readonly string[]) => Error | undefined = () => undefined) {
  const making = new Set<string>();
  const made: string[] = [];
  const tried: { name: string; lane: string; beside: string[] }[] = [];
  const make = async (lane: string, { name }: { name: string }) => {
    const beside = [...making];
    tried.push({ name, lane, beside });
    making.add(name);
    for (let turn = 0; turn < name.length; turn += 1) await new Promise(setImmediate);
    making.delete(name);
    const failure = fails(name, beside);
    if (failure) throw failure;
    made.push(name);
  };
  return { make, made, tried, making };
}

const outOfMemory = () => new Error('mart.large failed: Out of Memory Error: failed to allocate');

it('what reads another waits for it, and two that do not wait run beside each other', async () => {
  const { make, made, tried } = maker();
  await sideBySide(LANES, items('last', 'slow base', 'b'), reads({ last: ['slow base', 'b'], b: ['given'] }), make);
  expect(made).toEqual(['b', 'slow base', 'last']);
  expect(tried.map(({ name, beside }) => [name, beside])).toEqual([
    ['slow base', []],
    ['b', ['slow base']],
    ['last', []],
  ]);
});

it('what runs out of memory beside another is made again alone, before anything else begins', async () => {
  const { make, made, tried } = maker((name, beside) =>
    name === 'large' && beside.length > 0 ? outOfMemory() : undefined,
  );
  await sideBySide(LANES, items('slow neighbour', 'large', 'next'), reads({}), make);
  expect(made).toEqual(['slow neighbour', 'large', 'next']);
  expect(tried.map(({ name, beside }) => [name, beside])).toEqual([
    ['slow neighbour', []],
    ['large', ['slow neighbour']],
    ['large', []],
    ['next', []],
  ]);
});

it('the last of all is made again too', async () => {
  const { make, made } = maker((name, beside) => (name === 'large' && beside.length > 0 ? outOfMemory() : undefined));
  await sideBySide(LANES, items('slow neighbour', 'large'), reads({}), make);
  expect(made).toEqual(['slow neighbour', 'large']);
});

it.each([
  ['what has not enough memory alone either', outOfMemory],
  ['any other failure', () => new Error('mart.large failed: Binder Error')],
])('%s ends the whole, when the neighbour is done', async (_, failure) => {
  const { make, making } = maker((name) => (name === 'large' ? failure() : undefined));
  await expect(sideBySide(LANES, items('slow neighbour', 'large', 'next'), reads({}), make)).rejects.toThrow(
    'mart.large',
  );
  expect(making.size).toBe(0);
});
