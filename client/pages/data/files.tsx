import { useQuery } from '@tanstack/react-query';
import type { SourceFile } from '#contract/run';
import { accountingQuery } from '../../api/data.ts';
import { recordBar } from '../../charts/record-bar.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope, useTable } from '../../state/use-scope.ts';
import { money } from '../money.ts';
import { Ledger } from './ledger.tsx';

/** Records of a file that none of its counts explains; zero, or the account is wrong. */
export const unaccounted = (file: SourceFile): number =>
  file.physical_records -
  (file.header_records + file.blank_records + file.loaded + file.quarantined + file.duplicate + file.skipped);

const NO_OPTIONS = {};

/** Where every record of every file went, and every row between stages. */
export function Files({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(accountingQuery(mode));
  const table = useTable(letter);
  if (!answer.data)
    return (
      <Figure letter={letter} title="Where every record went">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  const { files, stages, leftOut } = answer.data;
  const recognised = files.filter(({ format }) => format !== null);
  const withDollars = files.filter(({ amount_raw }) => amount_raw !== null);
  const unread = files.filter(({ format }) => format === null);
  return (
    <ChartFigure
      letter={letter}
      chart={recordBar}
      rows={recognised}
      options={NO_OPTIONS}
      fileName="files"
      table={table}
      note={[
        ...(unread.length > 0 ? [`Not recognised, and not read: ${plural(unread.length, noun('file'))}.`] : []),
        ...(leftOut > 0
          ? [`Not told in shareable mode: ${plural(leftOut, noun('account'))} with 1 to 10 records.`]
          : []),
      ].join(' ')}
      below={
        <>
          <Folded label="Each file: physical = header + blank + loaded + quarantined + duplicate + skipped">
            <DataTable caption="Files" columns={fileColumns} rows={files} id={({ file_id }) => String(file_id)} />
          </Folded>
          {withDollars.length > 0 && (
            <Folded label="Each file in dollars: what its bytes say = loaded + quarantined + duplicate + skipped">
              <DataTable
                caption="Dollars of files"
                columns={dollarColumns}
                rows={withDollars}
                id={({ file_id }) => String(file_id)}
              />
            </Folded>
          )}
          {stages.length > 0 && (
            <Folded label="From the files to the numbers: every row and every dollar, stage by stage">
              <Ledger stages={stages} />
            </Folded>
          )}
        </>
      }
    />
  );
}

const counted = (
  key: keyof SourceFile &
    ('physical_records' | 'header_records' | 'blank_records' | 'loaded' | 'quarantined' | 'duplicate' | 'skipped'),
  label: string,
): Column<SourceFile> => ({
  key,
  label,
  align: 'right',
  show: (file) => count(file[key]),
  by: (file) => file[key],
  total: (files) => count(files.reduce((sum, file) => sum + file[key], 0)),
});

const fileColumn: Column<SourceFile> = {
  key: 'path',
  label: 'File',
  show: ({ path, kind, note }) => (
    <>
      <code className="origin">{path}</code>
      <small className="below">{note ?? kind}</small>
    </>
  ),
  by: ({ path }) => path,
  total: () => 'All files',
};

const fileColumns: Column<SourceFile>[] = [
  fileColumn,
  counted('physical_records', 'Physical'),
  counted('header_records', 'Header'),
  counted('blank_records', 'Blank'),
  counted('loaded', 'Loaded'),
  counted('quarantined', 'Quarantined'),
  counted('duplicate', 'Duplicate'),
  counted('skipped', 'Skipped'),
  {
    key: 'left',
    label: 'Unaccounted',
    align: 'right',
    show: (file) => (unaccounted(file) === 0 ? '0' : <b className="bad">{count(unaccounted(file))}</b>),
    by: unaccounted,
    total: (files) => count(files.reduce((sum, file) => sum + unaccounted(file), 0)),
  },
];

const paid = (key: string, label: string, of: (file: SourceFile) => number): Column<SourceFile> => ({
  key,
  label,
  align: 'right',
  show: (file) => money(of(file)),
  by: of,
  total: (files) => money(files.reduce((sum, file) => sum + of(file), 0)),
});

/** Dollars in the bytes of a file that none of its counts explains, to the cent. */
const difference = (file: SourceFile): number =>
  Math.round(
    100 *
      ((file.amount_raw ?? 0) -
        (file.amount_loaded ?? 0) -
        (file.amount_quarantined ?? 0) -
        (file.amount_duplicate ?? 0) -
        (file.amount_skipped ?? 0)),
  ) / 100;

const dollarColumns: Column<SourceFile>[] = [
  fileColumn,
  paid('raw', 'In its bytes', ({ amount_raw }) => amount_raw ?? 0),
  paid('loaded', 'Loaded', ({ amount_loaded }) => amount_loaded ?? 0),
  paid('quarantined', 'Quarantined', ({ amount_quarantined }) => amount_quarantined ?? 0),
  paid('duplicate', 'Duplicate', ({ amount_duplicate }) => amount_duplicate ?? 0),
  paid('skipped', 'Skipped', ({ amount_skipped }) => amount_skipped ?? 0),
  paid('difference', 'Difference', difference),
];
