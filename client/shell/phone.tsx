import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { Brand, Icon } from '../components/icon.tsx';
import { day } from '../format/date.ts';
import { switchTheme } from '../state/theme.ts';
import { useCatalogue } from '../state/use-scope.ts';
import { CopyLink, Exports } from './bar.tsx';
import { pages } from './pages.tsx';
import { Who } from './rail.tsx';
import { SignOut } from './sign-out.tsx';

export const PhoneBar = () => (
  <header className="phone-bar">
    <Link to="/" className="brand">
      <Brand />
      <span>Throughline</span>
    </Link>
    <Link to="/data" className="quiet">
      data to {day(useCatalogue().dataThrough)}
    </Link>
  </header>
);

export function PhoneTabs({ onHelp, onViews }: Readonly<Record<'onHelp' | 'onViews', () => void>>) {
  const [more, setMore] = useState(false);
  const close = () => setMore(false);
  return (
    <nav className="phone-tabs" aria-label="Pages on a phone">
      {pages.map(
        ({ link, short, icon }) =>
          short && (
            <Link key={short} {...link} activeOptions={{ exact: link.to === '/', includeSearch: false }}>
              <Icon name={icon} />
              {short}
            </Link>
          ),
      )}
      <button type="button" onClick={() => setMore(true)}>
        <Icon name="more" />
        More
      </button>
      {more && (
        <Dialog title="More" kind="sheet" onClose={close}>
          <ul className="more">
            {pages.map(
              ({ link, short, title, icon }) =>
                !short && (
                  <li key={title}>
                    <Link {...link} onClick={close}>
                      <Icon name={icon} />
                      {title}
                    </Link>
                  </li>
                ),
            )}
          </ul>
          <div className="more-acts">
            <CopyLink />
            <button
              type="button"
              onClick={() => {
                close();
                onViews();
              }}
            >
              Views
            </button>
            <button type="button" onClick={switchTheme}>
              Light or dark
            </button>
            <button
              type="button"
              onClick={() => {
                close();
                onHelp();
              }}
            >
              Help
            </button>
            <SignOut />
          </div>
          <Exports />
          <Who />
        </Dialog>
      )}
    </nav>
  );
}
