import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Patients, Timeline } from '#contract/patient';
import { serve } from '../support/serve.ts';
import { DATA, runOn, whyNot } from './recount.ts';

/** Real extracts lack what made-up ones have: codes, names, whole kinds of record. */
const FOLDERS = ['synthea/small-28', 'fhir/smart-10', 'rif/synthea'];

const Described = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const Served = z.object({ metrics: z.array(z.object({ id: z.string() })) });

/** Claims that are opened of each person. */
const CLAIMS = 3;

describe.skipIf(whyNot !== '')(`a server over public data${whyNot}`, () => {
  it.each(FOLDERS)(
    'answers every address about %s, its people, claims and numbers without a fault',
    async (folder) => {
      const { exitCode, said, home } = runOn(join(DATA, folder));
      expect(exitCode, said).toBe(0);
      const served = await serve(home);
      const faults: string[] = [];
      const ask = async (path: string): Promise<unknown> => {
        try {
          const reply = await served.ask(path);
          return await (reply.headers.get('content-type')?.startsWith('application/json')
            ? reply.json()
            : reply.text());
        } catch (cause) {
          if (/: 5\d\d /.test(String(cause))) faults.push(String(cause));
          return undefined;
        }
      };
      const paths = Object.entries(Described.parse(await ask('/api/openapi.json')).paths).flatMap(([path, methods]) =>
        'get' in methods && !path.startsWith('/api/export/') ? [path] : [],
      );
      const askAbout = async (place: string, id = '') => {
        for (const path of paths.filter((path) => (path.match(/\{\w+\}/g) ?? []).join() === place)) {
          await ask(path.replace(place, encodeURIComponent(id)));
        }
      };
      await askAbout('');
      const { metrics } = Served.parse(await ask('/api/catalogue'));
      for (const { id } of metrics) await askAbout('{id}', id);
      const { patients } = Patients.parse(await ask('/api/patients?limit=100'));
      expect(patients.length).toBeGreaterThan(0);
      for (const { person_id } of patients) {
        await askAbout('{key}', person_id);
        const events = Timeline.safeParse(await ask(`/api/patients/${person_id}/timeline`)).data?.events ?? [];
        for (const id of events.flatMap(({ claim_ids }) => claim_ids).slice(-CLAIMS)) await ask(`/api/claims/${id}`);
      }
      await served.close();
      expect(faults).toEqual([]);
    },
    240_000,
  );
});
