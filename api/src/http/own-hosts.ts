import type { RequestHandler } from 'express';
import { isIP } from 'node:net';
import { AppError } from '../lib/app-error.js';

/** Probes ask by whatever name their network has; what these answer is no secret. */
const probes = ['/api/health', '/api/ready'];

const nameOf = (host: string | undefined): string | null => {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
};

/**
 * Refuses requests by a name that is not this installation's: a name of another site that leads here (DNS rebinding)
 * would let its pages read our answers. Names are those of the addresses given, this machine's, and addresses.
 * web/host/same-origin.ts does the same.
 */
export const refuseForeignHosts = (urls: string[]): RequestHandler => {
  const ours = new Set(['localhost', ...urls.map((url) => new URL(url).hostname)]);
  return (request, _response, next) => {
    const name = nameOf(request.get('host'));
    if ((name !== null && (ours.has(name) || isIP(name) !== 0)) || probes.includes(request.path))
      return next();
    next(
      new AppError(
        'wrong_host',
        'This name is not this server’s. Ask it by the address in APP_URL or API_URL.',
      ),
    );
  };
};
