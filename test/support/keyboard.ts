import type { Page } from 'playwright-core';

/** Tab stops that nobody would go on beyond. */
const PATIENCE = 250;

/** What has the focus, by name; throws where the eye is not told. Nothing has it between the page's end and its start. */
async function focused(page: Page): Promise<string> {
  const { name, isSeen } = await page.evaluate(() => {
    const at = document.activeElement;
    const label =
      at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.textContent : null;
    const box = at?.getBoundingClientRect();
    // A choice of the bar is outlined as a whole, a point of a chart by its stroke, a part of a date by the browser.
    const ringed = [at, at?.closest('.choice')].some((one) => {
      const { outlineStyle = 'none', stroke = 'none' } = one ? getComputedStyle(one) : {};
      return outlineStyle !== 'none' || stroke !== 'none' || one?.matches('[type="date"]');
    });
    return {
      name: at === document.body ? '' : (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').trim(),
      isSeen:
        at === document.body ||
        (ringed && box !== undefined && box.bottom > 0 && box.top < innerHeight && box.right > 0),
    };
  });
  if (!isSeen) throw new Error(`nothing shows that the focus is on “${name.slice(0, 80)}” of ${page.url()}`);
  return name;
}

/** Presses a key until something of this name has the focus, and tells the name. */
export async function pressTo(page: Page, name: RegExp, key = 'Tab'): Promise<string> {
  for (let pressed = 0; pressed < PATIENCE; pressed += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (name.test(at)) return at;
  }
  throw new Error(`${PATIENCE} times ${key} came by nothing named ${name} on ${page.url()}`);
}

/** To something of this name, and into it. */
export async function enter(page: Page, name: RegExp): Promise<string> {
  const found = await pressTo(page, name);
  await page.keyboard.press('Enter');
  return found;
}
