import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HccGap, HccScore, PersonHcc } from '#contract/hcc';
import { personHccQuery } from '../../api/hcc.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { factor, partLabel, segmentLabel } from '../../format/hcc.ts';
import { diagnosisLabel } from '../../format/label.ts';
import { noun, sentence, spelled } from '../../format/noun.ts';
import { ClaimRoute } from '../record-links.tsx';

interface RiskAdjustmentProps {
  readonly letter: string;
  readonly personId: string;
}

/** CMS's score of the person and what it is the sum of; nothing where the person is neither scored nor has a gap. */
export function RiskAdjustment({ letter, personId }: RiskAdjustmentProps) {
  const answer = useQuery(personHccQuery(personId));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Risk adjustment">
        <Waiting on={[answer]} lines={8} />
      </Figure>
    );
  const { score, gaps } = answer.data;
  if (!score && gaps.length === 0) return null;
  return (
    <Figure
      letter={letter}
      title={findingOf(answer.data)}
      sub={
        score &&
        `CMS-HCC ${score.model}, payment year ${score.payment_year}, from the claims of ${score.data_year}. Segment ${score.segment}: ${segmentLabel(score.segment)}; age ${score.age}. Demographic part ${factor(score.demographic_score)}.`
      }
      note={`The score is CMS’s formula for what care is expected to cost, not a payment and not a judgement on the person.${
        score?.caveat ? ` Bear in mind: ${score.caveat}.` : ''
      }`}
      below={score && score.dropped.length > 0 && <Dropped of={score.dropped} />}
    >
      {score && <Terms score={score} />}
      {gaps.length > 0 && <Gaps gaps={gaps} />}
    </Figure>
  );
}

/** Raw and normalized score, and what could still be settled. */
export function findingOf({ score, gaps }: PersonHcc): string {
  const scored =
    score &&
    `The raw score is ${factor(score.raw_score)}${
      score.normalized_score === null ? '' : `, normalized ${factor(score.normalized_score)}`
    }`;
  const open =
    gaps.length > 0 &&
    `${spelled(gaps.length, noun('category', 'categories'))} of payment year ${gaps[0]?.payment_year} ${
      gaps.length === 1 ? 'is' : 'are'
    } open`;
  return sentence([scored, open].filter(Boolean).join('; '));
}

interface Term {
  readonly id: string;
  readonly section: string;
  readonly name: ReactNode;
  readonly below: string;
  readonly from: ReactNode;
  readonly value: string;
}

const SECTIONS = { demographic: 'Demographic', interaction: 'Interactions', count: 'Number of categories' } as const;

/** Every term of the sum, in the order in which CMS's software adds them. */
export function termsOf({ parts, categories }: HccScore): Term[] {
  const ofKind = (kind: keyof typeof SECTIONS): Term[] =>
    parts
      .filter((part) => part.kind === kind)
      .map((part) => ({
        id: part.variable,
        section: SECTIONS[kind],
        name: sentence(partLabel(part)),
        below: part.variable,
        from: null,
        value: part.variable.startsWith('ActAdj') ? `÷ ${factor(part.coefficient)}` : factor(part.coefficient),
      }));
  return [
    ...ofKind('demographic'),
    ...categories.map((category) => ({
      id: `HCC ${category.hcc}`,
      section: 'Categories',
      name: category.label ?? `HCC ${category.hcc}`,
      below: `HCC ${category.hcc}`,
      from: <Brought by={category} />,
      value: category.coefficient === null ? 'adds nothing' : factor(category.coefficient),
    })),
    ...ofKind('interaction'),
    ...ofKind('count'),
  ];
}

/** The code, and the last claim that carries it. */
const Brought = ({
  by,
}: {
  by: Pick<HccScore['categories'][number], 'code' | 'claim_date' | 'claim_id' | 'source_name' | 'claims'>;
}) =>
  by.code === null ? (
    <span className="quiet">–</span>
  ) : (
    <>
      {diagnosisLabel(by.code)}
      {by.claim_id && (
        <>
          {' on '}
          <ClaimRoute id={by.claim_id} source={by.source_name}>
            {by.claim_id}
          </ClaimRoute>
        </>
      )}
      <small className="below">
        {[by.claim_date && day(by.claim_date), by.claims !== null && by.claims > 1 && `the last of ${by.claims} claims`]
          .filter(Boolean)
          .join(', ')}
      </small>
    </>
  );

