import type { Check } from '#contract/result';
import type { QualityHistory } from '#contract/run';
import { day } from '../../format/date.ts';
import { inWords } from '../../format/noun.ts';
import { count } from '../../format/number.ts';

type Past = QualityHistory['snapshots'];

/** px from one run to the next, and of the height. */
const STEP = 14;
const HEIGHT = 14;

const isBroken = (status: Check['status'] | undefined): boolean => status === 'failed' || status === 'error';

/** How a check stood in each kept run, oldest first: a diamond where it failed, a disc where it passed, a ring where nothing was to check. */
export function CheckHistory({ check_id, past }: { check_id: string; past: Past }) {
  const runs = past.map(({ snapshot, publishedAt, checks }) => ({
    ...{ snapshot, publishedAt },
    found: checks.find((check) => check.check_id === check_id),
  }));
  const spoken = runs.map(({ publishedAt, found }) => `${day(publishedAt)} ${found?.status ?? 'not yet there'}`);
  return (
    <>
      <svg width={STEP * runs.length} height={HEIGHT} role="img" aria-label={spoken.join(', ')}>
        {runs.map(({ snapshot, found }, at) => (
          <Mark key={snapshot} status={found?.status} x={STEP * (at + 0.5)} />
        ))}
      </svg>
      <small className="below">{standing(runs.map(({ found }) => found))}</small>
    </>
  );
}

function Mark({ status, x }: { status: Check['status'] | undefined; x: number }) {
  const y = HEIGHT / 2;
  if (isBroken(status)) return <path d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} fill="var(--worse)" />;
  if (status === 'passed') return <circle cx={x} cy={y} r="4" fill="var(--mark)" />;
  return <circle cx={x} cy={y} r="3.500" fill="none" stroke="var(--mark)" />;
}

type Found = Past[number]['checks'][number] | undefined;

/** "each time", "new in this run", "in two of four, 31 before" */
export function standing(found: readonly Found[]): string {
  const failed = found.filter((one) => isBroken(one?.status)).length;
  const [before, now] = found.slice(-2);
  const how =
    failed === found.length
      ? 'each time'
      : failed === 1 && isBroken(now?.status)
        ? 'new in this run'
        : `in ${inWords(failed)} of ${inWords(found.length)}`;
  const known = now?.violations != null && before?.violations != null && now.violations !== before.violations;
  return known ? `${how}, ${count(before.violations ?? 0)} before` : how;
}
