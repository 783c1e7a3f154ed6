import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { Check } from '#contract/result';
import type { Risk } from '#contract/risk';
import { qualityQuery } from '../../api/data.ts';
import { planQuery, riskQuery } from '../../api/risk.ts';
import { riskSpread } from '../../charts/risk-spread.ts';
import { Head } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { Judged } from '../../components/verdict.tsx';
import { day, months } from '../../format/date.ts';
import { change, count, unitLabel } from '../../format/number.ts';
import { useBusy } from '../../state/use-busy.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { isBeyondChance } from '../../statistics/compare.ts';
import { DataAnswer } from '../data/data.tsx';
import { Exclusions } from '../exclusions.tsx';
import { Months } from '../months.tsx';
import { Headline } from '../overview/headline.tsx';
import { HEADLINES } from '../overview/headlines.ts';
import { OverviewAnswer } from '../overview/overview-answer.tsx';
import { WhatMoved } from '../overview/what-moved.tsx';
import { ByUnit } from '../readmissions/by-unit.tsx';
import { Expected } from '../readmissions/expected.tsx';
import { ReadmissionsAnswer } from '../readmissions/readmissions-answer.tsx';
import { Movement } from '../risk/movement.tsx';
import { RiskAnswer } from '../risk/risk-answer.tsx';
import { HOURS, HOURS_PER_PERSON } from '../risk/search.ts';
import { isCost, type Standing, useStandings } from '../standings.ts';
import { UtilizationAnswer } from '../utilization/utilization-answer.tsx';
import { Page } from './page.tsx';
import { Quality } from './quality.tsx';

const READMISSION = 'readmission-30-day';

/** What a board reads: a question to a page, in shareable numbers only, to be printed. */
export function Pack() {
  const metrics = useCatalogue().metrics.filter(({ kind }) => kind === 'metric');
  const byId = (id: string) => metrics.find((metric) => metric.id === id);
  const headlines = HEADLINES.flatMap((id) => byId(id) ?? []);
  const readmission = byId(READMISSION);
  const cost = metrics.find(isCost);
  const uses = metrics.filter(({ unit }) => unit !== 'percent');
  if (!readmission || !cost)
    return (
      <Head title="Board pack" question="Board pack">
        <Message title="No data">
          <p>This snapshot lacks readmissions or cost, without which there is no pack.</p>
        </Message>
      </Head>
    );
  return (
    <div className="pack">
      <Cover headlines={headlines} cost={cost} />
      <Page number={2} question="Is unplanned readmission changing?" metrics={[readmission]}>
        <ReadmissionsAnswer metric={readmission} />
        <div className="figures">
          <Months letter="B" metric={readmission} />
          <Exclusions letter="C" span={12} metric={readmission} />
        </div>
      </Page>
      <Quality number={3} />
      <Page number={4} question="What drives use and spending?" metrics={[cost]}>
        <UtilizationAnswer metrics={uses} />
        <div className="figures">
          <Months letter="F" metric={cost} />
          <Uses letter="G" metrics={uses.filter((metric) => metric.unit !== cost.unit)} />
        </div>
      </Page>
      <RiskPage />
      <Page number={6} question="Which hospitals stand outside the limits of chance?" metrics={[readmission]}>
        <div className="figures">
          <ByUnit letter="J" metric={readmission} />
          <Expected letter="K" metric={readmission} />
        </div>
      </Page>
      <Page number={7} question="Can these numbers be trusted, and how are they defined?">
        <DataAnswer />
        <div className="figures">
          <FailedChecks letter="L" />
          <Definitions letter="M" metrics={headlines} />
        </div>
      </Page>
    </div>
  );
}

