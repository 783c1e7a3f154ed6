import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { Claim } from '#contract/patient';
import { claimQuery } from '../../api/patients.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { money } from '../money.ts';

/** One claim, line by line, each with the file and line that it was read from. */
export function ClaimPage() {
  const { id } = useParams({ from: '/app/claims/$id' });
  const { source } = useSearch({ from: '/app/claims/$id' });
  const { mode } = useScope();
  const answer = useQuery({ ...claimQuery(id, source), enabled: mode === 'identified' });
  if (mode !== 'identified')
    return (
      <Head title="Claim" question="What does this claim say?">
        <Message title="Claims are closed in shareable mode">
          <p>Switch the mode to Identified, if your role allows it.</p>
        </Message>
      </Head>
    );
  if (!answer.data)
    return (
      <Head title="Claim" question="What does this claim say?">
        <Waiting on={[answer]} lines={16} />
      </Head>
    );
  return <Lines claim={answer.data} />;
}

type Line = Claim['lines'][number];

const shown = (amount: number | null) => (amount === null ? '–' : money(amount));

const sum = (of: (line: Line) => number | null) => (lines: readonly Line[]) =>
  money(lines.reduce((total, line) => total + (of(line) ?? 0), 0));

const columns: Column<Line>[] = [
  {
    key: 'line',
    label: 'Line',
    card: 'named',
    show: ({ claim_line_number }) => claim_line_number,
    total: () => 'All lines',
  },
  { key: 'date', label: 'Date', show: ({ line_start_date }) => (line_start_date ? day(line_start_date) : '–') },
  { key: 'category', label: 'Service', show: ({ service_category }) => service_category ?? '–' },
  {
    key: 'code',
    label: 'Code',
    show: ({ hcpcs_code, ndc_code, revenue_center_code }) =>
      hcpcs_code ?? ndc_code ?? (revenue_center_code ? `rev ${revenue_center_code}` : '–'),
  },
  { key: 'place', label: 'Place', show: ({ place_of_service_code }) => place_of_service_code ?? '–' },
  { key: 'units', label: 'Units', align: 'right', show: ({ units }) => units ?? '–' },
  {
    key: 'charge',
    label: 'Charged',
    unit: '$',
    align: 'right',
    show: ({ charge_amount }) => shown(charge_amount),
    total: sum(({ charge_amount }) => charge_amount),
  },
  {
    key: 'allowed',
    label: 'Allowed',
    unit: '$',
    align: 'right',
    show: ({ allowed_amount }) => shown(allowed_amount),
    total: sum(({ allowed_amount }) => allowed_amount),
  },
  {
    key: 'paid',
    label: 'Paid',
    unit: '$',
    align: 'right',
    show: ({ paid_amount }) => <b>{shown(paid_amount)}</b>,
    total: sum(({ paid_amount }) => paid_amount),
  },
  {
    key: 'source',
    label: 'Read from',
    card: 'full',
    show: ({ file, line_number }) => (
      <code className="origin">
        {file}, line {count(line_number)}
      </code>
    ),
  },
];

function Lines({ claim }: { claim: Claim }) {
  const { start_date, end_date } = claim;
  return (
    <>
      <nav aria-label="Where this is">
        <ol className="crumbs">
          <li>
            <Link to="/patients">People</Link>
          </li>
          <li>
            <Link to="/patients/$key" params={{ key: claim.person_id }}>
              {claim.person_id}
            </Link>
          </li>
          <li>Claim</li>
        </ol>
      </nav>
      <Head title="Claim" question={`Claim ${claim.claim_id}`}>
        <Answer>
          {claim.claim_type ? `A claim of type ${claim.claim_type}` : 'A claim'} from {claim.source_name}
          {start_date && `, ${day(start_date)}${end_date && end_date !== start_date ? ` to ${day(end_date)}` : ''}`}:{' '}
          {plural(claim.lines.length, noun('line'))}, <b>${money(claim.paid_amount)} paid</b>.
        </Answer>
      </Head>
      <div className="figures">
        <Figure
          letter="A"
          title={`${plural(claim.lines.length, noun('line'))} add up to $${money(claim.paid_amount)}`}
          sub="As counted after corrections and reversals; the file and line say where each was read."
        >
          <DataTable
            caption="Claim lines"
            columns={columns}
            rows={claim.lines}
            id={({ claim_line_number, line_number }) => `${claim_line_number} ${line_number}`}
          />
        </Figure>
        <Figure
          letter="B"
          span={6}
          title={
            claim.diagnoses.length === 0
              ? 'No diagnosis'
              : plural(claim.diagnoses.length, noun('diagnosis', 'diagnoses'))
          }
        >
          <ul className="codes">
            {claim.diagnoses.map(({ rank, code }) => (
              <li key={`${rank} ${code}`}>
                <code>{code}</code> <span className="quiet">{rank === 1 ? 'principal' : rank}</span>
              </li>
            ))}
          </ul>
        </Figure>
      </div>
    </>
  );
}
