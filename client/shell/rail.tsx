import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Brand, Icon } from '../components/icon.tsx';
import { useCatalogue, useSession } from '../state/use-scope.ts';
import { pages } from './pages.tsx';

const roles = { aco_admin: 'ACO administrator', analyst_aggregate: 'Analyst, aggregates only' };

export function Rail() {
  return (
    <nav className="rail" aria-label="Pages">
      <Link to="/" className="brand" aria-label="Throughline">
        <Brand />
        <span>Throughline</span>
      </Link>
      <ul>
        {pages.map(({ link, title, icon }) => (
          <Fragment key={title}>
            {icon === 'data' && <li className="rail-rule" />}
            <li>
              <Link {...link} activeOptions={{ exact: link.to === '/', includeSearch: false }}>
                <Icon name={icon} />
                <span>{title}</span>
              </Link>
            </li>
          </Fragment>
        ))}
      </ul>
      <Who />
    </nav>
  );
}

export function Who() {
  const { name, role } = useSession();
  const { synthetic } = useCatalogue();
  return (
    <p className="who">
      <b>{name}</b>
      {roles[role]}
      {synthetic && (
        <>
          <br />
          Sample data, made up
        </>
      )}
    </p>
  );
}
