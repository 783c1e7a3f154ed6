// npx tsx test/campaign/crawl.ts --home HOME [--only /path,...] [--most N]
// Clicks every number of every page that leads to a list, and holds the list against it. Prints, page by page, numbers
// clicked, lists that disagree, numbers that opened no list, and figures without one. Leaves with 1 where one disagrees.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '../support/browser.ts';
import { Crawler } from '../support/crawl.ts';
import { pagesOf } from '../support/pages.ts';
import { throughline } from '../support/published.ts';
import { serve } from '../support/serve.ts';

const { values } = parseArgs({
  options: {
    home: { type: 'string', default: '.throughline' },
    only: { type: 'string' },
    most: { type: 'string', default: 'Infinity' },
  },
});
/** Pages whose other choices show other numbers. */
const MORE = [
  '/?role=quality',
  '/?role=programs',
  '/readmissions?rolling=3',
  '/gaps?measure=cms165-1&by=risk_tier',
  '/gaps/worklist?view=practitioners',
  '/gaps/worklist?view=practices',
  '/gaps/worklist?view=goals',
  '/utilization?metric=acute-admissions-per-1000',
  '/providers?metric=cms122-1',
  '/providers?view=practitioners',
  '/providers/2900010002',
];

throughline('build');
// A copy, so that a build meanwhile takes no file away.
const client = mkdtempSync(join(tmpdir(), 'throughline-crawl-'));
cpSync(join(import.meta.dirname, '../../dist/client'), client, { recursive: true });
const served = await serve(values.home, client);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
const [name = '', value = ''] = served.cookieOf('aco_admin').split('=');
await context.addCookies([{ name, value, url: served.origin }]);
const crawler = await Crawler.of(await context.newPage(), served.origin);

const paths = values.only === undefined ? [...(await pagesOf(served)), ...MORE] : values.only.split(',');
let [clicked, disagreements] = [0, 0];
for (const path of paths.filter((path) => path !== '/sign-in')) {
  const crawled = await crawler.crawl(new URL(path, served.origin).href, Number(values.most));
  clicked += crawled.clicked;
  disagreements += crawled.disagreements.length;
  console.log(`${path.slice(0, 70)}: ${crawled.clicked} numbers, ${crawled.disagreements.length} disagree`);
  for (const one of crawled.disagreements) console.log(`  disagrees: ${one}`);
  if (crawled.elsewhere.length > 0)
    console.log(
      `  ${crawled.elsewhere.length} open no list, such as: ${crawled.elsewhere.slice(0, 2).join(' | ').slice(0, 160)}`,
    );
  for (const one of crawled.unlisted) console.log(`  no list: ${one}`);
}
await browser.close();
await served.close();
rmSync(client, { recursive: true });
console.log(`${paths.length} pages, ${clicked} numbers clicked, ${disagreements} disagreements`);
process.exitCode = disagreements > 0 ? 1 : 0;
