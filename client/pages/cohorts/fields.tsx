import { useState } from 'react';
import { z } from 'zod';
import { Comparison } from '#contract/cohort';
import { Popover } from '../../components/popover.tsx';
import { noun, plural } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { nameOf } from '../person/labs.ts';
import { changed, type Fields } from './draft.ts';
import { type Choice, EVENTS, type Field, type Offered } from './rule-forms.ts';

interface FormProps {
  readonly fields: readonly Field[];
  readonly values: Fields;
  readonly offered: Offered;
  readonly onChange: (values: Fields) => void;
}

/** The fields of a rule or of its event, side by side. */
export const RuleFields = ({ fields, values, offered, onChange }: FormProps) =>
  fields.map((field) => (
    <OneField
      key={field.name}
      field={field}
      value={values[field.name]}
      offered={offered}
      onChange={(value) => {
        const cleared = field.is === 'one' ? (field.clears ?? []) : [];
        onChange(
          changed(values, { ...Object.fromEntries(cleared.map((name) => [name, undefined])), [field.name]: value }),
        );
      }}
    />
  ));

interface FieldProps<F extends Field = Field> {
  readonly field: F;
  /** Whatever the draft holds; undefined where it is not filled in. */
  readonly value: unknown;
  readonly offered: Offered;
  readonly onChange: (value: unknown) => void;
}

function OneField({ field, ...rest }: FieldProps) {
  switch (field.is) {
    case 'number':
      return <NumberField label={field.label} most={field.most} hint={field.hint} {...rest} />;
    case 'day':
      return (
        <label className="field">
          {field.label}
          <input
            type="date"
            value={String(rest.value ?? '')}
            onChange={({ target }) => rest.onChange(target.value || undefined)}
          />
        </label>
      );
    case 'one':
      return <One label={field.label} choices={field.choices} {...rest} />;
    case 'several':
      return <Several label={field.label} choices={field.choices} none={field.none} {...rest} />;
    case 'words':
      return <Typed label={field.label} hint={field.hint} {...rest} />;
    case 'codes':
      return <CodesField field={field} {...rest} />;
    case 'window':
      return <WindowField field={field} {...rest} />;
    case 'comparison':
      return <ComparisonField field={field} {...rest} />;
    case 'days':
      return <DaysField {...rest} />;
    case 'event':
      return <EventField field={field} {...rest} />;
  }
}

interface Control {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const NumberField = ({
  label,
  value,
  onChange,
  most = 10_000,
  hint,
}: Control & { most?: number | undefined; hint?: string | undefined }) => (
  <label className="field short">
    {label}
    <input
      type="number"
      inputMode="decimal"
      step="any"
      max={most}
      placeholder={hint}
      value={typeof value === 'number' ? value : ''}
      onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)}
    />
  </label>
);

