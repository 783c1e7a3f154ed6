import { Link } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { Popover } from './popover.tsx';

interface TermProps {
  readonly metric: Pick<ServedMetric, 'id' | 'title' | 'description' | 'whyItMatters'>;
  /** What to call it here; its title otherwise. */
  readonly children?: string;
}

/** A name that says on the spot what it means. */
export const Term = ({ metric, children = metric.title }: TermProps) => (
  <Popover label={children} title={`What is meant by ${metric.title}`} className="term">
    <div className="meaning">
      <p>{metric.description}</p>
      <p className="quiet">{metric.whyItMatters}</p>
      <Link className="link" to="/measures/$id" params={{ id: metric.id }}>
        Full definition
      </Link>
    </div>
  </Popover>
);
