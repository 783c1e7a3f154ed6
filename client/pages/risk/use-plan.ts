import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { planQuery } from '../../api/risk.ts';
import { useScope } from '../../state/use-scope.ts';
import { HOURS, HOURS_PER_PERSON } from './search.ts';

/** The hours that the address names, what they reach, and how to change them. */
export function usePlan() {
  const { where, mode } = useScope();
  const { hours = HOURS, each = HOURS_PER_PERSON } = useSearch({ from: '/app/risk' });
  const navigate = useNavigate();
  const answer = useQuery(planQuery({ where, mode, hours, hoursPerPerson: each }));
  const change = (to: { hours?: number; each?: number }) =>
    navigate({
      to: '.',
      search: (search) => {
        const next = { hours, each, ...to };
        return {
          ...search,
          page: undefined,
          hours: next.hours === HOURS ? undefined : next.hours,
          each: next.each === HOURS_PER_PERSON ? undefined : next.each,
        };
      },
      replace: true,
      resetScroll: false,
    });
  return { hours, each, answer, change };
}
