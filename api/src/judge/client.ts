import axios, { isAxiosError, type AxiosInstance } from 'axios';
import { Agent, type ClientRequest } from 'node:http';
import { z } from 'zod';
import { currentRequestId } from '../lib/request-scope.js';
import { judgeHeaders } from './rapid-api.js';
import {
  batchAnswer,
  fields,
  hintField,
  toBody,
  toResult,
  type JudgeCase,
  type JudgeResult,
} from './wire-format.js';

export interface JudgeLanguage {
  id: number;
  name: string;
}

/** The judge cannot be reached, is full or in maintenance: nothing is known about any program. */
export class JudgeUnavailableError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'JudgeUnavailableError';
  }
}

/** The judge refused a case as it stands; sending it again would not help. */
export class JudgeRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JudgeRefusedError';
  }
}

const createdAnswer = z.array(z.union([z.object({ token: z.string() }), z.record(z.string(), z.unknown())]));

const engineSettings = z.object({ engine: z.object({ version: z.string() }) });

const processLimitSettings = z.object({
  enable_per_process_and_thread_time_limit: z.boolean(),
  enable_per_process_and_thread_memory_limit: z.boolean(),
});

/** The data, when it is what a Judge0 answers; anything else came from something else at this address. */
const understood = <T>(what: string, schema: z.ZodType<T>, data: unknown): T => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new JudgeUnavailableError(`${what}: this is not the answer of a Judge0`);
};

// The judge closed a kept connection in the moment in which it was used again: it has seen nothing of the request.
const wasStale = (error: unknown): boolean =>
  isAxiosError(error) &&
  (error.code === 'ECONNRESET' || error.code === 'EPIPE') &&
  (error.request as ClientRequest | undefined)?.reusedSocket === true;

const maxStaleConnections = 10;

/** Each stale connection is used up by one try, and a new connection is not tried twice. */
const onLiveConnection = async <T>(request: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      if (tries > maxStaleConnections || !wasStale(error)) throw error;
    }
  }
};

/** How one request to the judge ended; busy is a full queue or a limit of its own. */
export type JudgeOutcome = 'answered' | 'refused' | 'busy' | 'unauthorized' | 'unavailable';

const outcomeOf = (status: number | undefined): JudgeOutcome => {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 429 || status === 503) return 'busy';
  return status !== undefined && status < 500 ? 'refused' : 'unavailable';
};

const call = async <T>(
  what: string,
  request: () => Promise<T>,
  onRequest?: (operation: string, outcome: JudgeOutcome) => void,
): Promise<T> => {
  try {
    const answer = await onLiveConnection(request);
    onRequest?.(what, 'answered');
    return answer;
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    const status = error.response?.status;
    onRequest?.(what, outcomeOf(status));
    if (status === 401 || status === 403) {
      throw new JudgeUnavailableError(`the judge refuses our key (${what}: ${status})`);
    }
    if (status !== undefined && status < 500 && status !== 429) {
      throw new JudgeRefusedError(`${what}: ${status} ${JSON.stringify(error.response?.data).slice(0, 300)}`);
    }
    throw new JudgeUnavailableError(`${what}: ${status ?? error.code ?? error.message}`);
  }
};

const probeMs = 3000;

/** Tokens that may be sent or asked for at once: Judge0's MAX_SUBMISSION_BATCH_SIZE. */
export const maxBatch = 20;

/** A client of Judge0's HTTP API (v1.13.1 or our engine), with connections kept open. */
export const createJudgeClient = (options: {
  url: string;
  key: string | undefined;
  agent?: Agent;
  /** Told of every request: "create batch", "get batch", "languages" or "about", and how it ended. */
  onRequest?: (operation: string, outcome: JudgeOutcome) => void;
}) => {
  const { onRequest } = options;
  const http: AxiosInstance = axios.create({
    baseURL: options.url,
    timeout: 10_000,
    httpAgent: options.agent ?? new Agent({ keepAlive: true }),
    // Without redirects axios hands out Node's own request, which tells whether its connection had been used.
    maxRedirects: 0,
    headers: { Accept: 'application/json', ...judgeHeaders(options.url, options.key) },
    maxContentLength: 64 * 1024 * 1024,
  });
  http.interceptors.request.use((request) => {
    const requestId = currentRequestId();
    if (requestId) request.headers.set('X-Request-Id', requestId);
    return request;
  });
  // An official Judge0 answers 400 to a field that it does not know; then it is asked without the hint.
  let hint = true;

  const getBatch = async (tokens: string[]): Promise<(JudgeResult | null)[]> => {
    const ask = (names: string[]) =>
      http.get<unknown>('/submissions/batch', {
        params: { tokens: tokens.join(','), base64_encoded: true, fields: names.join(',') },
      });
    const askAsItCan = async () => {
      if (hint) {
        try {
          return await ask([...fields, hintField]);
        } catch (error) {
          if (!isAxiosError(error) || error.response?.status !== 400) throw error;
          hint = false;
        }
      }
      return ask(fields);
    };
    const { data } = await call('get batch', askAsItCan, onRequest);
    return understood('get batch', batchAnswer, data).submissions.map((row) => row && toResult(row));
  };

  return {
    /** Queues up to maxBatch cases; tokens in the same order. Throws when any is refused. */
    createBatch: async (cases: JudgeCase[]): Promise<string[]> => {
      const send = () =>
        http.post<unknown>(
          '/submissions/batch',
          { submissions: cases.map(toBody) },
          { params: { base64_encoded: true } },
        );
      const { data } = await call('create batch', send, onRequest);
      return understood('create batch', createdAnswer, data).map((item) => {
        if (typeof item['token'] === 'string') return item['token'];
        throw new JudgeRefusedError(`create batch: ${JSON.stringify(item).slice(0, 300)}`);
      });
    },
    /** Results by token, null for a token that the judge does not know (any more). */
    getBatch,
    /** The languages that the judge has. */
    languages: async (): Promise<JudgeLanguage[]> => {
      const ask = () => http.get<unknown>('/languages', { timeout: probeMs });
      const { data } = await call('languages', ask, onRequest);
      return understood('languages', z.array(z.object({ id: z.number(), name: z.string() })), data);
    },
    /** Ends what was sent with this group, and what still comes; an official Judge0 cannot, and goes on to the limits. */
    cancel: async (group: string): Promise<void> => {
      try {
        await call(
          'cancel',
          () => http.delete(`/submissions/groups/${group}`, { timeout: probeMs }),
          onRequest,
        );
      } catch (error) {
        if (!(error instanceof JudgeRefusedError)) throw error;
      }
    },
    /** Whether it ends programs that only wait by their idle limit, as our engine does. */
    knowsIdleLimits: async (): Promise<boolean> => {
      const ask = () => http.get<unknown>('/config_info', { timeout: probeMs });
      return engineSettings.safeParse((await call('config', ask, onRequest)).data).success;
    },
    /** Whether its own settings put both per-process flags on every program; false when it does not tell. */
    limitsProcessesByDefault: async (): Promise<boolean> => {
      const { data } = await call(
        'config',
        () => http.get<unknown>('/config_info', { timeout: probeMs }),
        onRequest,
      );
      const { success, data: settings } = processLimitSettings.safeParse(data);
      return (
        success &&
        settings.enable_per_process_and_thread_time_limit &&
        settings.enable_per_process_and_thread_memory_limit
      );
    },
    /** Resolves when the judge answers. */
    about: async (): Promise<void> => {
      await call('about', () => http.get('/about', { timeout: probeMs }), onRequest);
    },
  };
};

export type JudgeClient = ReturnType<typeof createJudgeClient>;
