import { data } from '@remix-run/node';

export { RouteErrorBoundary as ErrorBoundary } from '~/lib/error-boundary';

/** Every address that no other route has. */
export function loader() {
  throw data(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
