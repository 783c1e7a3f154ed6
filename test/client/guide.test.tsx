// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HowToRead } from '../../client/pages/how-to-read.tsx';
import Tour from '../../client/shell/tour.tsx';
import { wantsTour } from '../../client/state/tour.ts';

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
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(480);
  localStorage.clear();
  page = document.body.appendChild(document.createElement('main'));
  root = createRoot(page);
});
afterEach(() => {
  act(() => root.unmount());
  page.remove();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('how to read a chart', () => {
  it.each([
    ['control', /outside|above its limits/, 'Marked dot'],
    ['funnel', /Hospital G/, 'Beyond the solid curve'],
  ] as const)('%s: draws its example when it is opened, and not before', (of, finding, mark) => {
    act(() => root.render(<HowToRead of={of} />));
    const details = page.querySelector('details');
    expect(page.querySelector('svg')).toBeNull();
    act(() => {
      if (details) details.open = true;
      details?.dispatchEvent(new Event('toggle'));
    });
    expect(page.querySelector('.lesson .quiet')?.textContent).toMatch(finding);
    expect(page.querySelectorAll('svg [data-point]').length).toBeGreaterThan(8);
    expect([...page.querySelectorAll('dt')].map(({ textContent }) => textContent)).toContain(mark);
  });
});

describe('the first visit', () => {
  const button = (name: string) =>
    [...page.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click();

  it('is offered over made-up people, once, and not to a browser that a script drives', () => {
    expect([wantsTour(true), wantsTour(false)]).toEqual([true, false]);
    vi.stubGlobal('navigator', { webdriver: true });
    expect(wantsTour(true)).toBe(false);
  });

  it('goes step by step, holds the focus, and is over for good at its end', () => {
    const close = vi.fn();
    act(() => root.render(<Tour onClose={close} />));
    const steps = new Set<string | undefined | null>();
    while (steps.size < 5) {
      steps.add(page.querySelector('h2')?.textContent);
      expect(document.activeElement?.className).toBe('tour');
      act(() => button('Next'));
    }
    act(() => button('Done'));
    expect(close).toHaveBeenCalledOnce();
    expect([wantsTour(true), Object.values(localStorage)]).toEqual([false, ['seen']]);
  });

  it('is left by Escape', () => {
    const close = vi.fn();
    act(() => root.render(<Tour onClose={close} />));
    act(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    });
    expect(close).toHaveBeenCalledOnce();
    expect(wantsTour(true)).toBe(false);
  });
});
