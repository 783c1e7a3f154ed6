import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Rule, ruleOfWhere } from '#contract/cohort';
import { cohortOf } from '#contract/crossfilter';
import type { Plan, Risk } from '#contract/risk';
import { riskSpread, STEP } from '../../charts/risk-spread.ts';
import { ChartFigure } from '../../components/figure.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import { usePlan } from './use-plan.ts';

const person = noun('person', 'people');

/** Everybody by predicted risk, the team's reach, and the hours that set it. */
export function Spread({ letter, risk, plan }: { letter: string; risk: Risk; plan: Plan }) {
  const cutoff = plan.cutoff === null ? null : 100 * plan.cutoff;
  const options = useMemo(() => ({ cutoff }), [cutoff]);
  const { where, mode } = useScope();
  const navigate = useNavigate();
  const list = (bar: string) => {
    const chance: Rule = { kind: 'number', of: 'chance', from: Number(bar), below: Number(bar) + STEP };
    const rules = where === '' ? [chance] : [ruleOfWhere(where), chance];
    navigate({ to: '/patients', search: { cohort: undefined, where: cohortOf({ kind: 'all', rules }) } });
  };
  return (
    <ChartFigure
      letter={letter}
      chart={riskSpread}
      rows={risk.bins}
      options={options}
      fileName="predicted-risk"
      table={useTable(letter)}
      note={<Barriers risk={risk} />}
      below={<Planner plan={plan} />}
      {...(mode === 'identified' && { onSelect: list })}
    />
  );
}

/** Why some of them are not on the list, and who they are. */
function Barriers({ risk: { barriers } }: { risk: Risk }) {
  const { mode } = useScope();
  if (barriers.length === 0) return null;
  const told = barriers.map(({ barrier, persons }) => `${barrier} (${persons === null ? SUPPRESSED : count(persons)})`);
  return (
    <>
      Not on the list, by the first reason: {told.join('; ')}.{' '}
      {mode === 'identified' && (
        <Link
          className="screen-only"
          to="."
          search={(search) => ({ ...search, list: 'off', page: undefined })}
          resetScroll={false}
        >
          List them
        </Link>
      )}
    </>
  );
}

/** Hours, hours for each person, and a slider over the list; each can be typed. */
function Planner({ plan: { listed, people, withoutChance, expected } }: { plan: Plan }) {
  const { hours, each, change } = usePlan();
  const reach = Math.floor(hours / each);
  return (
    <fieldset className="planner">
      <legend className="unseen">Capacity</legend>
      <label className="field">
        Hours the team has
        <input
          type="number"
          min={0}
          max={100_000}
          step="any"
          value={hours}
          onChange={({ target }) => target.valueAsNumber >= 0 && change({ hours: target.valueAsNumber })}
        />
      </label>
      <label className="field">
        Hours for each person
        <input
          type="number"
          min={0.1}
          max={1000}
          step="any"
          value={each}
          onChange={({ target }) => target.valueAsNumber >= 0.1 && change({ each: target.valueAsNumber })}
        />
      </label>
      <label className="field wide">
        Room for {plural(reach, person)}
        <input
          type="range"
          min={0}
          max={Math.max(listed ?? 0, 1)}
          value={Math.min(reach, listed ?? reach)}
          onChange={({ target }) => change({ hours: target.valueAsNumber * each })}
        />
      </label>
      <output>
        {people === null ? SUPPRESSED : `${plural(people, person)} of ${count(listed ?? 0)} on the list`}
        {expected !== null && `, about ${count(expected)} of whom are expected to be admitted`}
        {expected !== null &&
          withoutChance !== null &&
          withoutChance > 0 &&
          `; ${plural(withoutChance, person)} without a predicted chance come last`}
        .
      </output>
    </fieldset>
  );
}
