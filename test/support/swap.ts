import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MetricResult } from '../../server/contract/result.ts';
import { QueryProcesses } from '../../server/store/query-process.ts';
import { serve } from './serve.ts';
import { publishSnapshot } from './snapshot.ts';

const QUESTIONS = ['', '?by=month', '?by=practice,sex', '?by=condition', '?by=quarter&where=sex:female'];

/**
 * Publishes one snapshot after the other under a server that answers clients all the while. `mixed` counts the answers
 * that differ from another one of the same snapshot; `longest` is in milliseconds.
 */
export async function swapUnderLoad({ swaps, clients }: { readonly swaps: number; readonly clients: number }) {
  const home = mkdtempSync(join(tmpdir(), 'throughline-swap-'));
  await publishSnapshot(home, { snapshot: 's0' });
  const { ask, snapshots, close } = await serve(home, undefined, (file) => new QueryProcesses(file));
  const known = new Map<string, string>();
  let [answers, errors, mixed, longest] = [0, 0, 0, 0];
  let isOver = false;
  const client = async () => {
    while (!isOver) {
      const question = QUESTIONS[answers++ % QUESTIONS.length]!;
      const began = performance.now();
      try {
        const reply = await ask(`/api/metrics/readmission-30-day${question}`);
        const { provenance, total, cells } = MetricResult.parse(await reply.json());
        const numbers = JSON.stringify([total, cells]);
        const key = `${provenance.snapshot} ${question}`;
        if ((known.get(key) ?? numbers) !== numbers) mixed += 1;
        known.set(key, numbers);
      } catch {
        errors += 1;
      }
      longest = Math.max(longest, performance.now() - began);
    }
  };
  const all = Array.from({ length: clients }, client);
  for (let at = 1; at <= swaps; at++) {
    await publishSnapshot(home, { snapshot: `s${at}`, persons: 200 + 10 * at });
    await snapshots.refresh();
  }
  isOver = true;
  await Promise.all(all);
  await close();
  rmSync(home, { recursive: true });
  return { swaps, answers, errors, mixed, longest };
}
