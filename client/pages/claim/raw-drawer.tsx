import '../../styles/evidence.css';
import { useQuery } from '@tanstack/react-query';
import type { Claim, RawLine } from '#contract/patient';
import { rawLineQuery } from '../../api/patients.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { money } from '../money.ts';

type Line = Claim['lines'][number];

interface RawDrawerProps {
  readonly claim: Claim;
  readonly line: Line;
  readonly onClose: () => void;
}

/** One line of a claim as it is counted, beside the record that it was read from. */
export function RawDrawer({ claim, line, onClose }: RawDrawerProps) {
  const answer = useQuery(rawLineQuery(claim.claim_id, claim.source_name, line.file_id, line.line_number));
  return (
    <Dialog title={`Line ${line.claim_line_number}, counted and delivered`} kind="drawer" onClose={onClose}>
      <div className="raw">
        <section>
          <h3>As counted</h3>
          <Pairs pairs={counted(claim, line)} />
        </section>
        <section>
          <h3>As delivered</h3>
          {answer.data ? <Delivered raw={answer.data} /> : <Waiting on={[answer]} lines={12} />}
        </section>
      </div>
    </Dialog>
  );
}

const Pairs = ({ pairs }: { pairs: readonly { readonly name: string; readonly value: string }[] }) => (
  <dl className="raw-pairs">
    {pairs.map(({ name, value }, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: nothing but its place tells two columns without a name apart
      <div key={at}>
        <dt>{name || 'no name'}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const dollars = (amount: number | null) => amount !== null && `$${money(amount)}`;

/** What the tables hold of a line; what they lack is left out. */
const counted = (claim: Claim, line: Line) =>
  Object.entries({
    Claim: claim.claim_id,
    Line: line.claim_line_number,
    Date: line.line_start_date && day(line.line_start_date),
    Service: line.service_category,
    'Revenue center': line.revenue_center_code,
    Procedure: line.hcpcs_code,
    Drug: line.ndc_code,
    Place: line.place_of_service_code,
    Units: line.units !== null && String(line.units),
    'Rendering NPI': line.rendering_npi,
    Charged: dollars(line.charge_amount),
    Allowed: dollars(line.allowed_amount),
    Paid: dollars(line.paid_amount),
  }).flatMap(([name, value]) => (value ? [{ name, value }] : []));

const UNTOLD: Readonly<Record<Exclude<RawLine['state'], 'shown'>, (file: string) => readonly [string, string]>> = {
  gone: (file) => [
    `The delivery is not here any more: ${file}`,
    'Numbers stay as they were read. To see the line, put the file back where the run found it.',
  ],
  changed: (file) => [
    `The file has changed since it was read: ${file}`,
    'Its bytes are not those that were counted, so no line of it is shown. A new run reads it as it is now.',
  ],
  'no lines': (file) => [`A file by columns, which has no lines: ${file}`, 'Open it with any reader of Parquet.'],
  'too large': (file) => [
    `One large document, in which no record can be looked up: ${file}`,
    'Deliver one record per line to see them here.',
  ],
};

function Delivered({ raw }: { raw: RawLine }) {
  const { file, line_number, run_id, state, text, cut, fields } = raw;
  if (state !== 'shown' || text === null) {
    const [title, words] = UNTOLD[state === 'shown' ? 'gone' : state](file);
    return (
      <Message title={title}>
        <p>{words}</p>
        <p className="quiet">It was read by run {run_id}.</p>
      </Message>
    );
  }
  const filled = fields?.filter(({ value }) => value !== '');
  return (
    <>
      <p className="quiet">
        <code>{file}</code>, line {count(line_number)}, run <code>{run_id}</code>. The file is unchanged since.
      </p>
      {fields && filled && (
        <>
          <Pairs pairs={filled} />
          {fields.length > filled.length && (
            <p className="quiet">{plural(fields.length - filled.length, noun('column is', 'columns are'))} blank.</p>
          )}
        </>
      )}
      {fields ? (
        <details>
          <summary>The text itself</summary>
          <pre>{text}</pre>
        </details>
      ) : (
        <pre>{text}</pre>
      )}
      {cut && <p className="quiet">The record goes on; its first {count(text.length)} characters are shown.</p>}
    </>
  );
}
