import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Logger } from '../lib/logger.js';
import { AppError } from '../lib/app-error.js';
import type { Caller } from '../lib/caller.js';
import { invalidRequest } from './problem.js';
import { requestIdOf } from './request-log.js';
import { storableMembers } from './storable-text.js';

/** One class of the runbook's rate-limit table; every endpoint names its own. */
export type LimitClass =
  'none' | 'auth' | 'password_reset' | 'read' | 'public_read' | 'write' | 'upload' | 'execution' | 'admin';

interface Context<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  request: Request;
  response: Response;
  log: Logger;
  requestId: string;
}

/** Where a request comes from, as a list of devices shows it. */
export const deviceOf = (request: Request): { address: string; userAgent: string } => ({
  address: request.ip ?? '',
  userAgent: request.get('user-agent') ?? '',
});

export interface Reply {
  status: number;
  body?: unknown;
}

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;
type Handler<P extends Schema, Q extends Schema, B extends Schema, C> = (
  context: Context<Parsed<P>, Parsed<Q>, Parsed<B>> & C,
) => Promise<Reply | undefined> | Reply | undefined;

export interface EndpointDefinition {
  summary: string;
  tag: string;
  /** optional: who is signed in is known; session: signed in by password, the second step may still be missing. */
  access: 'public' | 'optional' | 'session' | 'user' | 'admin';
  limit: LimitClass;
  /**
   * Member of the body or the query that says, with the address, who is counted while nobody is signed in. By default
   * `email` for classes counted by address and e-mail, and none for the others.
   */
  limitBy?: string | undefined;
  /** A password is held against an account: failures count against it, too, and a known device is counted for itself. */
  guardsAccount?: boolean | undefined;
  params?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  /** Instead of `body`: a multipart form, which the handler reads itself. */
  form?: z.ZodType | undefined;
  /** By status: the schema of the answer, or a sentence where it has no JSON body. */
  responses: Record<number, z.ZodType | string>;
  contentType?: string;
}

export interface Endpoint extends EndpointDefinition {
  handler: RequestHandler;
}

type Part = 'params' | 'query' | 'body';

const parsePart = (part: Part, schema: Schema, value: unknown): unknown => {
  if (!schema) return undefined;
  if (part === 'body' && value === undefined) {
    throw new AppError('invalid_request', 'Send a JSON body with "Content-Type: application/json".');
  }
  const parsed = schema.safeParse(part === 'body' ? value : storableMembers(value));
  if (parsed.success) return parsed.data;
  // A path that cannot name anything is a path to nothing.
  if (part === 'params') throw new AppError('not_found', 'There is nothing at this address.');
  throw invalidRequest(parsed.error);
};

const send = (definition: EndpointDefinition, response: Response, reply: Reply): void => {
  const schema = definition.responses[reply.status];
  if (schema === undefined) throw new Error(`status ${reply.status} is not declared`);
  // Parsing drops every member that the contract does not name: nothing leaves by accident.
  if (typeof schema === 'string') {
    response.status(reply.status).end();
    return;
  }
  const parsed = schema.safeParse(reply.body);
  if (!parsed.success) throw new Error(`the answer breaks its contract: ${parsed.error.message}`);
  response.status(reply.status).json(parsed.data);
};

const make = <P extends Schema, Q extends Schema, B extends Schema, C>(
  definition: EndpointDefinition & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, C>,
): Endpoint => ({
  ...definition,
  handler: async (request, response, next) => {
    try {
      const reply = await handle({
        params: parsePart('params', definition.params, request.params),
        query: parsePart('query', definition.query, request.query),
        body: parsePart('body', definition.body, request.body),
        caller: response.locals['caller'] as Caller,
        request,
        response,
        log: request.log as unknown as Logger,
        requestId: requestIdOf(request),
      } as unknown as Parameters<typeof handle>[0]);
      if (reply) send(definition, response, reply);
    } catch (error) {
      next(error);
    }
  },
});

/** An endpoint that anybody may call. The handler gets parsed input; a returned reply is checked and sent. */
export const publicEndpoint = <
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  definition: Omit<EndpointDefinition, 'access'> & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, object>,
): Endpoint => make({ ...definition, access: 'public' }, handle);

/** An endpoint that anybody may call and that tells some people more: `caller` is known when a good token was sent. */
export const optionalEndpoint = <
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  definition: Omit<EndpointDefinition, 'access'> & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, { caller: Caller | undefined }>,
): Endpoint => make({ ...definition, access: 'optional' }, handle);

/** An endpoint of the sign-in itself: `caller` has given the password, and perhaps not yet the second step. */
export const sessionEndpoint = <
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  definition: Omit<EndpointDefinition, 'access'> & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, { caller: Caller }>,
): Endpoint => make({ ...definition, access: 'session' }, handle);

/** An endpoint for signed-in people: `caller` is verified before anything is parsed. */
export const userEndpoint = <
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  definition: Omit<EndpointDefinition, 'access'> & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, { caller: Caller }>,
): Endpoint => make({ ...definition, access: 'user' }, handle);

/** An endpoint for administrators: `caller` is verified to be one; its limit class is `admin`. */
export const adminEndpoint = <
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(
  definition: Omit<EndpointDefinition, 'access' | 'limit'> & { params?: P; query?: Q; body?: B },
  handle: Handler<P, Q, B, { caller: Caller }>,
): Endpoint => make({ ...definition, access: 'admin', limit: 'admin' }, handle);
