import { expect, it, onTestFinished, vi } from 'vitest';
import { checkOrders } from '../campaign/orders.ts';

it('twelve monthly deliveries make the same tables in whatever order they arrive, some of them twice', async () => {
  vi.stubEnv('THROUGHLINE_THREADS', '2');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(await checkOrders(3, 30, 1)).toEqual([]);
}, 300_000);
