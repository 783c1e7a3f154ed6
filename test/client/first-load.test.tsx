// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Profiler, StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServedMetric } from '#contract/metric';
import type { MetricResult } from '#contract/result';
import { metricQuery } from '../../client/api/metrics.ts';
import { useAnswers } from '../../client/api/use-answers.ts';
import { Drawing } from '../../client/components/drawing.tsx';
import { cell, readmissions } from './charts.rows.ts';

let root: Root;
let page: HTMLElement;
let failures: unknown[];

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  failures = [];
  page = document.body.appendChild(document.createElement('div'));
  const keep = (error: unknown) => failures.push(error);
  root = createRoot(page, { onUncaughtError: keep, onCaughtError: keep, onRecoverableError: keep });
});

afterEach(() => {
  flushSync(() => root.unmount());
  page.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const draw = () => document.createElementNS('http://www.w3.org/2000/svg', 'svg');

function Growing({ tell }: { tell: (add: () => void) => void }) {
  const [drawings, setDrawings] = useState(0);
  tell(() => setDrawings((before) => before + 1));
  return Array.from({ length: drawings }, (_, at) => <Drawing key={String(at)} draw={draw} label="A drawing" />);
}

// React counts commits that leave work behind; after fifty in a row it throws "Maximum update depth exceeded".
describe('drawings whose answers come in one burst', () => {
  it('are all drawn, however many', () => {
    let add = () => {};
    flushSync(() =>
      root.render(
        <Growing
          tell={(more) => {
            add = more;
          }}
        />,
      ),
    );
    for (let at = 0; at < 80; at++) flushSync(add);
    expect(failures).toEqual([]);
    expect(page.querySelectorAll('svg').length).toBe(80);
  });

  it('are each rendered once', () => {
    const commits = vi.fn();
    flushSync(() =>
      root.render(
        <Profiler id="drawing" onRender={commits}>
          <Drawing draw={draw} label="A drawing" />
        </Profiler>,
      ),
    );
    flushSync(() => {});
    expect(commits).toHaveBeenCalledTimes(1);
    expect(page.querySelectorAll('svg').length).toBe(1);
  });
});

const metric = ServedMetric.parse({
  id: 'visits',
  title: 'Visits',
  description: 'Visits.',
  whyItMatters: 'They are counted.',
  numerator: 'visits',
  denominator: 'members',
  exclusions: [],
  betterIs: 'lower',
  source: { name: 'none', version: '1', url: 'https://example.org/', deviations: [] },
  version: '1.0.0',
  reviewedOn: '2026-01-01',
  unit: 'percent',
  scale: 100,
  grain: 'member-month',
  maturesAfterDays: 0,
  kind: 'metric',
  relation: 'metric.visits',
  measureId: null,
  rateId: null,
  dimensions: [],
});

const provenance = {
  snapshot: 's',
  runId: 'r',
  dataThrough: '2026-01-01',
  synthetic: true,
  definitionVersion: '1.0.0',
  mode: 'identified',
  from: null,
  to: null,
  where: '',
  by: [],
  rolling: null,
  caveats: [],
};

/** What the server answers, told apart by the value. */
const answerOf = (value: number) => {
  const total = { ...cell({}, 1, 2, readmissions), value };
  return { metric, provenance, total, cells: [total] };
};

/** Until every notice of the query client has gone out and React has rendered. */
const settled = () => new Promise((done) => setTimeout(done, 20));

const everyone = Array.from({ length: 120 }, (_, at) => at);
const scope = { from: '2025-01', to: '2025-12', where: '', mode: 'identified' } as const;

type Answers = readonly MetricResult[] | null;

function Reader({ tell }: { tell: (answers: Answers, again: () => void) => void }) {
  const [, turn] = useState(0);
  const { answers } = useAnswers(everyone.map((at) => metricQuery({ id: String(at), ...scope })));
  tell(answers, () => turn((before) => before + 1));
  return null;
}

const valuesOf = (answers: Answers | undefined) => answers?.map(({ total }) => total.value);

describe('the answers to many questions', () => {
  /** `give` lets the server answer the questions of these numbers with their number and `more`. */
  function watched({ readers = 1, strict = false }) {
    const waiting = new Map<number, (value: number) => void>();
    vi.stubGlobal('fetch', async (address: string) => {
      const at = Number(/metrics\/(\d+)/.exec(address)?.[1]);
      return Response.json(answerOf(await new Promise<number>((answer) => waiting.set(at, answer))));
    });
    const give = async (ids: readonly number[], more = 0) => {
      for (const at of ids) waiting.get(at)?.(at + more);
      await settled();
    };
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const seen: Answers[] = [];
    let again = () => {};
    const tell = (answers: Answers, render: () => void) => {
      seen.push(answers);
      again = render;
    };
    const all = Array.from({ length: readers }, (_, at) => <Reader key={String(at)} tell={tell} />);
    flushSync(() =>
      root.render(
        <QueryClientProvider client={client}>{strict ? <StrictMode>{all}</StrictMode> : all}</QueryClientProvider>,
      ),
    );
    return { give, seen, client, again: () => flushSync(again) };
  }

  it.each([
    ['as the product renders', false],
    ['in strict mode', true],
  ])('come to their readers in few renders, slow ones and bursts alike, %s', async (_, strict) => {
    const { give, seen } = watched({ readers: 3, strict });
    await settled();
    const before = seen.length;
    for (let at = 0; at < 20; at++) await give([at]);
    await give(everyone.slice(20, 80));
    expect(seen.length).toBe(before);
    expect(seen.at(-1)).toBeNull();
    await give(everyone.slice(80));
    await vi.waitFor(() => expect(valuesOf(seen.at(-1))).toEqual(everyone));
    await settled();
    expect(seen.length - before).toBeLessThanOrEqual(strict ? 12 : 6);
    expect(failures).toEqual([]);
  });

  it('stay the same array while no answer changes, through renders and refetches', async () => {
    const { give, seen, client, again } = watched({});
    await settled();
    await give(everyone);
    await vi.waitFor(() => expect(valuesOf(seen.at(-1))).toEqual(everyone));
    const first = seen.at(-1);
    again();
    expect(seen.at(-1) === first).toBe(true);
    for (const more of [0, 1000]) {
      const asked = client.refetchQueries();
      await settled();
      await give(everyone, more);
      await asked;
      await vi.waitFor(() => expect(valuesOf(seen.at(-1))).toEqual(everyone.map((at) => at + more)));
      expect(seen.at(-1) === first).toBe(more === 0);
    }
    expect(failures).toEqual([]);
  });
});
