import { count } from './number.ts';

/** What is counted: `noun('stay')`, `noun('person', 'people')`. */
export type Noun = { one: string; many: string };

export const noun = (one: string, many = `${one}s`): Noun => ({ one, many });

/** "1 stay", "1,204 stays", "0 stays" */
export const plural = (n: number, { one, many }: Noun): string => `${count(n)} ${n === 1 ? one : many}`;

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Under ten in letters, as a sentence has it: "no", "five", "17". */
export const inWords = (n: number): string => small[n] ?? count(n);

/** A count inside a sentence: "no hospitals", "one hospital", "17 hospitals" */
export const spelled = (n: number, { one, many }: Noun): string => `${inWords(n)} ${n === 1 ? one : many}`;

/** "A", "A and B", "A, B and C" */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A label inside a sentence: first letter down, unless it begins a short form such as "LDL", or a name. */
export const inSentence = (label: string): string =>
  /^[A-Z][a-z]/.test(label) && !/^(Medic(are|aid)|Part [A-D]|Alzheimer|Parkinson)\b/.test(label)
    ? label.charAt(0).toLowerCase() + label.slice(1)
    : label;

/** First letter up; the rest as it stands. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
