import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FileFormat } from '#contract/export';
import type { Mode } from '#contract/result';
import { type Chosen, type Exported, fileAddress, manifestQuery } from '../api/export.ts';
import { Popover } from '../components/popover.tsx';
import { noun, plural, sentence } from '../format/noun.ts';
import { useScope, useSession } from '../state/use-scope.ts';

interface ExportMenuProps extends Exported {
  /** The list names people: it has no shareable form, and a de-identified one. */
  readonly persons?: boolean;
}

const FORMATS: readonly { readonly id: FileFormat; readonly title: string; readonly words: string }[] = [
  { id: 'csv', title: 'CSV', words: 'text, for anything' },
  { id: 'xlsx', title: 'Excel', words: 'with a sheet about it' },
  { id: 'parquet', title: 'Parquet', words: 'typed, for DuckDB, Python, R' },
  { id: 'arrow', title: 'Arrow', words: 'a typed stream' },
];

/** The whole list as a file: in which format, for whose eyes, and how many rows that is. */
export function ExportMenu(props: ExportMenuProps) {
  const [isOpen, open] = useState(false);
  return (
    <Popover label="Export" title="Export the list" className="link" onOpen={() => open(true)}>
      {isOpen && <Choices {...props} />}
    </Popover>
  );
}

function Choices({ path, query, persons = false }: ExportMenuProps) {
  const scope = useScope();
  const { modes } = useSession();
  const [{ mode, ...chosen }, choose] = useState<Chosen & { mode: Mode }>({
    ...{ format: 'csv', bom: false, manifest: false, deidentified: false },
    mode: scope.mode,
  });
  const exported = { path, query: { ...query, mode } };
  const manifest = useQuery(manifestQuery(exported, chosen.deidentified));
  const rows = manifest.data && plural(manifest.data.rows, noun('row'));
  return (
    <div className="export">
      <Radios
        legend="Format"
        options={FORMATS}
        value={chosen.format}
        onChoose={(format) => choose({ ...chosen, mode, format })}
      />
      {persons ? (
        <Radios
          legend="People"
          options={[
            { id: 'named', title: 'By name', words: 'noted in the audit log' },
            { id: 'deidentified', title: 'De-identified', words: 'no names, ids, exact dates, places' },
          ]}
          value={chosen.deidentified ? 'deidentified' : 'named'}
          onChoose={(id) => choose({ ...chosen, mode, deidentified: id === 'deidentified' })}
        />
      ) : (
        <Radios
          legend="Small counts"
          options={[
            ...(modes.includes('identified')
              ? [{ id: 'identified' as const, title: 'As they are', words: 'noted in the audit log' }]
              : []),
            { id: 'shareable' as const, title: 'Hidden', words: '1 to 10 people, to share' },
          ]}
          value={mode}
          onChoose={(mode) => choose({ ...chosen, mode })}
        />
      )}
      {chosen.format === 'csv' && (
        <div>
          <Check
            label="UTF-8 mark for old Excel"
            checked={chosen.bom}
            onChange={(bom) => choose({ ...chosen, mode, bom })}
          />
          <Check
            label="With its manifest, in a zip"
            checked={chosen.manifest}
            onChange={(manifest) => choose({ ...chosen, mode, manifest })}
          />
        </div>
      )}
      {manifest.error ? (
        <p role="alert">{sentence(manifest.error.message)}</p>
      ) : (
        <a className="action main" download href={fileAddress(exported, chosen)} aria-live="polite">
          {rows ? `Download ${rows}` : 'Counting the rows'}
        </a>
      )}
    </div>
  );
}

interface RadiosProps<Id extends string> {
  readonly legend: string;
  readonly options: readonly { readonly id: Id; readonly title: string; readonly words: string }[];
  readonly value: Id;
  readonly onChoose: (id: Id) => void;
}

function Radios<Id extends string>({ legend, options, value, onChoose }: RadiosProps<Id>) {
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ id, title, words }) => (
        <label key={id} className="check">
          <input type="radio" name={name} checked={value === id} onChange={() => onChoose(id)} />
          <span>
            {title} <small>{words}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

const Check = ({ label, checked, onChange }: CheckProps) => (
  <label className="check">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
);
