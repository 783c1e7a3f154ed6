import { linkOptions } from '@tanstack/react-router';
import type { IconName } from '../components/icon.tsx';

/** The rail, in its order. `short` fits the phone's bar; pages without one are under More there. */
export const pages = [
  { link: linkOptions({ to: '/' }), title: 'Overview', short: 'Overview', icon: 'overview', key: 'o' },
  {
    link: linkOptions({ to: '/readmissions' }),
    title: 'Readmissions',
    short: 'Readmits',
    icon: 'readmissions',
    key: 'r',
  },
  { link: linkOptions({ to: '/gaps' }), title: 'Care gaps', short: 'Gaps', icon: 'gaps', key: 'g' },
  { link: linkOptions({ to: '/utilization' }), title: 'Use and cost', short: null, icon: 'utilization', key: 'u' },
  { link: linkOptions({ to: '/risk' }), title: 'Risk', short: null, icon: 'risk', key: 'k' },
  { link: linkOptions({ to: '/providers' }), title: 'Providers', short: null, icon: 'providers', key: 'v' },
  { link: linkOptions({ to: '/patients' }), title: 'People', short: 'People', icon: 'people', key: 'p' },
  { link: linkOptions({ to: '/cohorts' }), title: 'Cohorts', short: null, icon: 'cohorts', key: 'c' },
  { link: linkOptions({ to: '/data' }), title: 'Data', short: null, icon: 'data', key: 'd' },
  { link: linkOptions({ to: '/measures' }), title: 'Measures', short: null, icon: 'measures', key: 'm' },
] as const satisfies readonly { icon: IconName; [name: string]: unknown }[];
