import type { Caveat } from '#contract/metric';
import { Popover } from './popover.tsx';

/** What the sources of a number do not tell: a few quiet words under it, and behind them the sentence. */
export const Caveats = ({ of }: { of: readonly Caveat[] }) =>
  of.length > 0 && (
    <ul className="caveats" aria-label="What the data do not tell">
      {of.map(({ id, title, sentence }) => (
        <li key={id}>
          <Popover label={title} title={title} className="term">
            <p className="meaning">{sentence}</p>
          </Popover>
        </li>
      ))}
    </ul>
  );

/** Those of several numbers that are shown together, each once. */
export const caveatsOfAll = (metrics: readonly { readonly caveats: readonly Caveat[] }[]): Caveat[] => [
  ...new Map(metrics.flatMap(({ caveats }) => caveats.map((caveat) => [caveat.id, caveat] as const))).values(),
];
