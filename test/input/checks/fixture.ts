/** Tables by name as pipe tables; a column that is not listed is null. */
export type Given = Readonly<Record<string, string>>;

/** The smallest data that break a check, and the smallest to which it applies and which keep it. */
export interface Fixture {
  readonly fails: Given;
  readonly passes: Given;
}

export type Fixtures = Readonly<Record<string, Fixture>>;

/** Header, one row that breaks the rule, rows that keep it. */
type OnRows = readonly [header: string, fails: string, ...passes: string[]];

/** Fixtures of rules on the rows of one input table, by their ids behind the name of the table. */
export const onRows = (table: string, rules: Readonly<Record<string, OnRows>>): Fixtures =>
  Object.fromEntries(
    Object.entries(rules).map(([id, [header, fails, ...passes]]) => [
      `${table.replaceAll('_', '-')}-${id}`,
      {
        fails: { [`input.${table}`]: [header, fails].join('\n') },
        passes: { [`input.${table}`]: [header, ...passes].join('\n') },
      },
    ]),
  );
