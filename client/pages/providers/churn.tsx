import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Attribution } from '#contract/attribution';
import type { Providers } from '#contract/providers';
import { churn } from '../../charts/churn.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { day } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count, ROUGHLY } from '../../format/number.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import {
  AttributedPeople,
  agreementMeaning,
  CountedPeople,
  choosing,
  type Selection,
  useSelection,
} from '../attributed-people.tsx';

interface ChurnProps {
  readonly letter: string;
  readonly told: Providers;
  readonly date: string;
  /** Its name and id; absent: the whole ACO. */
  readonly practice?: { readonly id: string; readonly name: string };
}

/** Who came, who went and who died, assessment by assessment; a bar lists its people. */
export function ChurnFigure({ letter, told, date, practice }: ChurnProps) {
  const { mode } = useScope();
  const table = useTable(letter);
  const navigate = useNavigate();
  const selection = useSelection();
  const of = practice?.name ?? 'the ACO';
  const options = useMemo(() => ({ of }), [of]);
  return (
    <ChartFigure
      letter={letter}
      chart={churn}
      rows={told.churn}
      options={options}
      fileName="attribution-churn"
      table={table}
      note={`CMS works out assignment every quarter, so a change is seen at the end of its quarter.${mode === 'shareable' ? ` ${ROUGHLY}` : ''}`}
      {...(mode === 'identified' && {
        onSelect: (point: string) =>
          navigate({ to: '.', search: choosing(behind(point, practice?.id)), resetScroll: false }),
      })}
      below={
        mode === 'identified' &&
        selection?.change && <AttributedPeople key={JSON.stringify(selection)} selection={selection} date={date} />
      }
    />
  );
}

/** Whom a bar stands for: `<assessment> <kind>`, as the chart names its points. */
function behind(point: string, practice: string | undefined): Selection {
  const at = point.slice(0, 10);
  switch (point.slice(11)) {
    case 'in':
      return { at, change: 'in', joined: practice };
    case 'moved in':
      return { at, change: 'moved', joined: practice };
    case 'moved out':
      return { at, change: 'moved', left: practice };
    case 'died':
      return { at, change: 'out', cause: 'died', left: practice };
    default:
      return { at, change: 'out', but: 'died', left: practice };
  }
}

const people = noun('person', 'people');

const meaning = {
  'same practice': 'as a year before',
  'another practice': 'moved within the ACO',
  'no practice': 'went out: covered otherwise, or cared for elsewhere',
  died: 'within the year',
} as const;

/** Whom the practices had a year before, and how they stand now. */
export function StayedFigure({ letter, told: { stability }, date, practice }: ChurnProps) {
  const { mode } = useScope();
  const selection = useSelection();
  return (
    <Figure
      letter={letter}
      title={stayedFinding(stability, practice?.name) ?? 'Nobody was assessed a year before'}
      sub={
        stability &&
        `Everybody with ${practice ? 'this' : 'a'} practice at ${day(stability.before)}, as they stand at ${day(date)}.${mode === 'shareable' ? ` ${ROUGHLY}` : ''}`
      }
      note={
        practice
          ? undefined
          : 'For scale: 84.4% of the people of the Shared Savings Program had the same organization in 2013 and 2014 (Am J Manag Care 2019;25(9)); the share here that compares is everybody who still has a practice.'
      }
    >
      {stability && (
        <CountedPeople
          caption="A year later"
          rows={stability.rows.map(({ stayed, persons }) => ({
            ...{ label: stayed, meaning: meaning[stayed], persons },
            selection: { stayed, left: practice?.id },
          }))}
        />
      )}
      {mode === 'identified' && selection?.stayed && (
        <AttributedPeople key={JSON.stringify(selection)} selection={selection} date={date} />
      )}
    </Figure>
  );
}

/** "84% of 8,246 people of a year before are still with the same practice"; null where nobody can say. */
export function stayedFinding(stability: Providers['stability'], practice?: string): string | null {
  const rows = stability?.rows ?? [];
  const all = rows.reduce((sum, { persons }) => sum + (persons ?? 0), 0);
  const same = rows.find(({ stayed }) => stayed === 'same practice')?.persons ?? null;
  if (same === null || all === 0 || rows.some(({ persons }) => persons === null))
    return stability && 'Who stayed for a year';
  return sentence(
    `${Math.round((100 * same) / all)}% of ${plural(all, people)} of a year before ${same === 1 ? 'is' : 'are'} still with ${practice ?? 'the same practice'}, ${count(same)} in all`,
  );
}

interface AgreementProps {
  readonly letter: string;
  readonly agreement: Attribution['agreement'];
  readonly date: string;
}

/** Whether the assignment list, or a payer’s word, and the rules name the same practice. */
export function AgreementFigure({ letter, agreement, date }: AgreementProps) {
  const { mode } = useScope();
  const selection = useSelection();
  return (
    <Figure
      letter={letter}
      title={agreementFinding(agreement)}
      sub={`At ${day(date)}. The list, or a payer’s word, decides; the rules of 42 CFR 425.402, worked out from the claims at hand, are the second opinion.${mode === 'shareable' ? ` ${ROUGHLY}` : ''}`}
      onward={
        <Link className="see" to="/data" hash="I">
          See why, step by step
          <Arrow />
        </Link>
      }
    >
      <CountedPeople
        caption="List or payer, and rules"
        rows={agreement.map(({ agreement, persons }) => ({
          ...{ label: agreement, meaning: agreementMeaning[agreement], persons, selection: { agreement } },
        }))}
      />
      {mode === 'identified' && selection?.agreement && (
        <AttributedPeople key={JSON.stringify(selection)} selection={selection} date={date} />
      )}
    </Figure>
  );
}

/** "On 3,797 of 8,556 people the assignment list, or the payer, and the rules disagree" */
function agreementFinding(rows: Attribution['agreement']): string {
  if (rows.length === 0) return 'No list and no payer says who is assigned';
  if (rows.some(({ persons }) => persons === null)) return 'The assignment list, or the payer, and the rules';
  const sum = (some: Attribution['agreement']) => some.reduce((all, { persons }) => all + (persons ?? 0), 0);
  const differ = rows.filter(({ agreement }) => agreement !== 'same practice' && agreement !== 'neither');
  return `On ${count(sum(differ))} of ${plural(sum(rows), people)} the assignment list, or the payer, and the rules disagree`;
}