const termColumns = (score: HccScore): Column<Term>[] => [
  {
    key: 'term',
    label: 'What counts',
    show: ({ name, below }) => (
      <>
        {name}
        <small className="below">{below}</small>
      </>
    ),
    total: () => (
      <>
        Raw score
        {score.normalized_score !== null && (
          <small className="below">Normalized: divided by the factor of {score.payment_year}</small>
        )}
      </>
    ),
  },
  { key: 'from', label: 'Last code and claim', show: ({ from }) => from ?? <span className="quiet">–</span> },
  {
    key: 'value',
    label: 'Factor',
    align: 'right',
    show: ({ value }) => value,
    total: () => (
      <>
        <b>{factor(score.raw_score)}</b>
        {score.normalized_score !== null && <small className="below">{factor(score.normalized_score)}</small>}
      </>
    ),
  },
];

const Terms = ({ score }: { score: HccScore }) => (
  <DataTable
    caption="What the score is the sum of"
    columns={termColumns(score)}
    rows={termsOf(score)}
    section={({ section }) => section}
    id={({ id }) => id}
  />
);

/** The factor of a category by itself, and the year whose factor it is where the year's own is not published yet. */
export const Adds = ({ gap: { coefficient, coefficient_year: year, payment_year } }: { gap: HccGap }) =>
  coefficient === null ? (
    <>
      nothing
      <small className="below">no factor</small>
    </>
  ) : (
    <>
      {factor(coefficient)}
      {year !== payment_year && <small className="below">by {year}</small>}
    </>
  );

const gapColumns: Column<HccGap>[] = [
  {
    key: 'category',
    label: 'Open category',
    show: ({ label, hcc, model }) => (
      <>
        {label ?? `HCC ${hcc}`}
        <small className="below">
          HCC {hcc}, {model}
        </small>
      </>
    ),
  },
  {
    key: 'evidence',
    label: 'Evidence',
    card: 'full',
    show: ({ evidence }) => sentence(evidence),
  },
  {
    key: 'adds',
    label: 'Would add',
    align: 'right',
    show: (gap) => <Adds gap={gap} />,
  },
];

const KINDS = {
  recapture: (year: number) => `Recapture: counted from the claims of ${year - 1}, on no claim of ${year} yet`,
  suspect: () => 'Suspects: the record hints at them, no claim that counts says so; for a clinician to judge',
};

const Gaps = ({ gaps }: { gaps: readonly HccGap[] }) => (
  <div className="more-rows">
    <DataTable
      caption="Open categories"
      columns={gapColumns}
      rows={gaps}
      section={({ kind, data_year }) => KINDS[kind](data_year)}
      id={({ kind, hcc }) => `${kind} ${hcc}`}
    />
    <p className="table-end">
      What a category would add to the raw score by itself, without interactions and the number of categories. Code only
      what a clinician has seen and documented.
    </p>
  </div>
);

type Left = HccScore['dropped'][number];

const droppedColumns: Column<Left>[] = [
  {
    key: 'category',
    label: 'Category',
    show: ({ label, hcc }) => label ?? (hcc === null ? 'none' : `HCC ${hcc}`),
  },
  { key: 'from', label: 'Last code and claim', show: (left) => <Brought by={left} /> },
  { key: 'why', label: 'Why not', card: 'full', show: ({ dropped }) => sentence(dropped) },
];

const Dropped = ({ of }: { of: readonly Left[] }) => (
  <details className="more-rows">
    <summary>{`Diagnoses that did not count: ${of.length}`}</summary>
    <DataTable
      caption="Diagnoses that did not count"
      columns={droppedColumns}
      rows={of}
      id={({ hcc, code, dropped }) => [hcc, code, dropped].join(' ')}
    />
  </details>
);
