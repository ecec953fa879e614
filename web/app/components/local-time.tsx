import { useScripted } from '~/lib/use-scripted';

const utc = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/**
 * A moment in the reader's own zone, in UTC on hover. The server does not know the zone: it writes UTC, says so, and the
 * browser puts its own time in its place.
 */
export function LocalTime({ iso, className }: { iso: string; className?: string }) {
  const inBrowser = useScripted();
  const moment = new Date(iso);
  const inUtc = `${utc.format(moment)} UTC`;
  return (
    <time dateTime={iso} title={inUtc} className={className}>
      {inBrowser ? local.format(moment) : inUtc}
    </time>
  );
}
