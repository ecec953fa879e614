import { useScripted } from '~/lib/use-scripted';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const utcClock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });

/** A time of today to the second, 12:25:51, in the reader's own zone; in UTC until the browser knows it, and on hover. */
export function ClockTime({ iso }: { iso: string }) {
  const inBrowser = useScripted();
  const moment = new Date(iso);
  const inUtc = `${utcClock.format(moment)} UTC`;
  return (
    <time dateTime={iso} title={inUtc} className="tabular-nums">
      {inBrowser ? clock.format(moment) : inUtc}
    </time>
  );
}
