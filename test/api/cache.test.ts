import { expect, test } from 'vitest';
import { Cache } from '../../server/store/cache.ts';
import { Gone } from '../../server/store/line.ts';

const MOST = 5_000;
const SIZE = 1_000;

/** A cache and what it had to make, in order. */
function observed() {
  const cache = new Cache<string>(MOST, () => SIZE);
  const made: string[] = [];
  const get = (key: string, result: Promise<void> = Promise.resolve()) =>
    cache.get(key, async () => {
      made.push(key);
      await result;
      return key;
    });
  return { made, get };
}

test('what is asked at once, or again, is made once', async () => {
  const { made, get } = observed();
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['a', 'a', 'b']);
  expect([await get('b'), made]).toEqual(['b', ['a', 'b']]);
});

test('where it is full, what was not asked for longest leaves', async () => {
  const { made, get } = observed();
  for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await get(key);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'b']);
});

test('it is never fuller for what left while it was made', async () => {
  const { made, get } = observed();
  for (let round = 0; round < 10; round++) {
    let finish = () => {};
    const late = get(
      `late ${round}`,
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
    );
    for (const key of ['a', 'b', 'c', 'd']) await get(`${key} ${round}`);
    finish();
    await late;
  }
  made.length = 0;
  for (const key of ['x', 'y', 'z', 'x', 'y', 'z']) await get(key);
  expect(made).toEqual(['x', 'y', 'z']);
});

test('what fails is not kept, and who waits for what another gave up asks again', async () => {
  const { made, get } = observed();
  await expect(get('a', Promise.reject(new Error('fault')))).rejects.toThrow('fault');
  const first = get('a', Promise.reject(new Gone()));
  const second = get('a');
  await expect(first).rejects.toThrow(Gone);
  expect([await second, made]).toEqual(['a', ['a', 'a', 'a']]);
});
