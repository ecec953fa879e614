import { X509Certificate, createPrivateKey } from 'node:crypto';
import { isIpAddress } from '../../setup/domain.js';
import { ok, problem, skipped, type Check, type Result } from '../check.js';
import type { FileOwner, Machine } from '../machine.js';

const faultOf = (certificateText: string, keyText: string, domain: string, now: Date): string | null => {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(certificateText);
  } catch {
    return 'TLS_CERT_FILE is no certificate in PEM';
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(keyText)))
      return 'the key is not that of the certificate';
  } catch {
    return 'TLS_KEY_FILE is no key in PEM without a password';
  }
  if (new Date(certificate.validTo) < now) return `the certificate ran out on ${certificate.validTo}`;
  const matches = isIpAddress(domain) ? certificate.checkIP(domain) : certificate.checkHost(domain);
  return matches ? null : `the certificate is not for ${domain}`;
};

/** Caddy is root in its container, without the right to pass over permissions. */
const mayCaddyRead = ({ uid, gid, mode }: FileOwner): boolean =>
  (mode & (uid === 0 ? 0o400 : gid === 0 ? 0o040 : 0o004)) !== 0;

const closedToCaddy = async (machine: Machine, names: readonly string[]): Promise<Result | null> => {
  for (const name of names) {
    const owner = await machine.ownerOf(name);
    if (owner === null || mayCaddyRead(owner)) continue;
    return problem(
      `${name} belongs to user ${owner.uid} with mode ${owner.mode.toString(8)}, and Caddy is root without more rights: it cannot read it`,
      `Type: sudo chown root:root ${name} && sudo chmod 600 ${name}`,
    );
  }
  return null;
};

export const certificateFiles: Check = {
  id: 'certificate-files',
  title: 'Own certificate',
  section: 'settings',
  run: async ({ machine, setting }) => {
    if ((await setting('TLS_MODE')) !== 'files') return skipped('TLS_MODE is not files');
    const names = await Promise.all([setting('TLS_CERT_FILE'), setting('TLS_KEY_FILE')]);
    const closed = await closedToCaddy(machine, names.filter(Boolean));
    if (closed) return closed;
    const [certificate, key] = await Promise.all(names.map((name) => machine.readText(name || 'missing')));
    const unread = [certificate, key].findIndex((text) => text === null);
    if (unread >= 0) {
      const name = names[unread] ?? '';
      if (name !== '' && (await machine.ownerOf(name))) {
        return ok(`Caddy can read them; you cannot read ${name}: sudo make doctor looks into it`);
      }
      return problem(
        `${name || 'a file that is not named'} is not there, or its folder is closed to you`,
        'Name files that are there in .env; if they are: sudo make doctor, and sudo make up.',
      );
    }
    const fault = faultOf(certificate ?? '', key ?? '', await setting('DOMAIN'), machine.now());
    return fault
      ? problem(
          fault,
          'Put the right files where TLS_CERT_FILE and TLS_KEY_FILE say, then: docker compose restart caddy',
        )
      : ok('certificate, key and DOMAIN belong together');
  },
};
