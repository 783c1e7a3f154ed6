import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const OWN_CHROME = [process.env.CHROMIUM_PATH, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

/** Why no browser test can run here, in words; undefined where one can. */
export const whyNoBrowser: string | undefined =
  OWN_CHROME === undefined && process.platform !== 'linux'
    ? 'no Chrome is installed, and the registry brings a browser for Linux only'
    : undefined;

/** A headless browser: the developer's own where there is one, else the registry's. */
export async function launch(): Promise<Browser> {
  if (OWN_CHROME !== undefined) return chromium.launch({ executablePath: OWN_CHROME, headless: true });
  // Read when the package loads: it then unpacks the shared libraries that a bare container lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox'], headless: true });
}
