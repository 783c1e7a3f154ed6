import { isSmall } from './suppress.ts';

/** How many people stand at or before a place of a ranking, and how many of them have anything of what is summed. */
interface Place {
  readonly persons: number;
  readonly contributors: number;
}

/**
 * The places of a ranking, in its order, whose sums may be shared: between any two shown, and after each, stand no 1 to
 * 10 people and no 1 to 10 who have anything, so that no difference of two sums is theirs. The last is the total.
 */
export function apart<P extends Place>(places: readonly P[]): P[] {
  const total = places.at(-1);
  if (!total) return [];
  const shown: P[] = [];
  let before: Place = { persons: 0, contributors: 0 };
  for (const place of places) {
    if (place !== total && (tells(before, place) || tells(place, total))) continue;
    shown.push(place);
    before = place;
  }
  return shown;
}

const tells = (from: Place, to: Place): boolean =>
  isSmall(to.persons - from.persons) || isSmall(to.contributors - from.contributors);
