import type { ReactNode } from 'react';
import { lawOf, type ServedMetric } from '#contract/metric';
import { day } from '../format/date.ts';

interface DefinitionProps {
  readonly metric: ServedMetric;
  /** How many there are in the numerator and in the denominator, where that is known. */
  readonly numerator?: ReactNode;
  readonly denominator?: ReactNode;
}

const points = (texts: readonly string[]) => (
  <ul className="points">
    {texts.map((text) => (
      <li key={text}>{text}</li>
    ))}
  </ul>
);

/** How the 95 % interval is drawn, by the law that chance follows. */
const INTERVALS = {
  binomial: 'Wilson’s interval of a proportion, 95%.',
  poisson:
    'Byar’s interval of a count, 95%, widened where one person has several: by the variance between people over that of events that come singly.',
  none: 'By the spread between people, 95%: all that one person adds counts as one.',
} as const;

/** What a metric counts, what it leaves out, who defined it, and where we differ. */
export const Definition = ({ metric, numerator, denominator }: DefinitionProps) => (
  <dl className="definition">
    <dt>Numerator</dt>
    <dd>
      {metric.numerator}
      {numerator && (
        <>
          : <b>{numerator}</b>
        </>
      )}
    </dd>
    <dt>Denominator</dt>
    <dd>
      {metric.denominator}
      {denominator && (
        <>
          : <b>{denominator}</b>
        </>
      )}
    </dd>
    {metric.exclusions.length > 0 && (
      <>
        <dt>Left out</dt>
        <dd>{points(metric.exclusions)}</dd>
      </>
    )}
    <dt>Interval</dt>
    <dd>{INTERVALS[lawOf(metric) ?? 'none']}</dd>
    <dt>Why it matters</dt>
    <dd>{metric.whyItMatters}</dd>
    <dt>Source</dt>
    <dd>
      <a href={metric.source.url} rel="noreferrer" target="_blank">
        {metric.source.name}
      </a>
      , {metric.source.version}
    </dd>
    <dt>Where we differ</dt>
    <dd>{metric.source.deviations.length === 0 ? 'Nowhere that we know of.' : points(metric.source.deviations)}</dd>
    {metric.caveats.length > 0 && (
      <>
        <dt>What the data do not tell</dt>
        <dd>{points(metric.caveats.map(({ sentence }) => sentence))}</dd>
      </>
    )}
    <dt>Version</dt>
    <dd>
      {metric.version}, reviewed on {day(metric.reviewedOn)}
    </dd>
  </dl>
);
