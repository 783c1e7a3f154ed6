// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dimension } from '#contract/dimension';
import type { Filter } from '#contract/filter';
import { type Caveat, NOT_RECORDED } from '#contract/metric';
import { RequestFailed } from '../../client/api/request.ts';
import type { Chart } from '../../client/charts/chart.ts';
import { csvOf } from '../../client/components/csv.ts';
import { type Column, DataTable } from '../../client/components/data-table.tsx';
import { Drawing } from '../../client/components/drawing.tsx';
import { Estimate } from '../../client/components/estimate.tsx';
import { ChartFigure, Figure } from '../../client/components/figure.tsx';
import { FilterBar } from '../../client/components/filter-bar.tsx';
import { Failed, Waiting } from '../../client/components/states.tsx';

let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  page = document.body.appendChild(document.createElement('div'));
  root = createRoot(page);
});

afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const show = (node: ReactNode) => act(() => root.render(node));
const all = (selector: string) => [...page.querySelectorAll<HTMLElement>(selector)];
const press = (key: string) =>
  act(() => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });

const sex: Dimension = {
  id: 'sex',
  title: 'Sex',
  description: 'Sex on record.',
  scope: 'person',
  values: [
    { value: 'female', label: 'Female' },
    { value: 'male', label: 'Male' },
  ],
};

describe('the filter bar', () => {
  const bar = (chosen: Filter, onChange: (filter: Filter) => void, fixed: Filter = {}) => (
    <FilterBar dimensions={[sex]} chosen={chosen} fixed={fixed} onChange={onChange} />
  );

  it('says what is chosen, and "any" where nothing is', () => {
    show(bar({}, () => {}));
    expect(page.textContent).toContain('Sex any');
    show(bar({ sex: ['female'] }, () => {}));
    expect(page.textContent).toContain('Sex Female');
  });

  it('names its button by the dimension and what is chosen', () => {
    show(bar({}, () => {}));
    expect(all('button[popovertarget]').map(({ textContent }) => textContent)).toEqual(['Sex any']);
  });

  it('adds a value, takes one away, and drops the clause with its last value', () => {
    const changed = vi.fn();
    show(bar({ sex: ['female'] }, changed));
    const [female, male] = all('input[type="checkbox"]');
    act(() => male?.click());
    expect(changed).toHaveBeenLastCalledWith({ sex: ['female', 'male'] });
    act(() => female?.click());
    expect(changed).toHaveBeenLastCalledWith({});
  });

  it('shows what the cohort sets and offers no way to change it', () => {
    show(bar({}, () => {}, { sex: ['male'] }));
    expect(page.textContent).toBe('Sex Male');
    expect(all('button')).toEqual([]);
  });

  it('names a value that is not known', () => {
    show(bar({ sex: [''] }, () => {}));
    expect(page.textContent).toContain('Sex not known');
  });
});

describe('a value with its interval', () => {
  const told = { value: 14.2, low: 13.2, high: 15.3 };
  it.each([
    ['both, in the unit', told, '14.2%13.2–15.3'],
    ['that it is hidden', { ...told, value: null, suppressed: true, denominator: null }, 'hidden'],
    ['that nobody counts', { ...told, value: null, suppressed: false, denominator: 0 }, 'nobody'],
    ['nothing where nothing is known', { ...told, value: null }, '–'],
  ])('says %s', (_, of, words) => {
    show(<Estimate of={of} metric={{ unit: 'percent', caveats: [] }} />);
    expect(page.textContent).toBe(words);
  });

  it('says no zero of what no source records', () => {
    show(<Estimate of={{ value: 0, low: 0, high: 0.4 }} metric={{ unit: 'percent', caveats: [NOT_RECORDED] }} />);
    expect(page.textContent).toBe('not recorded');
  });
});

