import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiError } from '#contract/error';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startServer({ persons: 60 });
  cookie = server.cookieOf('aco_admin');
});
afterAll(() => server.close());

const PAYLOADS = [
  ...["'", '"', '`', ';', '--', '/*', '*/', '\\', '$1', '?', '%', '_', '\u0000', '\r\n', '\t', '\u202e', '𝒳', 'é'],
  ...["' or 1=1 --", "' or '1'='1", '" or ""="', "'; drop table core.person; --", "') or true --", '1 or 1=1'],
  ...["x' union select * from core.person --", "' and (select count(*) from core.person) > 0 --"],
  ...["'||(select first_name from core.person limit 1)||'", '(select 1)', 'null', 'true', '1=1', '1;select 2'],
  ...["read_text('/etc/passwd')", "'; copy core.person to '/tmp/x.csv'; --", "'; attach '/tmp/x.db' as x; --"],
  ...["'; call enable_logging(); --", "'; create temp macro upper(x) as 'y'; --", "'; set threads=1; --"],
  ...["'; pragma database_list; --", 'getvariable(1)', 'core.person', 'catalogue.snapshot', 'current_setting(1)'],
  ...['sex" --', 'sex"; --', 'sex,(select 1)', 'sex)', 'sex desc', 'sex nulls first', 'sex::varchar', 'sex; select 1'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '{"$ne":null}', '[]', '{{7*7}}', '<script>'],
  ...[
    '../../etc/passwd',
    '..%2f..%2f',
    '%27%20or%201=1',
    '%00',
    'a'.repeat(5000),
    '|',
    ':',
    'sex:|',
    '=cmd|x',
    '-1',
    '1e309',
  ],
];

/** Every place of every address where somebody may write text; `X` is what is written. */
const PLACES = [
  '/api/metrics/X',
  '/api/metrics/readmission-30-day?by=X',
  '/api/metrics/readmission-30-day?from=X',
  '/api/metrics/readmission-30-day?to=X',
  '/api/metrics/readmission-30-day?where=X',
  '/api/metrics/readmission-30-day?where=sex:X',
  '/api/metrics/readmission-30-day?where=X:female',
  '/api/metrics/readmission-30-day?where=condition:X',
  '/api/metrics/readmission-30-day?mode=X',
  '/api/metrics/readmission-30-day?X=1',
  '/api/metrics/X/rows',
  '/api/metrics/readmission-30-day/rows?part=X',
  '/api/metrics/readmission-30-day/rows?where=facility:X',
  '/api/metrics/readmission-30-day/rows?part=exclusion&reason=X',
  '/api/metrics/total-cost-per-member-per-month/rows?component=X',
  '/api/metrics/readmission-30-day/rows?limit=X',
  '/api/metrics/readmission-30-day/rows?offset=X',
  '/api/metrics/X/explain',
  '/api/metrics/readmission-30-day/explain?where=practice:X',
  '/api/metrics/readmission-30-day?where=cohort:X',
  '/api/cohorts/X/attrition',
  '/api/cohorts/X/versions',
  '/api/cohorts/compare?a=X',
  '/api/cohorts/compare?a=sex:female&b=cohort:X',
  '/api/patients?where=X',
  '/api/patients?where=condition:X',
  '/api/patients?where=practice:X',
  '/api/patients?q=X',
  '/api/patients?sort=X',
  '/api/patients?direction=X',
  '/api/patients?limit=X',
  '/api/patients?offset=X',
  '/api/patients/X',
  '/api/patients/X/timeline',
  '/api/patients/X/risk-adjustment',
  '/api/hcc-gaps?where=condition:X',
  '/api/hcc-gaps/persons?kind=X',
  '/api/hcc-gaps/persons?model=X',
  '/api/hcc-gaps/persons?hcc=X',
  '/api/claims/X',
  '/api/claims/claim-1?source=X',
  '/api/runs/X/events',
  '/api/export/metrics/X',
  '/api/export/measure-reports/X',
  '/api/export/gaps-in-care/X',
  '/api/export/metrics/readmission-30-day?where=age_band:X',
  '/api/export/metrics/readmission-30-day/rows?where=risk_tier:X',
];

test('there are enough payloads to mean something', () => expect(PAYLOADS.length).toBeGreaterThanOrEqual(60));

describe('text in a request never becomes SQL', () => {
  test.each(PLACES)('%s', async (place) => {
    const before = await (await server.ask('/api/patients?limit=3', { cookie })).text();
    const look = async (payload: string) => {
      const reply = await server.ask(place.replace('X', encodeURIComponent(payload)), { cookie });
      const body = await reply.text();
      expect([200, 400, 404], `${payload}: ${body}`).toContain(reply.status);
      expect(body, payload).not.toMatch(/root:|Error:|duckdb|syntax|\/snapshots\//i);
      if (reply.status !== 200) ApiError.parse(JSON.parse(body));
      else if (place.startsWith('/api/patients?'))
        expect(Number(/"total":(\d+)/.exec(body)?.[1])).toBeLessThanOrEqual(60);
    };
    await Promise.all(PAYLOADS.map(look));
    expect(await (await server.ask('/api/patients?limit=3', { cookie })).text()).toBe(before);
    expect(server.faults).toEqual([]);
  });

  test('a saved cohort keeps its words as words', async () => {
    for (const payload of PAYLOADS.filter(({ length }) => length < 80)) {
      const body = JSON.stringify({
        title: payload,
        description: payload,
        where: `practice:${encodeURIComponent(payload)}`,
      });
      const reply = await server.ask('/api/cohorts', { method: 'POST', cookie, body });
      expect([200, 400], payload).toContain(reply.status);
    }
    const reply = await server.ask('/api/cohorts', { cookie });
    expect(reply.status).toBe(200);
    expect(server.faults).toEqual([]);
  });
});
