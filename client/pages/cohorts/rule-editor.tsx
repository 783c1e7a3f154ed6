import type { AttritionStep } from '#contract/cohort';
import { Popover } from '../../components/popover.tsx';
import { count } from '../../format/number.ts';
import { canNest, type Draft, insideOf, isGroup, type Problem, problemsAt, rulesOf, turned } from './draft.ts';
import { RuleFields } from './fields.tsx';
import { FORMS, formOf, type Offered } from './rule-forms.ts';

interface EditorProps {
  readonly draft: Draft;
  /** Where it stands in the tree, such as `rules.0.rule`; '' for the root. */
  readonly path: string;
  readonly offered: Offered;
  readonly problems: readonly Problem[];
  readonly steps: readonly AttritionStep[];
  readonly onChange: (draft: Draft) => void;
}

const below = (path: string, part: string): string => (path ? `${path}.${part}` : part);
const idOf = (path: string): string => `rule-${path.replaceAll('.', '-') || 'root'}`;

/** After the next drawing, so that what was added or what follows is there. */
const focusOn = (path: string) =>
  requestAnimationFrame(() => document.getElementById(idOf(path))?.focus({ preventScroll: true }));

/** A group of rules: all or any of them, and what can be added. */
export function GroupEditor({ draft, path, onChange, ...rest }: EditorProps) {
  const rules = rulesOf(draft);
  const set = (next: readonly Draft[]) => onChange({ ...draft, rules: next });
  const add = (blank: Draft) => {
    set([...rules, blank]);
    focusOn(below(path, `rules.${rules.length}`));
  };
  return (
    <div className="rules" id={path ? undefined : idOf('')} tabIndex={-1}>
      {rules.length > 1 && (
        <label className="rules-of">
          People who fit{' '}
          <select value={draft.kind} onChange={({ target }) => onChange({ ...draft, kind: target.value })}>
            <option value="all">all</option>
            <option value="any">any</option>
          </select>{' '}
          of these rules
        </label>
      )}
      <ol>
        {rules.map((rule, at) => (
          <li key={below(path, `rules.${at}`)}>
            <RuleEditor
              {...rest}
              draft={rule}
              path={below(path, `rules.${at}`)}
              onChange={(next) => set(rules.with(at, next))}
              onRemove={() => {
                set(rules.toSpliced(at, 1));
                focusOn(path);
              }}
              onUp={at > 0 ? () => set(rules.toSpliced(at - 1, 2, rule, ...rules.slice(at - 1, at))) : undefined}
            />
          </li>
        ))}
      </ol>
      <Add onAdd={add} nests={canNest(path.split('.').length / 2)} />
      <Problems found={problemsAt(rest.problems, path, true)} />
    </div>
  );
}

interface RuleProps extends EditorProps {
  readonly onRemove: () => void;
  readonly onUp: (() => void) | undefined;
}

/** One rule: whether people have it or not, its fields, who is left after it, and what is wrong with it. */
function RuleEditor({ draft, path, onChange, onRemove, onUp, ...rest }: RuleProps) {
  const inside = insideOf(draft);
  const isTurned = draft.kind === 'not';
  const form = formOf(inside);
  const group = isGroup(inside);
  const title = group ? 'Group' : (form?.title ?? inside.kind);
  const step = rest.steps.find((one) => one.path === path);
  const put = (next: Draft) => onChange(isTurned ? { kind: 'not', rule: next } : next);
  const insidePath = isTurned ? below(path, 'rule') : path;
  return (
    <fieldset className="rule" id={idOf(path)} tabIndex={-1}>
      <legend className="unseen">{title}</legend>
      <div className="rule-head">
        <select
          aria-label={`${title}: with or without`}
          value={isTurned ? 'without' : 'with'}
          onChange={() => onChange(turned(draft))}
        >
          <option value="with">With</option>
          <option value="without">Without</option>
        </select>
        <b>{title}</b>
        <span className="rule-left" aria-live="polite">
          {step && step.persons !== null && `${count(step.persons)} left`}
        </span>
        {onUp && (
          <button type="button" className="link" onClick={onUp}>
            Up<span className="unseen">: {title}</span>
          </button>
        )}
        <button type="button" className="link" onClick={onRemove}>
          Remove<span className="unseen"> {title}</span>
        </button>
      </div>
      {group ? (
        <GroupEditor {...rest} draft={inside} path={insidePath} onChange={put} />
      ) : (
        form && (
          <div className="rule-fields">
            <RuleFields
              fields={form.fields(inside, rest.offered)}
              values={inside}
              offered={rest.offered}
              onChange={(values) => put({ ...values, kind: inside.kind })}
            />
          </div>
        )
      )}
      {!group && <Problems found={problemsAt(rest.problems, path, false)} />}
    </fieldset>
  );
}

const Problems = ({ found }: { found: readonly Problem[] }) =>
  found.length > 0 && (
    <div className="problems" role="status">
      {found.map(({ path, words, isMissing }) => (
        <p key={`${path} ${words}`} className={isMissing ? undefined : 'bad'}>
          {words}.
        </p>
      ))}
    </div>
  );

const GROUPS = [...new Set(FORMS.map(({ group }) => group))];

/** The menu of rules. */
function Add({ onAdd, nests }: { onAdd: (blank: Draft) => void; nests: boolean }) {
  const button = (title: string, blank: Draft) => (
    <button
      key={title}
      type="button"
      onClick={({ currentTarget }) => {
        currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        onAdd(blank);
      }}
    >
      {title}
    </button>
  );
  return (
    <Popover label="Add a rule" title="Add a rule" className="action">
      <div className="rule-menu">
        {GROUPS.map((group) => (
          <section key={group} className="menu" aria-label={group}>
            <p className="quiet">{group}</p>
            {FORMS.filter((form) => form.group === group).map(({ title, blank }) => button(title, blank))}
            {group === GROUPS.at(-1) && nests && button('A group of rules', { kind: 'any', rules: [] })}
          </section>
        ))}
      </div>
    </Popover>
  );
}