describe('a table', () => {
  type Row = { id: string; paid: number | null };
  const columns: Column<Row>[] = [
    { key: 'id', label: 'Person', show: ({ id }) => <a href={`#${id}`}>{id}</a>, by: ({ id }) => id },
    { key: 'paid', label: 'Paid', align: 'right', show: ({ paid }) => paid, by: ({ paid }) => paid },
  ];
  const rows: Row[] = [
    { id: 'b', paid: null },
    { id: 'a', paid: 5 },
    { id: 'c', paid: 70 },
  ];
  const order = () => all('tbody th').map((cell) => cell.textContent);
  const header = (name: string) => all('thead button').find((button) => button.textContent === name);

  it('sorts numbers largest first and what is not known last, both ways', () => {
    show(<DataTable caption="People" columns={columns} rows={rows} id={({ id }) => id} />);
    act(() => header('Paid')?.click());
    expect(order()).toEqual(['c', 'a', 'b']);
    expect(all('[aria-sort="descending"]')).toHaveLength(1);
    act(() => header('Paid')?.click());
    expect(order()).toEqual(['a', 'c', 'b']);
  });

  it('says the unit of a cell, which on a phone stands without its header', () => {
    const [person, paid] = columns;
    if (!person || !paid) throw new Error('two columns');
    show(<DataTable caption="People" columns={[person, { ...paid, unit: '$' }]} rows={rows} id={({ id }) => id} />);
    expect(all('tbody td')[0]?.dataset.label).toBe('Paid, $');
  });

  it('leaves the sorting to whoever asked for it', () => {
    const asked = vi.fn();
    show(
      <DataTable
        caption="People"
        columns={columns}
        rows={rows}
        id={({ id }) => id}
        order={{ key: 'paid', direction: 'desc' }}
        onOrder={asked}
      />,
    );
    act(() => header('Paid')?.click());
    expect(asked).toHaveBeenCalledWith({ key: 'paid', direction: 'asc' });
    expect(order()).toEqual(['b', 'a', 'c']);
  });

  it('moves from row to row by the arrow keys', () => {
    show(<DataTable caption="People" columns={columns} rows={rows} id={({ id }) => id} />);
    all('tbody a')[0]?.focus();
    press('ArrowDown');
    expect(document.activeElement?.textContent).toBe('a');
    press('ArrowUp');
    expect(document.activeElement?.textContent).toBe('b');
  });
});

const months = ['2024-01', '2024-02', '2024-03'];

const plain: Chart<string[]> = {
  finding: () => 'Nothing moved',
  subtitle: () => 'By month',
  note: () => null,
  draw(rows, { width }) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('width', String(width));
    for (const row of rows) {
      const point = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      point.setAttribute('data-point', row);
      point.setAttribute('aria-label', `${row}: 5 of 9`);
      svg.append(point);
    }
    return svg;
  },
  tableOf: (rows) => ({
    columns: [{ key: 'month', label: 'Month', align: 'left' }],
    rows: rows.map((month) => ({ month })),
  }),
};

const figure = (open: boolean, onSelect?: (point: string) => void) => (
  <ChartFigure
    letter="A"
    chart={plain}
    rows={months}
    options={{}}
    fileName="months"
    table={{ open, toggle: () => {} }}
    {...(onSelect && { onSelect })}
  />
);

const withheld = { id: 'withheld', title: 'Without what is withheld', sentence: 'Not told, so unknown.' };

