/** Settings for tests; `apiUrl` before the first import of anything that reads them. */
export function useTestSettings(apiUrl: string): void {
  process.env['SESSION_SECRET'] = 'only-for-tests-only-for-tests-only-for-tests';
  process.env['API_URL'] = apiUrl;
  process.env['LOG_LEVEL'] = 'silent';
}
