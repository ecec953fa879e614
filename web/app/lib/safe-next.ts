/**
 * The path to go to after signing in: `wanted` when it is a path of this site, else `fallback`. Anything that a browser
 * could read as another site (`//evil`, `/\evil`, `https:…`, control characters) is refused.
 */
export function safeNext(
  wanted: FormDataEntryValue | string | null | undefined,
  fallback = '/dashboard',
): string {
  if (typeof wanted !== 'string' || wanted.length > 2000) return fallback;
  if (!wanted.startsWith('/') || /^\/[/\\]/.test(wanted)) return fallback;
  // Browsers drop tabs and line breaks inside an address, so "/\t/evil" would become "//evil".
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\\]/.test(wanted)) return fallback;
  const base = 'http://same.invalid';
  if (!URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : fallback;
}

/** The address of the sign-in page that leads back to where `request` wanted to go. */
export function signInPath(request: Request): string {
  const url = new URL(request.url);
  const back = safeNext(url.pathname + url.search, '/dashboard');
  return back === '/dashboard' ? '/login' : `/login?next=${encodeURIComponent(back)}`;
}
