import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import type { SubjectRow } from '#contract/result';
import { explainQuery, type MetricAsked } from '../../api/metrics.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

interface WhyProps {
  readonly metric: ServedMetric;
  readonly row: SubjectRow;
  /** The question whose rules are listed. */
  readonly asked: MetricAsked;
  readonly onClose: () => void;
}

/** Why a row of the list counts or does not, rule by rule. */
export function Why({ metric, row, asked, onClose }: WhyProps) {
  const { dimensions } = useCatalogue();
  const explained = useQuery(explainQuery(asked));
  const rules = explained.data?.waterfall.slice(1).map(({ reason }) => reason);
  const { one } = grainNoun(metric);
  const facts = Object.entries(row.dimensions).flatMap(([id, value]) => {
    const dimension = dimensions.find((known) => known.id === id && known.scope === 'subject');
    return dimension && value !== null ? [{ title: dimension.title, value: labelIn(dimensions, id, value) }] : [];
  });
  return (
    <Dialog
      title={row.exclusion === null ? `Why this ${one} counts` : `Why this ${one} is left out`}
      kind="drawer"
      onClose={onClose}
    >
      <div className="prose">
        <p className="lead">
          {row.name ?? row.person_id.slice(0, 8)}, {day(row.anchor_date)}.{' '}
          <Link
            to="/patients/$key"
            params={{ key: row.person_id }}
            search={metric.grain === 'stay' ? { event: row.subject_id } : {}}
          >
            {metric.grain === 'stay' ? 'See the stay and its claims' : 'See the person'}
          </Link>
        </p>
        <dl className="definition">
          <dt>Denominator</dt>
          <dd>
            {metric.denominator}: <b>{row.exclusion === null ? 'yes' : `no, ${row.exclusion}`}</b>
          </dd>
          {row.exclusion === null && (
            <>
              <dt>Numerator</dt>
              <dd>
                {metric.numerator}:{' '}
                <b>{metric.unit === 'percent' ? (row.numerator > 0 ? 'yes' : 'no') : count(row.numerator)}</b>
              </dd>
            </>
          )}
          {facts.map(({ title, value }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <section>
          <h3>Rule by rule</h3>
          {!rules ? (
            <Waiting on={[explained]} lines={6} />
          ) : rules.length === 0 ? (
            <p>No rule left out anybody here.</p>
          ) : (
            <ul className="checks">
              {rules.map((rule) => (
                <li key={rule} className={rule === row.exclusion ? 'failed' : undefined}>
                  <b>{rule === row.exclusion ? 'applies' : row.exclusion === null ? 'does not apply' : 'not told'}</b>{' '}
                  {sentence(rule)}
                </li>
              ))}
            </ul>
          )}
          {row.exclusion !== null && <p className="quiet">One rule is enough to be left out; others may apply too.</p>}
        </section>
      </div>
    </Dialog>
  );
}
