import type { ReactNode } from 'react';
import type { Cohort } from '#contract/dimension';
import { formatFilter, parseFilter } from '#contract/filter';
import { month } from '../format/date.ts';
import { count } from '../format/number.ts';
import { addMonths, latestMatureMonth } from '../state/scope.ts';
import { useCatalogue, useChangeScope, useScope, useSession } from '../state/use-scope.ts';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Names may be long: in a narrow bar they are cut. */
  readonly long?: true;
  readonly children: ReactNode;
}

/** A select that reads as two lines of text: what it chooses, and what is chosen. */
const Choice = ({ label, value, onChange, long, children }: ChoiceProps) => (
  <label className={long ? 'choice long' : 'choice'}>
    <small>{label}</small>
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      {children}
    </select>
  </label>
);

export function CohortChoice() {
  const scope = useScope();
  const { cohorts } = useCatalogue();
  const change = useChangeScope();
  // The catalogue is that of the role, whatever the mode of the page.
  const words = ({ title, persons }: Cohort) =>
    persons === null || scope.mode === 'shareable' ? title : `${title}, ${count(persons)}`;
  const option = (cohort: Cohort) => (
    <option key={cohort.id} value={cohort.id}>
      {words(cohort)}
    </option>
  );
  const everyone = cohorts.find(({ where }) => where === '');
  const saved = cohorts.filter(({ preset }) => !preset);
  const presets = cohorts.filter(
    (cohort) => cohort.preset && cohort !== everyone && (cohort.persons !== 0 || cohort === scope.cohort),
  );
  return (
    <Choice long label="Cohort" value={scope.cohort?.id ?? ''} onChange={(id) => change({ cohort: id || undefined })}>
      <option value="">{everyone ? words(everyone) : 'Everyone'}</option>
      {saved.length > 0 && <optgroup label="Saved">{saved.map(option)}</optgroup>}
      <optgroup label="Presets">{presets.map(option)}</optgroup>
    </Choice>
  );
}

export function CompareChoice() {
  const scope = useScope();
  const change = useChangeScope();
  return (
    <Choice
      label="Compare to"
      value={scope.compare === 'the whole ACO' ? 'aco' : ''}
      onChange={(value) => change({ compare: value === 'aco' ? 'aco' : undefined })}
    >
      <option value="">Year before</option>
      <option value="aco">Whole ACO</option>
    </Choice>
  );
}

/** The dimension that the bar offers beside cohort and period; a filter as any other in the address. */
export const CONTRACT = 'contract';

/** Whose contract covers the people; nothing where the data know but one. */
export function ContractChoice() {
  const { cohort, chosen } = useScope();
  const change = useChangeScope();
  const contracts = useCatalogue().dimensions.find(({ id }) => id === CONTRACT)?.values ?? [];
  const isFixed = CONTRACT in parseFilter(cohort?.where ?? '');
  const { [CONTRACT]: held = [], ...others } = chosen;
  if (isFixed || (contracts.length < 2 && held.length === 0)) return null;
  const choose = (value: string) =>
    change({ where: formatFilter(value === '' ? others : { ...others, [CONTRACT]: [value] }) || undefined });
  return (
    <Choice long label="Contract" value={held.length > 1 ? 'several' : (held[0] ?? '')} onChange={choose}>
      <option value="">All</option>
      {held.length > 1 && <option value="several">{count(held.length)} of them</option>}
      {contracts.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Choice>
  );
}

export function PeriodChoice() {
  const scope = useScope();
  const catalogue = useCatalogue();
  const change = useChangeScope();
  const latest = latestMatureMonth(catalogue);
  const first = addMonths(catalogue.firstMonth ?? latest, 11);
  const ends: string[] = [];
  for (let to = catalogue.lastMonth ?? latest; to >= first && ends.length < 60; to = addMonths(to, -1)) ends.push(to);
  if (!ends.includes(scope.months.to)) ends.unshift(scope.months.to);
  return (
    <Choice label="Period" value={scope.months.to} onChange={(to) => change({ to: to === latest ? undefined : to })}>
      {ends.map((to) => (
        <option key={to} value={to}>
          12 months to {month(to)}
          {to > latest ? ', incomplete' : ''}
        </option>
      ))}
    </Choice>
  );
}

export function ModeChoice() {
  const scope = useScope();
  const { modes } = useSession();
  const change = useChangeScope();
  const words = { identified: 'Identified', shareable: 'Shareable' };
  if (modes.length < 2)
    return (
      <p className="choice plain">
        <small>Mode</small>
        <b>{words[scope.mode]}</b>
      </p>
    );
  return (
    <Choice
      label="Mode"
      value={scope.mode}
      onChange={(value) => change({ mode: modes.find((mode) => mode === value && mode !== modes[0]) })}
    >
      {modes.map((mode) => (
        <option key={mode} value={mode}>
          {words[mode]}
        </option>
      ))}
    </Choice>
  );
}
