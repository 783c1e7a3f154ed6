#!/usr/bin/env node
// The command line's front door: builds what is missing or older than its sources, then hands each command to its part.
// Pipelines and the generator run as processes of their own (the seam to the server is a file, not an import).
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command = 'help', ...args] = process.argv.slice(2);

/** Newest change under the given paths, in milliseconds; 0 when there is none. */
function newest(...paths) {
  let latest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    latest = Math.max(
      latest,
      stat.isDirectory() ? newest(...readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs,
    );
  }
  return latest;
}

const at = (...parts) => join(root, ...parts);
const stale = (product, ...sources) =>
  newest(at(product)) < newest(...sources.map((source) => at(source)), at('package.json'));

async function buildServer() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts', 'server/store/query-child.ts', 'server/export/parquet-child.ts'],
    outdir: 'dist/server',
    outbase: 'server',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
}

async function buildClient() {
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({ root: at('client'), configFile: at('client/vite.config.ts'), logLevel: 'warn' });
}

async function buildMissing() {
  if (stale('dist/server/main.js', 'server')) await buildServer();
  if (stale('dist/client/index.html', 'client', 'server/contract')) {
    process.stderr.write('building the dashboard …\n');
    await buildClient();
  }
}

function runTypeScript(entry, argv, watch = false) {
  const flags = watch ? [at('node_modules/tsx/dist/cli.mjs'), 'watch'] : ['--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...flags, at(entry), ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 5 : (code ?? 5)));
}

switch (command) {
  case 'generate':
    runTypeScript('sample-data/main.ts', args);
    break;
  case 'serve':
  case 'start':
  case 'user':
    await buildMissing();
    process.argv = [process.execPath, at('server/launch.mjs'), command, ...args];
    await import(pathToFileURL(at('dist/server/main.js')).href);
    break;
  case 'dev': {
    const { createServer } = await import('vite');
    const vite = await createServer({ root: at('client'), configFile: at('client/vite.config.ts') });
    await vite.listen();
    vite.printUrls();
    runTypeScript('server/main.ts', ['start', ...args], true);
    break;
  }
  case 'build':
    await Promise.all([buildServer(), buildClient()]);
    break;
  default:
    runTypeScript('pipelines/main.ts', [command, ...args]);
}
