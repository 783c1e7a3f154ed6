import { notifyManager, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/**
 * Whether any question waits for its answer. It looks again only where a question itself changed: with a filter,
 * hundreds of places that show answers come and go, and each look goes through all questions.
 */
export function useBusy(): boolean {
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const subscribe = useCallback(
    (look: () => void) => {
      const lookLater = notifyManager.batchCalls(look);
      return cache.subscribe(({ type }) => {
        if (type === 'updated' || type === 'removed') lookLater();
      });
    },
    [cache],
  );
  return useSyncExternalStore(subscribe, () => client.isFetching() > 0);
}
