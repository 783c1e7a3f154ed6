import { Dialog } from '../components/dialog.tsx';
import { VerdictMark } from '../components/verdict.tsx';
import { pages } from './pages.tsx';

/** How to read the figures, and the keys. */
export const Help = ({ onClose, onTour }: Readonly<Record<'onClose' | 'onTour', () => void>>) => (
  <Dialog title="Reading and keys" kind="note" onClose={onClose}>
    <section className="prose">
      <button type="button" className="action" onClick={onTour}>
        Show me around
      </button>
      <h3>Verdicts</h3>
      <dl className="pairs">
        <dt>
          <VerdictMark verdict="better" />
        </dt>
        <dd>The 95% interval of the difference is clear of zero, in the good direction.</dd>
        <dt>
          <VerdictMark verdict="worse" />
        </dt>
        <dd>The same, in the other direction.</dd>
        <dt>
          <VerdictMark verdict="no different" />
        </dt>
        <dd>Chance alone would explain the difference.</dd>
        <dt>
          <VerdictMark verdict="too few to say" />
        </dt>
        <dd>Fewer than 20 in the denominator: no judgement is made.</dd>
        <dt>
          <VerdictMark verdict="too early to say" />
        </dt>
        <dd>The period is not over, or its claims are still arriving; what it is held against is complete.</dd>
      </dl>
      <h3>Marks</h3>
      <dl className="pairs">
        <dt>14.2% 13.2–15.3</dt>
        <dd>The value, and the range in which the true value lies with 95% confidence.</dd>
        <dt>Hollow point</dt>
        <dd>Claims or follow-up of that month are still arriving; it takes part in no limit and no verdict.</dd>
        <dt>Hidden</dt>
        <dd>
          Fewer than 11, or hidden so that such a number cannot be worked out: in shareable mode. Zero is shown. People
          as of a day (cohorts, panels, risk) are told to the nearest 20. It does not guard two snapshots held side by
          side, nor groups that lie in one another: readmission within 7 and 30 days, a condition that is part of
          another.
        </dd>
        <dt>A, B, C</dt>
        <dd>A letter in the answer leads to the figure that proves it.</dd>
      </dl>
      <h3>Keys</h3>
      <dl className="pairs">
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>This page</dd>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>Find a person</dd>
        {pages.map(({ key, title }) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
        <dt>
          <kbd>Left</kbd> <kbd>Right</kbd>
        </dt>
        <dd>In a chart: from point to point. Enter opens the list behind it.</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>Close</dd>
      </dl>
    </section>
  </Dialog>
);
