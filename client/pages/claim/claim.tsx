import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Claim } from '#contract/patient';
import { claimQuery, patientQuery, timelineQuery } from '../../api/patients.ts';
import { Answer, Head } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { diagnosisLabel } from '../../format/label.ts';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { money } from '../money.ts';
import { nameOf } from '../person/labs.ts';
import { PersonRoute } from '../record-links.tsx';
import { Trail } from '../trail.tsx';
import { RawDrawer } from './raw-drawer.tsx';

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

const placeOf = ({ claim_line_number, file_id, line_number }: Line) =>
  [claim_line_number, file_id, line_number].join(':');

/** Places of service that come most often (CMS code set), in our words. */
const PLACES: Readonly<Record<string, string>> = {
  ...{ '02': 'telehealth', '10': 'telehealth at home', '11': 'office', '12': 'home', '20': 'urgent care' },
  ...{ '21': 'inpatient hospital', '19': 'hospital outpatient', '22': 'hospital outpatient', '23': 'emergency room' },
  ...{ '24': 'surgical center', '31': 'skilled nursing', '32': 'nursing facility', '34': 'hospice', '41': 'ambulance' },
  ...{ '50': 'health center', '65': 'dialysis', '72': 'rural clinic', '81': 'laboratory' },
};

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
  {
    key: 'place',
    label: 'Place',
    show: ({ place_of_service_code: code }) => (code === null ? '–' : [code, PLACES[code]].filter(Boolean).join(' ')),
  },
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
    show: (line) => (
      <>
        <code className="origin">
          {line.file}, line {count(line.line_number)}
        </code>{' '}
        <Link
          to="."
          search={(search) => ({ ...search, raw: placeOf(line) })}
          resetScroll={false}
          aria-label={`See the raw line of line ${line.claim_line_number}`}
        >
          See the raw line
        </Link>
      </>
    ),
  },
];

function Lines({ claim }: { claim: Claim }) {
  const { start_date, end_date } = claim;
  const { raw, behind } = useSearch({ from: '/app/claims/$id' });
  const person = useQuery(patientQuery(claim.person_id));
  const timeline = useQuery(timelineQuery(claim.person_id));
  const event = timeline.data?.events.find(
    ({ claim_ids, source_name }) => claim_ids.includes(claim.claim_id) && source_name === claim.source_name,
  );
  const navigate = useNavigate();
  const opened = claim.lines.find((line) => placeOf(line) === raw);
  const close = () =>
    navigate({ to: '.', search: (search) => ({ ...search, raw: undefined }), resetScroll: false, replace: true });
  return (
    <>
      <Trail behind={behind}>
        <li>
          <PersonRoute id={claim.person_id}>{person.data?.name ?? claim.person_id}</PersonRoute>
        </li>
        {event && (
          <li>
            <PersonRoute id={claim.person_id} event={event.id}>
              {nameOf(event)}, {day(event.start_date)}
            </PersonRoute>
          </li>
        )}
        <li>Claim{opened && `, line ${opened.claim_line_number}`}</li>
      </Trail>
      <Head title="Claim" question={`Claim ${claim.claim_id}`}>
        <Answer>
          {/^[aeiou]/.test(claim.claim_type ?? 'claim') ? 'An' : 'A'} {claim.claim_type && `${claim.claim_type} `}claim
          {start_date && ` of ${day(start_date)}${end_date && end_date !== start_date ? ` to ${day(end_date)}` : ''}`}{' '}
          from {claim.source_name}: {spelled(claim.lines.length, noun('line'))}, <b>${money(claim.paid_amount)} paid</b>
          .
        </Answer>
      </Head>
      <div className="figures">
        <Figure
          letter="A"
          title={`${sentence(spelled(claim.lines.length, noun('line')))} ${claim.lines.length === 1 ? 'comes' : 'add up'} to $${money(claim.paid_amount)}`}
          sub="As counted after corrections and reversals; the file and line say where each was read."
        >
          <DataTable caption="Claim lines" columns={columns} rows={claim.lines} id={placeOf} />
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
                <code>{diagnosisLabel(code)}</code> <span className="quiet">{rank === 1 ? 'principal' : rank}</span>
              </li>
            ))}
          </ul>
        </Figure>
      </div>
      {opened && <RawDrawer claim={claim} line={opened} onClose={close} />}
    </>
  );
}
