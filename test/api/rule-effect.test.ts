import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RuleEffect } from '#contract/rule-effect';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const asked = async (id: string, mode = 'identified') =>
  server.ask(`/api/metrics/${id}/rule-effect?mode=${mode}`, { cookie: server.cookieOf('aco_admin') });

describe('the effect of changed rules', () => {
  test('tells where people stand by the rules of both years', async () => {
    const expected = {
      ...{ period: '2024', hidden: false },
      cells: [
        { earlier: 'does not count', later: 'in the numerator', subjects: 26 },
        { earlier: 'in the numerator', later: 'in the numerator', subjects: 120 },
        { earlier: 'left out', later: 'left out', subjects: 12 },
      ],
    };
    expect(RuleEffect.parse(await (await asked('cms125-1')).json())).toEqual(expected);
    expect(RuleEffect.parse(await (await asked('cms125-1', 'shareable')).json())).toEqual(expected);
  });

  test('is nothing where no rule changed, and not found where there is no metric', async () => {
    expect(await (await asked('readmission-30-day')).json()).toEqual({ period: null, hidden: false, cells: [] });
    expect((await asked('no-such-metric')).status).toBe(404);
  });
});
