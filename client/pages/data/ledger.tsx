import type { Reconciliation } from '#contract/run';
import { count } from '../../format/number.ts';
import { money } from '../money.ts';

const dollars = (amount: number | null) => (amount === null ? '' : money(amount));

interface Stage extends Omit<Reconciliation, 'reason' | 'rows' | 'amount'> {
  readonly leftOut: Pick<Reconciliation, 'reason' | 'rows' | 'amount'>[];
}

/** The lines of each stage together, in the order of the run; a stage that leaves nothing out has no reasons. */
function byStage(lines: readonly Reconciliation[]): Stage[] {
  const stages = new Map<string, Stage>();
  for (const { reason, rows, amount, ...whole } of lines) {
    const stage = stages.get(whole.stage) ?? { ...whole, leftOut: [] };
    if (rows > 0) stage.leftOut.push({ reason, rows, amount });
    stages.set(whole.stage, stage);
  }
  return [...stages.values()];
}

/** Stage by stage: what went in, less what was left out and why, is what came out; rows, and dollars where they are followed. */
export function Ledger({ stages }: { stages: readonly Reconciliation[] }) {
  const ledger = byStage(stages);
  return (
    <table className="ledger">
      <caption className="unseen">Rows and dollars from stage to stage</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col" className="right">
            Rows
          </th>
          <th scope="col" className="right">
            Dollars
          </th>
        </tr>
      </thead>
      {ledger.map(({ stage, rows_in, rows_out, amount_in, amount_out, leftOut }) => (
        <tbody key={stage}>
          <tr>
            <th scope="rowgroup">{stage.replaceAll('->', 'to')}</th>
            <td className="right">{count(rows_in)}</td>
            <td className="right">{dollars(amount_in)}</td>
          </tr>
          {leftOut.map(({ reason, rows, amount }) => (
            <tr key={reason} className="less">
              <th scope="row">less: {reason}</th>
              <td className="right">{count(rows)}</td>
              <td className="right">{dollars(amount)}</td>
            </tr>
          ))}
          {leftOut.length > 0 && (
            <tr className="less out">
              <th scope="row">goes on</th>
              <td className="right">{count(rows_out)}</td>
              <td className="right">{dollars(amount_out)}</td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  );
}