function One({ label, choices, value, onChange }: Control & { choices: readonly Choice[] }) {
  const held = choices.findIndex((choice) => choice.value === value);
  const unlisted = held < 0;
  return (
    <label className="field">
      {label}
      <select value={held} onChange={({ target }) => onChange(choices[Number(target.value)]?.value)}>
        {unlisted && (
          <option value={-1} disabled>
            {value !== undefined ? String(value) : choices.length > 0 ? 'choose' : 'none in these data'}
          </option>
        )}
        {choices.map((choice, at) => (
          <option key={String(choice.value)} value={at}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}

const MANY = 12;
const SHOWN = 60;

/** A button that says what is chosen and opens the list to choose from. */
function Several({
  label,
  choices,
  none,
  value,
  onChange,
}: Control & { choices: readonly Choice[]; none?: string | undefined }) {
  const [sought, setSought] = useState('');
  const held: readonly unknown[] = Array.isArray(value) ? value : [];
  const called = (one: unknown) => choices.find((choice) => choice.value === one)?.label ?? String(one);
  const unlisted = held.filter((one) => !choices.some((choice) => choice.value === one));
  const all = [...unlisted, ...choices.map((choice) => choice.value)];
  const found = all.filter((one) => `${called(one)} ${one}`.toLowerCase().includes(sought.trim().toLowerCase()));
  const shown = found.length > SHOWN ? [...held, ...found.filter((one) => !held.includes(one))].slice(0, SHOWN) : found;
  const set = (values: readonly unknown[]) => onChange(values.length > 0 ? values : undefined);
  const [first] = held;
  const said =
    held.length === 0
      ? (none ?? 'choose')
      : held.length === 1
        ? called(first)
        : `${called(first)} or ${held.length - 1} more`;
  return (
    <div className="field">
      <span aria-hidden="true">{label}</span>
      <Popover
        className={held.length === 0 && none === undefined ? 'pick missing' : 'pick'}
        title={label}
        label={
          <>
            <span className="unseen">{label}: </span>
            <span className="pick-said">{said}</span>
          </>
        }
      >
        <fieldset className="values">
          <legend className="unseen">{label}</legend>
          {choices.length > MANY && (
            <input
              type="search"
              aria-label={`Find in ${label.toLowerCase()}`}
              placeholder="Find"
              value={sought}
              onChange={({ target }) => setSought(target.value)}
            />
          )}
          {all.length === 0 && <p className="quiet">These data have none.</p>}
          <div className="values-list">
            {shown.map((one) => (
              <label key={String(one)}>
                <input
                  type="checkbox"
                  checked={held.includes(one)}
                  onChange={({ target }) =>
                    set(target.checked ? [...held, one] : held.filter((other) => other !== one))
                  }
                />
                {called(one)}
              </label>
            ))}
          </div>
          {found.length > shown.length && (
            <p className="quiet">{count(found.length - shown.length)} more: type a part of the name.</p>
          )}
          {held.length > 0 && (
            <button type="button" className="link" onClick={() => set([])}>
              Clear
            </button>
          )}
        </fieldset>
      </Popover>
    </div>
  );
}

/** Words with commas between. */
function Typed({ label, hint, value, onChange }: Control & { hint: string }) {
  const held = Array.isArray(value) ? value.join(', ') : '';
  const [text, setText] = useState(held);
  const wordsIn = (typed: string) => typed.split(/[\s,;]+/).filter(Boolean);
  return (
    <label className="field">
      {label}
      <input
        placeholder={hint}
        autoComplete="off"
        spellCheck={false}
        value={wordsIn(text).join() === wordsIn(held).join() ? text : held}
        onChange={({ target }) => {
          setText(target.value);
          const words = wordsIn(target.value);
          onChange(words.length > 0 ? words : undefined);
        }}
      />
    </label>
  );
}

const Lists = z
  .array(
    z.union([
      z.object({ kind: z.literal('set'), name: z.string() }),
      z.object({ kind: z.literal('codes'), system: z.string(), codes: z.array(z.string()).catch([]) }),
    ]),
  )
  .catch([]);
const Texts = z.array(z.string()).catch([]);

const CODE = noun('code');

/** Value sets by name, results by name, codes as they are typed: each a list, and any of them counts. */
function CodesField({ field, value, offered, onChange }: FieldProps<Extract<Field, { is: 'codes' }>>) {
  const lists = Lists.parse(value);
  const sets = lists.filter((list) => list.kind === 'set');
  const typed = lists.filter((list) => list.kind === 'codes');
  const emit = (next: typeof lists) => onChange(next.length > 0 ? next : undefined);
  const systems: readonly string[] = field.systems;
  const valueSets = offered.valueSets
    .filter((set) => set.systems.some((system) => systems.includes(system)))
    .map(({ value, label, codes }) => ({ value, label: `${label}, ${plural(codes, CODE)}` }));
  const [system = 'loinc'] = systems;
  return (
    <>
      {field.labs && (
        <Several
          label={field.label}
          none={sets.length > 0 ? 'as the value sets' : undefined}
          choices={offered.labs.map(({ value, label, system }) => ({
            value: `${system} ${value}`,
            label: calledLab(value, label),
          }))}
          value={typed.flatMap(({ system, codes }) => codes.map((code) => `${system} ${code}`))}
          onChange={(chosen) => emit([...sets, ...bySystem(Texts.parse(chosen))])}
        />
      )}
      <Several
        label={field.name === 'principal' ? `${field.label}: value sets` : 'Value sets'}
        none="none"
        choices={valueSets}
        value={sets.map(({ name }) => name)}
        onChange={(chosen) => emit([...Texts.parse(chosen).map((name) => ({ kind: 'set' as const, name })), ...typed])}
      />
      {!field.labs &&
        typed.map((list, at) => (
          <TypedCodes
            key={`list ${String(at)}`}
            list={list}
            systems={systems}
            onChange={(next) => emit([...sets, ...typed.flatMap((one) => (one === list ? (next ?? []) : one))])}
          />
        ))}
      {!field.labs && (
        <button
          type="button"
          className="link add-codes"
          onClick={() => emit([...lists, { kind: 'codes', system, codes: [] }])}
        >
          {typed.length > 0 ? 'More codes' : field.name === 'principal' ? 'Type diagnosis codes' : 'Type codes'}
        </button>
      )}
    </>
  );
}

const calledLab = (code: string, title: string): string => {
  const name = nameOf({ lane: 'observation', code, title });
  return name === code ? code : `${name}, ${code}`;
};

/** "loinc 4548-4" and its like as lists of codes, one for each system. */
function bySystem(chosen: readonly string[]) {
  const codes = new Map<string, string[]>();
  for (const one of chosen) {
    const [system = '', code = ''] = one.split(' ');
    codes.set(system, [...(codes.get(system) ?? []), code]);
  }
  return [...codes].map(([system, list]) => ({ kind: 'codes' as const, system, codes: list }));
}

type TypedList = Extract<z.infer<typeof Lists>[number], { kind: 'codes' }>;

const TypedCodes = ({
  list,
  systems,
  onChange,
}: {
  list: TypedList;
  systems: readonly string[];
  onChange: (list: TypedList | null) => void;
}) => (
  <div className="typed-codes">
    <One
      label="System"
      choices={systems.map((value) => ({ value, label: value.toUpperCase() }))}
      value={list.system}
      onChange={(system) => onChange({ ...list, system: String(system) })}
    />
    <Typed
      label="Codes"
      hint="E11*, I50.9"
      value={list.codes}
      onChange={(codes) => onChange({ ...list, codes: Texts.parse(codes) })}
    />
    <button type="button" className="link" onClick={() => onChange(null)}>
      Remove codes
    </button>
  </div>
);

const Held = z.record(z.string(), z.unknown()).catch({});

const SPANS = ['absent', 'months', 'days', 'between'] as const;

/** Ever, the last months or days, or between two days. */
function WindowField({ field, value, onChange }: FieldProps<Extract<Field, { is: 'window' }>>) {
  const held = Held.parse(value);
  const span = value === undefined ? 'absent' : held.kind === 'between' ? 'between' : held.unit;
  const titles = {
    absent: field.absent,
    months: 'in the last months',
    days: 'in the last days',
    between: 'between two days',
  };
  const choose = (next: unknown) => {
    if (next === 'absent') return onChange(undefined);
    if (next === 'between') return onChange({ kind: 'between' });
    onChange({ kind: 'last', count: next === 'days' ? 90 : 12, unit: next, ending: 0 });
  };
  const set = (by: Fields) => onChange(changed(held, by));
  const day = (name: 'from' | 'to', label: string) => (
    <label className="field">
      {label}
      <input
        type="date"
        value={String(held[name] ?? '')}
        onChange={({ target }) => set({ [name]: target.value || undefined })}
      />
    </label>
  );
  return (
    <>
      <One
        label={field.label}
        choices={SPANS.map((one) => ({ value: one, label: titles[one] }))}
        value={span}
        onChange={choose}
      />
      {(span === 'months' || span === 'days') && (
        <>
          <NumberField label={`How many ${span}`} most={3660} value={held.count} onChange={(count) => set({ count })} />
          <NumberField
            label={`Ending, ${span} ago`}
            most={3660}
            hint="0"
            value={held.ending === 0 ? undefined : held.ending}
            onChange={(ending) => set({ ending: ending ?? 0 })}
          />
        </>
      )}
      {span === 'between' && (
        <>
          {day('from', 'From')}
          {day('to', 'Until')}
        </>
      )}
    </>
  );
}

function ComparisonField({ field, value, onChange }: FieldProps<Extract<Field, { is: 'comparison' }>>) {
  const held = Held.parse(value);
  const any: Choice[] = field.optional ? [{ value: undefined, label: 'any' }] : [];
  return (
    <>
      <One
        label={field.label}
        choices={[...any, ...Comparison.shape.is.options.map((value) => ({ value, label: value }))]}
        value={held.is}
        onChange={(is) => onChange(is === undefined ? undefined : { ...held, is })}
      />
      {value !== undefined && (
        <NumberField
          label="Number"
          most={1e9}
          value={held.value}
          onChange={(value) => onChange(changed(held, { value }))}
        />
      )}
    </>
  );
}

function DaysField({ value, onChange }: Pick<FieldProps, 'value' | 'onChange'>) {
  const held = Held.parse(value);
  return (
    <>
      <NumberField
        label="From day"
        most={3660}
        hint="1"
        value={held.from}
        onChange={(from) => onChange(changed(held, { from }))}
      />
      <NumberField label="To day" most={3660} value={held.to} onChange={(to) => onChange(changed(held, { to }))} />
    </>
  );
}

function EventField({ field, value, offered, onChange }: FieldProps<Extract<Field, { is: 'event' }>>) {
  const held = Held.parse(value);
  const form = EVENTS[String(held.of)];
  return (
    <fieldset className="event">
      <legend className="unseen">{field.label}</legend>
      <One
        label={field.label}
        choices={Object.entries(EVENTS).map(([value, { title }]) => ({ value, label: title }))}
        value={held.of}
        onChange={(of) => onChange(EVENTS[String(of)]?.blank)}
      />
      {form && <RuleFields fields={form.fields(held, offered)} values={held} offered={offered} onChange={onChange} />}
    </fieldset>
  );
}
