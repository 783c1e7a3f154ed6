import type { ReactNode } from 'react';

/** Miniatures of each page's main chart. */
const drawings = {
  overview: (
    <>
      <path d="M2 3.5h14M2 9h9M2 14.5h5" />
      <circle cx="14.500" cy="9" r="1.5" />
    </>
  ),
  readmissions: (
    <>
      <path d="M1.5 4h15M1.5 14.5h15" strokeDasharray="2 1.6" />
      <path d="M2 10l3-2 3 2.500 3.500-4L16 9" />
    </>
  ),
  gaps: (
    <>
      <path d="M2 2.500h14v13H2zM2 9h14M9 2.500v13" />
      <path d="M9.500 3h6v5.500h-6z" fill="currentColor" stroke="none" />
    </>
  ),
  utilization: <path d="M2 15.500h14M4 15V9M8 15V4.500M12 15v-4M15 15V7" />,
  risk: <path d="M2 15.500h14M3.500 15V4M6.500 15V7.500M9.500 15v-4.500M12.500 15v-2.500M15 15v-1.500M8 2v13" />,
  providers: (
    <>
      <path d="M2 3c5 4.500 9 5 14 5.300M2 15.500c5-4.500 9-5 14-5.300" />
      <path d="M6 9.300h.01M10 9h.01M13.500 9.400h.01M9.500 3.500h.01" strokeWidth="2.6" strokeLinecap="round" />
    </>
  ),
  people: (
    <>
      <path d="M2 4.500h14M2 9h14M2 13.500h14" strokeWidth="0.8" />
      <path d="M4 4.500h3M10 4.500h2M6 9h5M12 13.500h3" strokeWidth="3.4" />
    </>
  ),
  cohorts: <path d="M2 3.500h14M2 8h9.500M2 12.500h6M2 15.500h3.500" strokeWidth="2" />,
  data: <path d="M2 4h5v4H2zM11 4h5v4h-5zM6.500 12h5v3.500h-5zM4.500 8v2h9V8M9 10v2" />,
  measures: <path d="M4 2h10v14H4zM7 6h4M7 9h4M7 12h2" />,
  more: <path d="M3 5h12M3 9h12M3 13h12" />,
  theme: (
    <>
      <circle cx="9" cy="9" r="6" />
      <path d="M9 3a6 6 0 0 1 0 12z" fill="currentColor" stroke="none" />
    </>
  ),
  close: <path d="M4 4l10 10M14 4L4 14" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export const Icon = ({ name }: { name: IconName }) => (
  <svg
    width="18"
    height="18"
    viewBox="0 0 18 18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    aria-hidden="true"
    focusable="false"
  >
    {drawings[name]}
  </svg>
);

export const Brand = () => (
  <svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" aria-hidden="true">
    <path d="M11 1v20" strokeWidth="2.25" />
    <path d="M3 6h16M5 11h6M11 16h6" strokeWidth="1.5" opacity="0.6" />
  </svg>
);

export const Arrow = () => (
  <svg width="12" height="9" viewBox="0 0 12 9" fill="none" stroke="currentColor" strokeWidth="1.3" aria-hidden="true">
    <path d="M0 4.5h10.500M7 1l3.500 3.500L7 8" />
  </svg>
);
