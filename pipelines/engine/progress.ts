/** Tells a person how far a run has come. Stages follow one another; steps count towards the stage's total. */
export interface Progress {
  start(stage: string, total: number): void;
  step(label: string): void;
  finish(): void;
}

const WIDTH = 24;

/** A bar on a terminal, one plain line per stage elsewhere. Writes to standard error, so that --json stays clean. */
export function progressOn(
  stream: NodeJS.WriteStream,
): Progress & { readonly stages: { name: string; seconds: number }[] } {
  const stages: { name: string; seconds: number }[] = [];
  let stage = '';
  let total = 0;
  let done = 0;
  let began = 0;
  const seconds = () => (performance.now() - began) / 1000;
  const draw = (label: string) => {
    const filled = total === 0 ? WIDTH : Math.round((WIDTH * Math.min(done, total)) / total);
    const bar = '█'.repeat(filled) + '·'.repeat(WIDTH - filled);
    const line = `${stage.padEnd(10)} ${bar} ${String(done).padStart(3)}/${total} ${label}`;
    stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 100) - 1)}`);
  };
  return {
    stages,
    start(name, steps) {
      [stage, total, done, began] = [name, steps, 0, performance.now()];
      if (stream.isTTY) draw('');
    },
    step(label) {
      done += 1;
      if (stream.isTTY) draw(label);
    },
    finish() {
      stages.push({ name: stage, seconds: seconds() });
      const words = `${stage.padEnd(10)} ${done} ${done === 1 ? 'step' : 'steps'} in ${seconds().toFixed(1)} s\n`;
      stream.write(stream.isTTY ? `\r\x1b[2K${words}` : words);
    },
  };
}

export const silent: Progress = { start() {}, step() {}, finish() {} };
