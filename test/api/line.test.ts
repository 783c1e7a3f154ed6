import { describe, expect, test } from 'vitest';
import { Gone, Line } from '../../server/store/line.ts';

const LIMITS = { places: 2, running: 1, waiting: 4, waitingEach: 3 };
const asker = (name: string, gone = new AbortController()) => ({ name, gone: gone.signal });

/** A line and the order in which askers came to the front. */
function observed(limits: Partial<typeof LIMITS> = {}) {
  const line = new Line({ ...LIMITS, ...limits });
  const order: string[] = [];
  const enter = async (name: string, gone?: AbortController) => {
    const place = await line.enter(asker(name, gone));
    order.push(name);
    return place;
  };
  return { order, enter };
}
const settled = () => new Promise((resume) => setImmediate(resume));

describe('a line of questions', () => {
  test('gives askers turns: who asks much waits for itself, not in front of others', async () => {
    const { order, enter } = observed({ places: 1 });
    const first = await enter('a');
    const waiting = [enter('a'), enter('a'), enter('b'), enter('c')];
    await settled();
    expect(order).toEqual(['a']);
    first.leave();
    await Promise.all(waiting.map((place) => place.then(({ leave }) => leave())));
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a']);
  });

  test('lets only so many of one asker run, even aside, and others past', async () => {
    const { order, enter } = observed();
    const first = await enter('a');
    const second = enter('a');
    const other = await enter('b');
    first.aside();
    await settled();
    expect(order).toEqual(['a', 'b']);
    other.leave();
    first.leave();
    (await second).leave();
    expect(order).toEqual(['a', 'b', 'a']);
  });

  test('gives the place of who is aside to the next, once', async () => {
    const { order, enter } = observed({ places: 1 });
    const first = await enter('a');
    const waiting = [enter('b'), enter('c')];
    first.aside();
    first.aside();
    first.leave();
    await settled();
    expect(order).toEqual(['a', 'b']);
    (await waiting[0]!).leave();
    (await waiting[1]!).leave();
  });

  test('refuses who would wait in a long line: of one asker, or of all the last of who has most in it', async () => {
    const { order, enter } = observed({ places: 1 });
    const refused = { code: 'unavailable' };
    const first = await enter('a');
    const [second, third, last] = [enter('a'), enter('a'), enter('a')];
    await expect(enter('a')).rejects.toMatchObject(refused);
    const others = [enter('b'), enter('c')];
    await expect(last).rejects.toMatchObject(refused);
    await expect(enter('b')).rejects.toMatchObject(refused);
    first.leave();
    await Promise.all([second, third, ...others].map((place) => place.then(({ leave }) => leave())));
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a']);
    (await enter('c')).leave();
  });

  test('is left by who goes away', async () => {
    const { order, enter } = observed({ places: 1 });
    const first = await enter('a');
    const gone = new AbortController();
    const leaver = enter('b', gone);
    const next = enter('c');
    gone.abort();
    await expect(leaver).rejects.toThrow(Gone);
    await expect(enter('b', gone)).rejects.toThrow(Gone);
    first.leave();
    (await next).leave();
    expect(order).toEqual(['a', 'c']);
  });
});
