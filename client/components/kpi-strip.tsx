import type { ReactNode } from 'react';

/** Numbers side by side on a rule; the first is the page's own. */
export const KpiStrip = ({ children }: { children: ReactNode }) => <dl className="kpis">{children}</dl>;

interface KpiProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  /** The interval or the unit, small beside the value. */
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

export const Kpi = ({ label, value, beside, children }: KpiProps) => (
  <div className="kpi">
    <dt>{label}</dt>
    <dd>
      <div className="kpi-value">
        {value}
        {beside && <small>{beside}</small>}
      </div>
      {children && <div className="kpi-note">{children}</div>}
    </dd>
  </div>
);
