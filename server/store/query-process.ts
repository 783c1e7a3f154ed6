import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../http/error.ts';
import type { Column } from './columns.ts';
import { type Asked, type Engine, type Found, type Statement, tooHard } from './engine.ts';
import type { Batch, FromChild, ToChild } from './query-child.ts';

/** A question that runs longer no longer shares its process with new ones. */
const SLOW_MS = 250;
/** The process of one that runs longer still works behind all others for the rest of its life. */
const TIRED_MS = 1_500;
const LAST = 19;
/** Of an export, in the scale of Unix where 19 is the last. */
const BEHIND = 5;
/** From asking a process to stop until killing it. */
const GRACE_MS = 1_000;
const BATCH_DEADLINE_MS = 30_000;
/** Processes with slow questions, beside the one that answers and the one that stands by. */
const MOST_ASIDE = 2;
/** How often a question is asked whose process dies. */
const MOST_TRIES = 3;
/** Of a process, for questions that run at once. */
const THREADS = 24;

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './query-child.ts' : './store/query-child.js', import.meta.url),
);

interface Question {
  readonly asked: Asked | Batch;
  readonly stop: AbortSignal;
  readonly aside: () => void;
  readonly resolve: (found: Found) => void;
  readonly reject: (cause: unknown) => void;
  tries: number;
}

/**
 * Answers in child processes. One is in front and takes every new question. When one of its questions turns out slow,
 * the process that stands by goes in front, the quick ones are asked again there, and the slow one keeps the old process
 * for itself: who asks something quick does not notice. A process that does not stop when told is killed; what else ran
 * in it is asked again too, as is a quick question that finds the memory taken.
 */
export class QueryProcesses implements Engine {
  readonly #file: string;
  readonly #hasStandBy: boolean;
  #front: Child | null = null;
  #spare: Child | null = null;
  readonly #aside = new Set<Child>();
  readonly #streams = new Set<Child>();
  #isClosed = false;

  constructor(file: string, { standBy = true } = {}) {
    this.#file = file;
    this.#hasStandBy = standBy;
  }

  /** Of the processes that there are now. */
  get pids(): readonly number[] {
    return this.#all().flatMap(({ pid }) => pid ?? []);
  }