describe('a figure', () => {
  it('says under itself what the sources of its numbers do not tell, and nothing where they tell all', () => {
    const plain = (caveats?: readonly Caveat[]) => (
      <Figure letter="A" title="A number" caveats={caveats}>
        9
      </Figure>
    );
    show(plain([withheld]));
    expect(all('figure footer button').map((button) => button.textContent)).toEqual([withheld.title]);
    expect(page.querySelector('figure footer [popover]')?.textContent).toBe(withheld.sentence);
    show(plain());
    expect(page.querySelector('figure footer')).toBeNull();
  });

  it('says its finding, and draws at the width of its place', () => {
    show(figure(false));
    expect(all('figure h2')[0]?.textContent).toBe('Nothing moved');
    expect(page.querySelector('svg')?.getAttribute('width')).toBe('800');
  });

  it('shows the same rows as a table', () => {
    show(figure(true));
    expect(all('tbody th').map((cell) => cell.textContent)).toEqual(months);
    expect(page.querySelector('svg[width="800"]')).toBeNull();
  });

  it('is one stop of the Tab key, walked by the arrow keys and read out', () => {
    show(figure(false));
    const points = all('[data-point]');
    expect(points.map((point) => point.getAttribute('tabindex'))).toEqual(['0', '-1', '-1']);
    act(() => points[0]?.focus());
    press('ArrowRight');
    expect(document.activeElement?.getAttribute('data-point')).toBe('2024-02');
    expect(page.querySelector('output')?.textContent).toBe('2024-02: 5 of 9');
    press('End');
    expect(document.activeElement?.getAttribute('data-point')).toBe('2024-03');
  });

  it('opens what lies behind a point by Enter', () => {
    const opened = vi.fn();
    show(figure(false, opened));
    act(() => all('[data-point]')[1]?.focus());
    press('Enter');
    expect(opened).toHaveBeenCalledWith('2024-02');
  });
});

describe('a file of a table', () => {
  it('quotes what needs it and disarms what a spreadsheet would run', () => {
    const table = {
      columns: [
        { key: 'name', label: 'Name', align: 'left' as const },
        { key: 'rate', label: 'Rate', unit: '%', align: 'right' as const },
      ],
      rows: [
        { name: 'Vale, "Family"', rate: -1.5 },
        { name: '=1+1', rate: null },
      ],
    };
    expect(csvOf(table)).toBe('Name,Rate (%)\r\n"Vale, ""Family""",-1.5\r\n\'=1+1,\r\n');
  });

  it('says in a last column what the sources of its numbers do not tell', () => {
    const table = { columns: [{ key: 'n', label: 'N', align: 'right' as const }], rows: [{ n: 1 }] };
    expect(csvOf(table, [withheld])).toBe('N,Caveats\r\n1,"Not told, so unknown."\r\n');
  });
});

describe('a failure', () => {
  it('says what happened, offers another try, and gives the id', () => {
    const again = vi.fn();
    show(<Failed error={new RequestFailed('internal', 'Something broke.', 'q-9')} reset={again} />);
    expect(page.textContent).toContain('Something broke.');
    expect(page.textContent).toContain('q-9');
    act(() => all('button')[0]?.click());
    expect(again).toHaveBeenCalledOnce();
  });

  it('offers no other try where the role forbids it', () => {
    show(<Failed error={new RequestFailed('forbidden', 'Not for this role.', 'q-9')} reset={() => {}} />);
    expect(all('button')).toEqual([]);
  });

  it('of one of several answers is shown in place of all of them', () => {
    const ready = { error: null, isFetching: false, refetch: vi.fn() };
    const failed = { ...ready, error: new RequestFailed('internal', 'Something broke.', 'q-9'), refetch: vi.fn() };
    show(<Waiting on={[ready, failed]} />);
    act(() => all('button')[0]?.click());
    expect(failed.refetch).toHaveBeenCalledOnce();
    expect(ready.refetch).not.toHaveBeenCalled();
  });
});

describe('a drawing', () => {
  it('is drawn at the width of the paper before it is printed, and at that of the screen after', () => {
    const draw = (width: number) => {
      const drawn = document.createElement('i');
      drawn.textContent = String(width);
      return drawn;
    };
    document.documentElement.style.setProperty('--page-width', '950');
    show(
      <div className="figure">
        <Drawing draw={draw} label="A drawing" />
      </div>,
    );
    expect(page.textContent).toBe('800');
    act(() => void window.dispatchEvent(new Event('beforeprint')));
    expect(page.textContent).toBe('950');
    act(() => void window.dispatchEvent(new Event('afterprint')));
    expect(page.textContent).toBe('800');
  });
});
