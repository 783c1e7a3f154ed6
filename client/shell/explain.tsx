import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Check, Explain } from '#contract/result';
import { explainQuery } from '../api/metrics.ts';
import { stepsOf, waterfall } from '../charts/waterfall.ts';
import { Definition } from '../components/definition.tsx';
import { Dialog } from '../components/dialog.tsx';
import { ChartDrawing } from '../components/figure.tsx';
import { Sql } from '../components/sql.tsx';
import { Message, Waiting } from '../components/states.tsx';
import { missingLists, ValueSets } from '../components/value-sets.tsx';
import { day, months } from '../format/date.ts';
import { noun, plural } from '../format/noun.ts';
import { count, SUPPRESSED } from '../format/number.ts';
import { grainNoun } from '../state/grain.ts';
import { monthsOf } from '../state/scope.ts';
import { useCatalogue, useChangeScope, useScope } from '../state/use-scope.ts';

/** "How is this computed?": the words, the counts, who leaves, the SQL, what it reads, and the checks that guard it. */
export default function ExplainDrawer({ id }: { id: string }) {
  const change = useChangeScope();
  const metric = useCatalogue().metrics.find((candidate) => candidate.id === id);
  const close = () => change({ explain: undefined }, { replace: true });
  return (
    <Dialog title={metric?.title ?? 'How is this computed?'} kind="drawer" onClose={close}>
      {metric ? (
        <Explained metric={metric} />
      ) : (
        <Message title="No such measure">
          <p>This snapshot has no measure called {id}.</p>
        </Message>
      )}
    </Dialog>
  );
}

function Explained({ metric }: { metric: ServedMetric }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const period = monthsOf(metric, scope, catalogue);
  const answer = useQuery(explainQuery({ id: metric.id, ...period, where: scope.where, mode: scope.mode }));
  return (
    <div className="prose">
      <p className="lead">{metric.description}</p>
      <Definition
        metric={metric}
        numerator={shown(answer.data?.counts.numerator)}
        denominator={shown(answer.data?.counts.denominator)}
      />
      <p className="quiet">
        Counts are for {months(period.from, period.to)}
        {scope.where && ', with the filters of the page'}.
      </p>
      {answer.data ? <Proofs explain={answer.data} /> : <Waiting on={[answer]} lines={10} />}
    </div>
  );
}

const shown = (value: number | null | undefined) =>
  value === undefined ? '' : value === null ? SUPPRESSED : count(value);

function Proofs({ explain }: { explain: Explain }) {
  const { metric, provenance, lineage, valueSets, checks, sql } = explain;
  const unit = grainNoun(metric);
  const [steps, options] = useMemo(() => [stepsOf(explain, unit), { noun: unit }], [explain, unit]);
  return (
    <>
      <section>
        <h3>Who leaves and who stays</h3>
        <ChartDrawing chart={waterfall} rows={steps} options={options} />
      </section>
      <section>
        <h3>SQL</h3>
        <Sql text={sql} />
      </section>
      <section>
        <h3>What it reads</h3>
        <LineageList nodes={lineage} />
      </section>
      {valueSets.length > 0 && (
        <section>
          <h3>What codes it reads</h3>
          <p>{missingLists(valueSets)}</p>
          <details>
            <summary>{plural(valueSets.length, noun('code list'))}</summary>
            <ValueSets sets={valueSets} />
          </details>
        </section>
      )}
      <section>
        <h3>Checks that guard it</h3>
        <CheckList checks={checks} />
      </section>
      <p className="quiet">
        Snapshot {provenance.snapshot}, run {provenance.runId}, data through {day(provenance.dataThrough)}.
      </p>
    </>
  );
}

const LineageList = ({ nodes }: { nodes: Explain['lineage'] }) => (
  <ul className="lineage">
    {nodes.map(({ name, kind, rows, reads, sql }) => (
      <li key={name}>
        <Link to="/data" search={{ node: name }} hash="G">
          <code>{name}</code>
        </Link>{' '}
        <span className="quiet">
          {kind}
          {rows !== null && `, ${count(rows)} rows`}
          {reads.length > 0 && `, from ${reads.join(', ')}`}
        </span>
        {sql !== null && (
          <details>
            <summary>Its SQL</summary>
            <Sql text={sql} />
          </details>
        )}
      </li>
    ))}
  </ul>
);

const isBroken = ({ status }: Check): boolean => status === 'failed' || status === 'error';

/** Failed checks stand in view; the many that passed, behind their number. */
function CheckList({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return <p className="quiet">No check names this measure.</p>;
  const others = checks.filter((check) => !isBroken(check));
  return (
    <>
      <ul className="checks">{checks.filter(isBroken).map(checkItem)}</ul>
      <details>
        <summary>{`${plural(others.length, noun('check'))} passed, or nothing to check`}</summary>
        <ul className="checks">{others.map(checkItem)}</ul>
      </details>
    </>
  );
}

const checkItem = (check: Check) => (
  <li key={check.check_id} className={isBroken(check) ? 'failed' : undefined}>
    <b>{check.status}</b> {check.title}
    {check.violations !== null && check.violations > 0 && `, ${count(check.violations)} rows`}
    {check.override !== null && `; published all the same: ${check.override}`}
  </li>
);
