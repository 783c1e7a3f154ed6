import type { TimelineEvent } from '#contract/patient';
import { Dialog } from '../../components/dialog.tsx';
import { day, daysBetween } from '../../format/date.ts';
import { encounterLabel } from '../../format/label.ts';
import { noun, plural } from '../../format/noun.ts';
import { money } from '../money.ts';
import { ClaimRoute } from '../record-links.tsx';
import { nameOf, unitOf } from './labs.ts';

const sources: Readonly<Record<string, string>> = { claim: 'Claims', ehr: 'EHR', both: 'Claims and EHR' };

/** One mark of the timeline: what it is, who says so, and the claims behind it. */
export function EventDrawer({ event, onClose }: { event: TimelineEvent; onClose: () => void }) {
  const { start_date, end_date, claim_ids } = event;
  const facts: [string, string | null][] = [
    ['Setting', encounterLabel(event.lane)],
    [
      'When',
      end_date && end_date !== start_date
        ? `${day(start_date)} to ${day(end_date)}, ${plural(daysBetween(start_date, end_date), noun('day'))}`
        : day(start_date),
    ],
    ['Where', event.facility],
    ['Detail', event.detail],
    ['Code', event.code],
    ['Result', event.value === null ? null : `${event.value} ${unitOf(event.unit)}`],
    ['Paid', event.paid_amount === null ? null : `$${money(event.paid_amount)}`],
    ['Known from', sources[event.source] ?? event.source],
    ['Risk at discharge', event.discharge_risk ?? null],
    ['Counts as', event.readmission ? 'an unplanned return within 30 days' : null],
  ];
  return (
    <Dialog title={nameOf(event)} kind="drawer" onClose={onClose}>
      <dl className="definition">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h3>{claim_ids.length === 0 ? 'No claim stands behind it' : plural(claim_ids.length, noun('claim'))}</h3>
      <ul className="claims">
        {claim_ids.map((id) => (
          <li key={id}>
            <ClaimRoute id={id} source={event.source_name}>
              {id}
            </ClaimRoute>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
