// One whole run into a fresh home. Prints one JSON line: seconds by stage and the process's peak memory.
import { progressOn } from '../../pipelines/engine/progress.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { run } from '../../pipelines/run.ts';

const [source = '', root = ''] = process.argv.slice(2);
const summary = await run({
  home: openHome(root),
  sources: [source],
  publish: true,
  asOf: undefined,
  period: undefined,
  skip: [],
  format: undefined,
  overrides: [],
  keep: 1,
  progress: progressOn(process.stderr),
});
if (summary.status !== 'published') throw new Error(summary.message ?? 'not published');
console.log(JSON.stringify({ stages: summary.stages, peakBytes: process.resourceUsage().maxRSS * 1024 }));
