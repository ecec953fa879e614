import { createClient, StorageApiError } from '@supabase/supabase-js';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import ws from 'ws';
import { AppError } from '../lib/app-error.js';

/** The bucket of all files; private: its objects are reached by signed links only. */
export const bucketName = 'files';

const callTimeoutMs = 10_000;
// A large file over a slow disk; the browser's part has been waited for before.
const transferTimeoutMs = 300_000;
const checkTimeoutMs = 3000;
const linkSeconds = 60;

export interface OpenedObject {
  /** Whether it is the part that was asked for; a server may send the whole all the same. */
  partial: boolean;
  contentLength: string | null;
  contentRange: string | null;
  body: Readable;
}

export type StorageState =
  | { status: 'healthy' }
  /** The Supabase project has no Storage. */
  | { status: 'disabled' }
  | { status: 'unhealthy'; reason: string };

/** Objects by path in the private bucket of one Supabase project. */
export interface ObjectStore {
  /** Throws storage_disabled, storage_unavailable, file_too_large; an object of this path must not exist. */
  put(path: string, body: Readable | Buffer, mediaType: string): Promise<void>;
  /**
   * Opens an object, or the part that a Range header names. Throws not_found, range_not_satisfiable,
   * storage_unavailable.
   */
  open(path: string, options: { range?: string | undefined; signal: AbortSignal }): Promise<OpenedObject>;
  /** Paths without an object are passed over. Throws storage_unavailable. */
  remove(paths: string[]): Promise<void>;
  /** Asks the Storage and sees to its bucket; for the health check. Never throws. */
  check(): Promise<StorageState>;
}

const unavailable = (cause: unknown): AppError =>
  new AppError('storage_unavailable', 'The store of files does not answer. Try again in a moment.', {
    retryAfterSeconds: 5,
    cause,
  });

const isStatus = (error: Error | null, status: number): boolean =>
  error instanceof StorageApiError && (error.statusCode === String(status) || error.status === status);

const fetchWithin: typeof fetch = (input, init) => {
  const transfer = init?.body instanceof Readable || init?.body instanceof Uint8Array;
  const timeout = AbortSignal.timeout(transfer ? transferTimeoutMs : callTimeoutMs);
  return fetch(input, {
    ...init,
    signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
  });
};

/**
 * Supabase Storage, with the service's key: its row-level security knows nothing of lessons, so that the rows of table
 * files decide who may have which object. The bucket is made, or made private, before the first use.
 */
export const createObjectStore = ({
  url,
  serviceRoleKey,
}: {
  url: string;
  serviceRoleKey: string;
}): ObjectStore => {
  const { storage } = createClient(url, serviceRoleKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Node 20 has no WebSocket, and supabase-js refuses to start without one; it is never used.
    realtime: { transport: ws as never },
    global: { fetch: fetchWithin },
  });
  const bucket = () => storage.from(bucketName);
  let prepared: Promise<void> | null = null;

  const prepare = async (): Promise<void> => {
    const { data, error } = await storage.getBucket(bucketName);
    if (data && !data.public) return;
    if (error && !isStatus(error, 404)) throw error;
    const made = data
      ? await storage.updateBucket(bucketName, { public: false })
      : await storage.createBucket(bucketName, { public: false });
    // Another process was faster.
    if (made.error && !isStatus(made.error, 409)) throw made.error;
  };

  const bucketReady = (): Promise<void> => {
    prepared ??= prepare().catch((error: unknown) => {
      prepared = null;
      throw error;
    });
    return prepared;
  };

  const isThere = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/storage/v1/status`, { signal: AbortSignal.timeout(checkTimeoutMs) });
    if (answer.ok) return true;
    if (answer.status === 404) return false;
    throw new Error(`the storage answers ${answer.status}`);
  };

  const requireBucket = async (): Promise<void> => {
    try {
      await bucketReady();
    } catch (error) {
      if (await isThere().catch(() => true)) throw unavailable(error);
      throw new AppError('storage_disabled', 'This school keeps no files. Ask whoever runs the server.', {
        cause: error,
      });
    }
  };

  return {
    put: async (path, body, mediaType) => {
      await requireBucket();
      const { error } = await bucket().upload(path, body, {
        contentType: mediaType,
        cacheControl: '86400',
        ...(body instanceof Readable ? { duplex: 'half' } : {}),
      });
      if (isStatus(error, 413)) {
        // Its own limit is lower than ours: that of a hosted project, or FILE_SIZE_LIMIT.
        throw new AppError('file_too_large', 'The store of files takes no files of this size.', {
          cause: error,
        });
      }
      if (error) throw unavailable(error);
    },

    open: async (path, { range, signal }) => {
      const { data, error } = await bucket().createSignedUrl(path, linkSeconds);
      if (isStatus(error, 404)) throw new AppError('not_found', 'This file is gone.', { cause: error });
      if (error) throw unavailable(error);
      const answer = await fetch(data.signedUrl, { signal, headers: range ? { Range: range } : {} });
      if (answer.status === 416) {
        await answer.body?.cancel();
        throw new AppError('range_not_satisfiable', 'The file has no such part. Ask for the whole file.');
      }
      if (!answer.ok || !answer.body) throw unavailable(new Error(`the storage answers ${answer.status}`));
      return {
        partial: answer.status === 206,
        contentLength: answer.headers.get('content-length'),
        contentRange: answer.headers.get('content-range'),
        body: Readable.fromWeb(answer.body as NodeWebStream<Uint8Array>),
      };
    },

    remove: async (paths) => {
      if (paths.length === 0) return;
      const { error } = await bucket().remove(paths);
      if (error) throw unavailable(error);
    },

    check: async () => {
      try {
        if (!(await isThere())) return { status: 'disabled' };
        // Anew each time: the bucket may have been removed or made public since.
        await prepare();
        return { status: 'healthy' };
      } catch (error) {
        return { status: 'unhealthy', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
};
