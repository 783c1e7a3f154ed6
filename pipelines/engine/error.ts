/** What a run may tell its caller; interface names and numbers, never an exception's class. */
export const EXIT = { done: 0, usage: 2, refused: 3, blocked: 4, internal: 5, held: 75 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error made for people: its message says what happened, to which file, and what to do. Anything else is a bug. */
export class PeopleError extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PeopleError';
    this.exitCode = exitCode;
  }
}
