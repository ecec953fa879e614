import type { UploadAnswer } from '@coding-platform/api/schema/files';
import type { Failure, Outcome } from '~/lib/outcome';
import { noteOwner, pageOwner } from '~/lib/page-owner';
import { ownerHeader, signedInAsHeader } from '~/lib/page-owner-names';

const failed = (code: Failure['code'], detail: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: { code, detail, requestId: null, retryAfterSeconds: null },
});

const answerOf = (request: XMLHttpRequest): Outcome<UploadAnswer> => {
  try {
    return JSON.parse(request.responseText) as Outcome<UploadAnswer>;
  } catch {
    return request.status === 413
      ? failed('body_too_large', 'The file is too large.')
      : request.status >= 502
        ? failed('restarting', 'The server is restarting. Try again in a moment.')
        : failed('unexpected_answer', 'The server gave an answer that this page does not understand.');
  }
};

/**
 * Sends one file from the browser. `onProgress` gets the part that is sent, 0 to 1 (fetch cannot tell). Never rejects;
 * aborted by the signal it resolves to a failure, too.
 */
export const sendFile = (
  fields: Record<string, string>,
  file: File,
  { onProgress, signal }: { onProgress: (part: number) => void; signal: AbortSignal },
): Promise<Outcome<UploadAnswer>> =>
  new Promise((resolve) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      noteOwner(request.status, request.getResponseHeader(signedInAsHeader));
      resolve(answerOf(request));
    };
    request.onerror = () => resolve(failed('offline', 'The connection broke off.'));
    request.onabort = request.onerror;
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', '/files/upload');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader(ownerHeader, pageOwner());
    request.send(form);
  });
