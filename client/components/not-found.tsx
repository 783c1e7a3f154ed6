import { Link } from '@tanstack/react-router';

export const NotFound = () => (
  <main className="sign-in">
    <title>Not found · Throughline</title>
    <h1>There is no such page</h1>
    <p>
      <Link to="/">Go to the overview</Link>
    </p>
  </main>
);
