/** Something to make, once all that it reads is made. */
interface Named {
  readonly name: string;
}

/**
 * Makes each item as soon as all that it reads among them is made, one at a time on each lane (a connection). What runs
 * out of memory beside another is made again alone, on the first lane. Throws what `make` throws otherwise, when nothing
 * runs any more.
 */
export async function sideBySide<Lane, Item extends Named>(
  lanes: readonly [Lane, ...Lane[]],
  items: readonly Item[],
  reads: ReadonlyMap<string, readonly string[]>,
  make: (lane: Lane, item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = new Set(items);
  const unmade = new Set(items.map(({ name }) => name));
  const large: Item[] = [];
  const running = new Map<Lane, Promise<void>>();
  const begin = async (lane: Lane, item: Item, isAlone: boolean): Promise<void> => {
    waiting.delete(item);
    try {
      await make(lane, item);
      unmade.delete(item.name);
    } catch (cause) {
      if (isAlone || !isOutOfMemory(cause)) throw cause;
      large.push(item);
    }
    running.delete(lane);
  };
  try {
    while (unmade.size > 0) {
      if (large.length > 0) {
        await Promise.all(running.values());
        for (const item of large.splice(0)) await begin(lanes[0], item, true);
        continue;
      }
      for (const lane of lanes.filter((each) => !running.has(each))) {
        const next = [...waiting].find(({ name }) => !reads.get(name)?.some((read) => unmade.has(read)));
        if (next) running.set(lane, begin(lane, next, false));
      }
      await Promise.race(running.values());
    }
  } finally {
    await Promise.allSettled(running.values());
  }
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && cause.message.includes('Out of Memory Error');
