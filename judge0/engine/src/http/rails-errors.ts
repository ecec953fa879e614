import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** As Rails in production: an empty page, or JSON for exactly `Accept: application/json`. */
export function sendRailsError(req: Request, res: Response, status: number): void {
  if (req.headers.accept === 'application/json') {
    const body = JSON.stringify({ status, error: NAMES[status] ?? 'Error' });
    res.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' }).end(body);
  } else {
    sendEmpty(res, status, 'text/html; charset=UTF-8');
  }
}

/** A status with an empty body; set past Express, which would append a charset. */
export function sendEmpty(res: Response, status: number, contentType = 'text/html'): void {
  res.status(status);
  res.writeHead(status, { 'Content-Type': contentType, 'Content-Length': '0' });
  res.end();
}

export const routeNotFound: RequestHandler = (req, res) => sendRailsError(req, res, 404);

/** Malformed bodies carry their status; everything else is ours and is logged by pino-http through res.err. */
export const handleErrors: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error);
  const { status } = error as { status?: number };
  const expected = typeof status === 'number' && status >= 400 && status < 500;
  if (!expected) res.err = error as Error;
  sendRailsError(req, res, expected ? status : 500);
};
