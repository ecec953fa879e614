/**
 * The Cookie header that a browser would send after it had received `setCookies`: same names replaced, empty values
 * dropped.
 */
export function replaceCookies(header: string, setCookies: string[]): string {
  const jar = new Map<string, string>();
  const put = (pair: string) => {
    const [name = '', ...value] = pair.trim().split('=');
    if (name) jar.set(name, value.join('='));
  };
  header.split(';').forEach(put);
  setCookies.forEach((cookie) => put(cookie.split(';')[0] ?? ''));
  return [...jar]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}
