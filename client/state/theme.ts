import { z } from 'zod';

const Theme = z.enum(['light', 'dark']);
type Theme = z.infer<typeof Theme>;

const KEY = 'theme';

/** What the reader chose, else what the system asks for. */
function currentTheme(): Theme {
  const chosen = Theme.safeParse(localStorage.getItem(KEY));
  return chosen.data ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** Marks the document with the reader's choice; without one the style sheet follows the system. */
export function applyTheme(): void {
  const chosen = Theme.safeParse(localStorage.getItem(KEY));
  if (chosen.success) document.documentElement.dataset.theme = chosen.data;
}

export function switchTheme(): void {
  localStorage.setItem(KEY, currentTheme() === 'dark' ? 'light' : 'dark');
  applyTheme();
}
