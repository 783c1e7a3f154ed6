import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Explain } from '#contract/result';
import { explainQuery } from '../api/metrics.ts';
import { lineage } from '../charts/lineage.ts';
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
import { HistoryOf } from './explain-history.tsx';

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
  const asked = {
    ...{ id: metric.id, where: scope.where, mode: scope.mode },
    ...monthsOf(metric, scope, catalogue),
  };
  const answer = useQuery(explainQuery(asked));
  return (
    <div className="prose">
      <p className="lead">{metric.description}</p>
      <Definition
        metric={metric}
        numerator={shown(answer.data?.counts.numerator)}
        denominator={shown(answer.data?.counts.denominator)}
      />
      <p className="quiet">
        Counts are for {months(asked.from, asked.to)}
        {scope.where && ', with the filters of the page'}.
      </p>
      {answer.data ? <Proofs explain={answer.data} /> : <Waiting on={[answer]} lines={10} />}
      {scope.mode === 'identified' && (
        <section>
          <h3>What it was before</h3>
          <HistoryOf metric={metric} asked={asked} />
        </section>
      )}
      {answer.data && <Origin {...answer.data.provenance} />}
    </div>
  );
}

const shown = (value: number | null | undefined) =>
  value === undefined ? '' : value === null ? SUPPRESSED : count(value);

function Proofs({ explain }: { explain: Explain }) {
  const { metric, provenance, valueSets, checks, sql, answeredBy, fromRows } = explain;
  const unit = grainNoun(metric);
  const [steps, options] = useMemo(() => [stepsOf(explain, unit), { noun: unit }], [explain, unit]);
  return (
    <>
      <section>
        <h3>Who leaves and who stays</h3>
        <ChartDrawing chart={waterfall} rows={steps} options={options} />
      </section>
      <section>
        <h3>The SELECT that gave this number</h3>
        <Sql text={answeredBy} />
        <p className="quiet">
          It runs as it stands in any DuckDB that has the snapshot open. <Link to="/data/open">How to open it</Link>.
        </p>
        {fromRows !== null && (
          <details>
            <summary>It stood ready when the snapshot was published; the same number from the rows</summary>
            <Sql text={fromRows} />
          </details>
        )}
        <details>
          <summary>The rule behind it: how each row of {metric.relation} is made</summary>
          <Sql text={sql} />
        </details>
      </section>
      <section>
        <h3>Where it comes from</h3>
        <Way explain={explain} shareable={provenance.mode === 'shareable'} />
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
    </>
  );
}

const Origin = ({ snapshot, runId, dataThrough }: Explain['provenance']) => (
  <p className="quiet">
    Snapshot {snapshot}, run {runId}, data through {day(dataThrough)}.
  </p>
);

function Way({ explain: { metric, lineage: nodes }, shareable }: { explain: Explain; shareable: boolean }) {
  const navigate = useNavigate();
  const options = useMemo(() => ({ of: metric.relation, shareable }), [metric, shareable]);
  return (
    <>
      <p>{lineage.finding(nodes, options)}.</p>
      <ChartDrawing
        chart={lineage}
        rows={nodes}
        options={options}
        onSelect={(node) => navigate({ to: '/data', search: { node }, hash: 'H' })}
      />
      <p className="quiet">{lineage.note(nodes, options)}</p>
      <details>
        <summary>All {plural(nodes.length, noun('file and table', 'files and tables'))}, with the SQL of each</summary>
        <LineageList nodes={nodes} />
      </details>
    </>
  );
}

const LineageList = ({ nodes }: { nodes: Explain['lineage'] }) => (
  <ul className="lineage">
    {nodes.map(({ name, kind, rows, reads, sql }) => (
      <li key={name}>
        <Link to="/data" search={{ node: name }} hash="H">
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

type Check = Explain['checks'][number];

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
