import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { z } from 'zod';
import { Catalogue } from '#contract/catalogue';
import { GapClosures, Gaps } from '#contract/gap';
import { Patient } from '#contract/patient';
import { throughline } from '../support/published.ts';
import { type Served, serve } from '../support/serve.ts';

const EXTRACT = join(import.meta.dirname, '../../sample-data/extract');

let home: string;
let served: Served;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'throughline-closing-'));
  cpSync(inject('publishedHome'), home, { recursive: true });
  served = await serve(home);
});
afterAll(async () => {
  await served.close();
  rmSync(home, { recursive: true });
});

const get = async <S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> =>
  schema.parse(await (await served.ask(path)).json());

const catalogue = () => get(Catalogue, '/api/catalogue');
const openOf = async (metric: string) => (await get(Gaps, `/api/gaps?limit=500&measure=${metric}`)).people;
const isOpen = async (metric: string, person: string) =>
  (await openOf(metric)).some(({ person_id }) => person_id === person);

/** The snapshot that the run publishes, once it is served. */
async function run(before: string): Promise<string> {
  throughline('run', '--source', EXTRACT, '--home', home);
  await expect.poll(async () => (await catalogue()).snapshot, { timeout: 30_000 }).not.toBe(before);
  return (await catalogue()).snapshot;
}

const enter = (person: string, closure: object) => served.post(`/api/patients/${person}/gap-closures`, closure);

describe('a gap that is closed by hand', () => {
  it('stays open in the snapshot, closes with the next run, and opens again where it was taken back', async () => {
    const before = await catalogue();
    const vaccine = {
      metric: 'pneumococcal-vaccination-1',
      closure: 'conjugate',
      results: [''],
      note: 'state registry',
    };
    const [kept] = await openOf('pneumococcal-vaccination-1');
    const [late] = await openOf('cms139-1');
    const [pressed] = await openOf('cms165-1');
    if (!kept || !late || !pressed) throw new Error('the sample has too few open gaps');

    await enter(kept.person_id, { ...vaccine, service_date: '2024-05-01' });
    await enter(pressed.person_id, {
      ...{ metric: 'cms165-1', closure: 'blood-pressure', results: ['121', '70'], note: 'letter' },
      service_date: before.dataThrough,
    });
    const tomorrow = new Date(Date.parse(before.dataThrough) + 86_400_000).toISOString().slice(0, 10);
    await enter(late.person_id, {
      ...{ metric: 'cms139-1', closure: 'fall-risk', results: [''], note: 'letter' },
      service_date: tomorrow,
    });
    expect(await isOpen('pneumococcal-vaccination-1', kept.person_id)).toBe(true);

    const counted = await run(before.snapshot);

    // What is entered by hand for a day after the data moves no date, and waits.
    expect((await catalogue()).dataThrough).toBe(before.dataThrough);
    expect(await isOpen('cms139-1', late.person_id)).toBe(true);
    expect(await isOpen('pneumococcal-vaccination-1', kept.person_id)).toBe(false);
    expect(await isOpen('cms165-1', pressed.person_id)).toBe(false);

    const { gaps } = await get(Patient, `/api/patients/${pressed.person_id}`);
    expect(gaps.find(({ measure_id }) => measure_id === 'CMS165')).toMatchObject({
      status: 'closed, awaiting claim',
      evidence: expect.stringContaining('blood pressure 121/70'),
    });
    const [closure] = (await get(GapClosures, `/api/patients/${kept.person_id}/gap-closures`)).closures;
    expect(closure).toMatchObject({ is_counted: true, withdrawn: null, entered_by: 'aco_admin' });

    await served.post(`/api/patients/${kept.person_id}/gap-closures/${closure?.id}/withdrawal`, {
      reason: 'wrong chart',
    });
    expect(await isOpen('pneumococcal-vaccination-1', kept.person_id)).toBe(false);
    await run(counted);
    expect(await isOpen('pneumococcal-vaccination-1', kept.person_id)).toBe(true);
    const [back] = (await get(GapClosures, `/api/patients/${kept.person_id}/gap-closures`)).closures;
    expect(back).toMatchObject({ is_withdrawal_counted: true, withdrawn: { reason: 'wrong chart' } });
  });
});