  ask(asked: Asked, stop: AbortSignal, aside: () => void): Promise<Found> {
    return new Promise((resolve, reject) => this.#put({ asked, stop, aside, resolve, reject, tries: 0 }));
  }

  /** In a process of its own, behind all others and ended with the stream. */
  async *stream(asked: Statement, stop: AbortSignal) {
    const child = new Child(this.#file, {
      ready() {},
      slow() {},
      tired() {},
      rested() {},
      starved: ({ reject }, cause) => reject(cause),
      ended: (lost) => {
        this.#streams.delete(child);
        for (const { reject } of lost) reject(tooHard('the process of a stream ended'));
      },
    });
    child.stepBack(BEHIND);
    this.#streams.add(child);
    const kill = () => child.kill();
    stop.addEventListener('abort', kill);
    try {
      for (;;) {
        const columns = await new Promise<Column[]>((resolve, reject) =>
          child.ask({
            ...{ asked: { ...asked, shape: 'batch' }, stop: AbortSignal.timeout(BATCH_DEADLINE_MS), tries: 0 },
            ...{ aside() {}, resolve: ({ columns }) => resolve(columns), reject },
          }),
        );
        if (columns.length === 0) return;
        yield columns;
      }
    } finally {
      stop.removeEventListener('abort', kill);
      kill();
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const child of this.#all()) child.kill();
  }

  #all(): readonly Child[] {
    return [this.#front, this.#spare, ...this.#aside, ...this.#streams].filter((child) => child !== null);
  }

  #put(question: Question): void {
    if (this.#isClosed) question.reject(new Error('the snapshot is closed'));
    else if (question.stop.aborted) question.reject(question.stop.reason);
    else {
      if (!this.#front) [this.#front, this.#spare] = [this.#spare ?? this.#start(), null];
      question.tries += 1;
      this.#front.ask(question);
    }
  }

  #again(question: Question, cause: unknown): void {
    if (question.tries < MOST_TRIES) this.#put(question);
    else question.reject(cause);
  }

  #start(): Child {
    const child: Child = new Child(this.#file, {
      ready: () => {
        this.#standBy();
        this.#relieve();
      },
      slow: () => this.#relieve(),
      tired: () => {
        if (this.#aside.has(child)) child.stepBack(LAST);
      },
      rested: () => this.#takeBack(child),
      // By then who has the memory is slow, and moved aside.
      starved: (question, cause) => void setTimeout(() => this.#again(question, cause), SLOW_MS),
      ended: (lost) => {
        if (this.#front === child) this.#front = null;
        if (this.#spare === child) this.#spare = null;
        this.#aside.delete(child);
        for (const question of lost) this.#again(question, tooHard('the process of a question ended'));
        if (child.isReady) this.#standBy();
        this.#relieve();
      },
    });
    return child;
  }

  /** Somebody stands by whenever nobody is aside, who would come back. */
  #standBy(): void {
    if (this.#hasStandBy && !this.#isClosed && this.#aside.size === 0) this.#spare ??= this.#start();
  }

  #relieve(): void {
    const slow = this.#front;
    if (this.#isClosed || !slow?.isReady || !slow.hasSlow || this.#aside.size >= MOST_ASIDE) return;
    this.#spare ??= this.#start();
    if (!this.#spare.isReady) return;
    [this.#front, this.#spare] = [this.#spare, null];
    this.#aside.add(slow);
    for (const question of slow.stepAside()) this.#front.ask(question);
  }

  #takeBack(child: Child): void {
    if (!this.#aside.delete(child)) return;
    if (this.#spare || child.isBehind) child.kill();
    else this.#spare = child;
    this.#relieve();
  }
}

interface Events {
  /** The snapshot is open. */
  readonly ready: () => void;
  /** A question has become slow, or very slow. */
  readonly slow: () => void;
  readonly tired: () => void;
  /** Every question is answered. */
  readonly rested: () => void;
  /** A question that is not slow found no memory. */
  readonly starved: (question: Question, cause: Refusal) => void;
  /** The process is gone, and these questions of it are not answered. */
  readonly ended: (lost: readonly Question[]) => void;
}

interface Running {
  readonly question: Question;
  readonly began: number;
  /** Lets go of its timers and its signal. */
  readonly done: () => void;
}

const threadsOf = (pid = 0): readonly number[] =>
  process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];

/** One process with the snapshot open, and what it was asked. */
class Child {
  readonly #process: ChildProcess;
  readonly #events: Events;
  readonly #running = new Map<number, Running>();
  #asked = 0;
  #readyAt = Number.POSITIVE_INFINITY;
  #isBehind = false;
  #hasEnded = false;

  constructor(file: string, events: Events) {
    this.#events = events;
    this.#process = fork(CHILD, [file], {
      cwd: dirname(CHILD),
      execArgv: CHILD.endsWith('.ts') ? ['--import', 'tsx'] : [],
      env: { ...process.env, UV_THREADPOOL_SIZE: String(THREADS) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const kill = () => this.kill();
    this.#process
      .on('message', (message: FromChild) => this.#hear(message))
      .on('exit', kill)
      .on('error', kill);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get isReady(): boolean {
    return this.#readyAt < Number.POSITIVE_INFINITY;
  }

  get isBehind(): boolean {
    return this.#isBehind;
  }

  get hasSlow(): boolean {
    return [...this.#running.values()].some(this.#isSlow);
  }

  ask(question: Question): void {
    if (this.#hasEnded) {
      question.reject(tooHard('the process has ended'));
      return;
    }
    const id = this.#asked++;
    const { asked, stop } = question;
    // A timer may be early by a millisecond.
    const timers = [setTimeout(this.#events.slow, SLOW_MS + 1), setTimeout(this.#events.tired, TIRED_MS)];
    const onStop = () => {
      this.#send({ id, stop: true });
      if (this.isReady) timers.push(setTimeout(() => this.kill(), GRACE_MS));
      else this.#take(id)?.question.reject(stop.reason);
    };
    stop.addEventListener('abort', onStop);
    const done = () => {
      timers.forEach(clearTimeout);
      stop.removeEventListener('abort', onStop);
    };
    this.#running.set(id, { question, began: performance.now(), done });
    this.#send({ id, asked });
  }

  /** Keeps its slow questions, and hands back the others. */
  stepAside(): readonly Question[] {
    const quick: Question[] = [];
    for (const [id, running] of this.#running) {
      if (this.#isSlow(running)) running.question.aside();
      else {
        quick.push(running.question);
        this.#take(id);
        this.#send({ id, stop: true });
      }
    }
    return quick;
  }

  /** Gives up its priority, which only an administrator could take back. Linux keeps one for each thread. */
  stepBack(priority: number): void {
    this.#isBehind = true;
    try {
      for (const thread of threadsOf(this.pid)) setPriority(thread, priority);
    } catch {
      // It has just ended.
    }
  }

  /** Nobody waits for the process to be gone. */
  kill(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#process.kill('SIGKILL');
    const lost = [...this.#running.values()].map(({ question }) => question);
    for (const id of this.#running.keys()) this.#take(id);
    this.#events.ended(lost);
  }

  #send(message: ToChild): void {
    // A process that cannot be reached has ended or is about to, which is heard of by itself.
    this.#process.send(message, () => {});
  }

  #hear(message: FromChild): void {
    if (message === 'ready') {
      this.#readyAt = performance.now();
      this.#events.ready();
      return;
    }
    const running = this.#take(message.id);
    if ('found' in message) running?.question.resolve(message.found);
    else if ('fault' in message) running?.question.reject(message.fault);
    else if (running) {
      const { code, message: words } = message.refused;
      const refusal = new Refusal(code, words);
      if (code === 'unavailable' && !this.#isSlow(running)) this.#events.starved(running.question, refusal);
      else running.question.reject(refusal);
    }
    if (this.#running.size === 0) this.#events.rested();
  }

  /** What this process has nothing more to do with; none when somebody has taken it before. */
  #take(id: number): Running | undefined {
    const running = this.#running.get(id);
    running?.done();
    this.#running.delete(id);
    return running;
  }

  #isSlow = ({ began }: Running): boolean => performance.now() - Math.max(began, this.#readyAt) >= SLOW_MS - 1;
}
