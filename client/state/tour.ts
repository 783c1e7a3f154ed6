const KEY = 'first-visit';

/** Whether to guide on arrival: once in a browser, over made-up people only, and never a browser that a script drives. */
export const wantsTour = (synthetic: boolean): boolean =>
  synthetic && !navigator.webdriver && localStorage.getItem(KEY) === null;

export const rememberTour = (): void => localStorage.setItem(KEY, 'seen');
