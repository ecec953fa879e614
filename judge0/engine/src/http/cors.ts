import type { RequestHandler } from 'express';
import type { Settings } from '../config.js';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** Every origin unless ALLOW_ORIGIN or DISALLOW_ORIGIN says otherwise; answers preflights itself. */
export function cors(settings: Settings): RequestHandler {
  const { ALLOW_ORIGIN, DISALLOW_ORIGIN } = settings;
  return (req, res, next) => {
    const origin = req.get('Origin');
    const refused =
      ALLOW_ORIGIN.length > 0 ? !ALLOW_ORIGIN.includes(origin ?? '') : DISALLOW_ORIGIN.includes(origin ?? '');
    if (origin && !refused) {
      const everyone = ALLOW_ORIGIN.length === 0 && DISALLOW_ORIGIN.length === 0;
      res.setHeader('Access-Control-Allow-Origin', everyone ? '*' : origin);
      if (!everyone) res.setHeader('Vary', 'Origin');
      res.setHeader('Access-Control-Allow-Methods', METHODS);
      const wanted = req.get('Access-Control-Request-Headers');
      if (wanted) res.setHeader('Access-Control-Allow-Headers', wanted);
    }
    if (req.method === 'OPTIONS' && origin) res.writeHead(200, { 'Content-Length': '0' }).end();
    else next();
  };
}