function Cover({ headlines, cost }: { headlines: readonly ServedMetric[]; cost: ServedMetric }) {
  const { title } = useSearch({ from: '/app/pack' });
  const navigate = useNavigate();
  const busy = useBusy();
  const { dataThrough, period } = useCatalogue();
  const { cohort, months: shown } = useScope();
  const over = (
    <header className="pack-cover">
      <Head title="Board pack" question={title ?? 'Board pack'} />
      <p>
        {cohort?.title ?? 'Everyone'}, {months(shown.from, shown.to)}; quality measures of {period}. Claims to{' '}
        {day(dataThrough)}.
      </p>
      <div className="pack-acts">
        <label className="field">
          Name on the cover
          <input
            defaultValue={title}
            maxLength={80}
            autoComplete="off"
            onBlur={({ target }) =>
              navigate({
                to: '.',
                search: (search) => ({ ...search, title: target.value.trim() || undefined }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        </label>
        <button type="button" className="action main" disabled={busy} onClick={() => window.print()}>
          {busy ? 'Loading' : 'Print or save as PDF'}
        </button>
        <Link to="/" className="link">
          Back to the overview
        </Link>
      </div>
    </header>
  );
  return (
    <Page number={1} question="Are we on course for the year, and what changed?" over={over} metrics={headlines}>
      <OverviewAnswer headlines={headlines} />
      <section className="headlines" aria-label="Six figures">
        {headlines.map((metric) => (
          <Headline key={metric.id} metric={metric} />
        ))}
      </section>
      <div className="figures">
        <WhatMoved metric={cost} most={MOST} />
      </div>
    </Page>
  );
}

/** So many lines fit the page. */
const MOST = 7;

/** Kinds of use, those that moved beyond chance first. */
function Uses({ letter, metrics }: { letter: string; metrics: readonly ServedMetric[] }) {
  const { compare } = useScope();
  const { standings, queries } = useStandings(metrics);
  const columns: Column<Standing>[] = [
    {
      key: 'metric',
      label: 'Use',
      show: ({ now: { metric } }) => (
        <>
          {metric.title}
          <small className="below">{unitLabel(metric.unit)}</small>
        </>
      ),
    },
    {
      key: 'value',
      label: 'Value',
      align: 'right',
      show: ({ now: { total, metric } }) => <Estimate of={total} metric={metric} />,
    },
    {
      key: 'change',
      label: 'Change',
      align: 'right',
      show: ({ now, before }) => change(now.total.value, before.total.value, now.metric.unit) ?? '–',
    },
    { key: 'verdict', label: `Against ${compare}`, show: ({ comparison }) => <Judged comparison={comparison} /> },
  ];
  const first = standings?.toSorted(
    (a, b) => Number(isBeyondChance(b.comparison)) - Number(isBeyondChance(a.comparison)),
  );
  return (
    <Figure
      letter={letter}
      title="How care was used"
      sub={`Those that moved beyond chance first; ${Math.min(MOST, metrics.length)} of ${metrics.length}.`}
    >
      {first ? (
        <DataTable
          caption="How care was used"
          columns={columns}
          rows={first.slice(0, MOST)}
          id={({ now }) => now.metric.id}
        />
      ) : (
        <Waiting on={queries} lines={10} />
      )}
    </Figure>
  );
}

function RiskPage() {
  const { where, mode } = useScope();
  const risk = useQuery(riskQuery({ where, mode }));
  const plan = useQuery(planQuery({ where, mode, hours: HOURS, hoursPerPerson: HOURS_PER_PERSON }));
  return (
    <Page number={5} question="Who is at risk, and how far does the program reach?">
      {risk.data && plan.data ? (
        <>
          <RiskAnswer risk={risk.data} plan={plan.data} />
          <div className="figures">
            <Spread letter="H" risk={risk.data} cutoff={plan.data.cutoff} />
            <Movement letter="I" risk={risk.data} />
          </div>
        </>
      ) : (
        <Waiting on={[risk, plan]} lines={12} />
      )}
    </Page>
  );
}

function Spread({ letter, risk, cutoff }: { letter: string; risk: Risk; cutoff: number | null }) {
  const options = useMemo(() => ({ cutoff: cutoff === null ? null : 100 * cutoff }), [cutoff]);
  return (
    <ChartFigure
      letter={letter}
      chart={riskSpread}
      rows={risk.bins}
      options={options}
      fileName="predicted-risk"
      table={useTable(letter)}
      note={`An internal model, not a CMS value. Reach: ${HOURS} hours at ${HOURS_PER_PERSON} for each person.`}
    />
  );
}

/** So many leave room for the definitions. */
const GRAVEST = 5;

/** The gravest of the checks that failed, and how many passed. */
function FailedChecks({ letter }: { letter: string }) {
  const answer = useQuery(qualityQuery(useScope().mode));
  const checks = answer.data?.checks.filter(({ status }) => status !== 'not applicable') ?? [];
  const failed = checks.filter(({ status }) => status !== 'passed').toSorted((a, b) => gravity(a) - gravity(b));
  const columns: Column<Check>[] = [
    { key: 'title', label: 'Check', show: ({ title }) => title },
    { key: 'severity', label: 'Severity', show: ({ severity }) => severity },
    {
      key: 'touches',
      label: 'Numbers touched',
      align: 'right',
      show: ({ metrics_touched }) => count(metrics_touched.length),
    },
    { key: 'owner', label: 'Who acts', show: ({ owner }) => owner.replaceAll(' ', '\u00a0') },
  ];
  return (
    <Figure
      letter={letter}
      title={
        answer.data ? `${count(checks.length - failed.length)} of ${count(checks.length)} checks passed` : 'Checks'
      }
      sub={
        failed.length > 0 &&
        `The gravest of those that failed: ${Math.min(failed.length, GRAVEST)} of ${failed.length}.`
      }
    >
      {!answer.data ? (
        <Waiting on={[answer]} lines={8} />
      ) : (
        failed.length > 0 && (
          <DataTable
            caption="Failed checks"
            columns={columns}
            rows={failed.slice(0, GRAVEST)}
            id={({ check_id }) => check_id}
          />
        )
      )}
    </Figure>
  );
}

const gravity = ({ severity }: Check): number => ['error', 'warning', 'info'].indexOf(severity);

/** What the headlines count, by whom they are defined, and in which version. */
function Definitions({ letter, metrics }: { letter: string; metrics: readonly ServedMetric[] }) {
  const columns: Column<ServedMetric>[] = [
    {
      key: 'title',
      label: 'Measure',
      show: ({ title, version }) => (
        <>
          {title}
          <small className="below">version {version}</small>
        </>
      ),
    },
    {
      key: 'counts',
      label: 'Counts, of',
      show: ({ numerator, denominator }) => (
        <>
          {numerator}
          <small className="below">of: {denominator}</small>
        </>
      ),
    },
    { key: 'source', label: 'Defined by', show: ({ source }) => `${source.name}, ${source.version}` },
  ];
  return (
    <Figure letter={letter} title="How the headlines are defined">
      <DataTable caption="How the headlines are defined" columns={columns} rows={metrics} id={({ id }) => id} />
    </Figure>
  );
}
