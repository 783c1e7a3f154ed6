import { useMemo } from 'react';
import type { Plan, Risk } from '#contract/risk';
import { riskSpread } from '../../charts/risk-spread.ts';
import { ChartFigure } from '../../components/figure.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { useTable } from '../../state/use-scope.ts';
import { usePlan } from './use-plan.ts';

const person = noun('person', 'people');

/** Everybody by predicted risk, the team's reach, and the hours that set it. */
export function Spread({ letter, risk, plan }: { letter: string; risk: Risk; plan: Plan }) {
  const cutoff = plan.cutoff === null ? null : 100 * plan.cutoff;
  const options = useMemo(() => ({ cutoff }), [cutoff]);
  return (
    <ChartFigure
      letter={letter}
      chart={riskSpread}
      rows={risk.bins}
      options={options}
      fileName="predicted-risk"
      table={useTable(letter)}
      note={barriersOf(risk)}
      below={<Planner plan={plan} />}
    />
  );
}

/** Why some of them are not on the list. */
function barriersOf({ barriers }: Risk): string | undefined {
  if (barriers.length === 0) return undefined;
  const told = barriers.map(({ barrier, persons }) => `${barrier} (${persons === null ? SUPPRESSED : count(persons)})`);
  return `Not on the list, by the first reason: ${told.join('; ')}.`;
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
