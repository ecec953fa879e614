/** Where the embedded Auth answers otherwise than GoTrue: its answers pass through here. */

// From this version of its interface on, GoTrue names errors by `code`; supabase-js asks for it.
const namedErrors = '2024-01-01';
const versionHeader = 'X-Supabase-Api-Version';

interface ErrorBody {
  code?: unknown;
  error_code?: string;
  msg?: string;
}

const withNamedError = async (answer: Response): Promise<Response> => {
  const body = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as ErrorBody;
  const { error_code: code, msg: message, ...more } = body;
  if (code === undefined) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  headers.set(versionHeader, namedErrors);
  return Response.json({ ...more, code, message }, { status: answer.status, headers });
};

/** An answer of the embedded Auth in the form in which GoTrue gives it to this request. */
export const answerAsGoTrue = async (request: Request, answer: Response): Promise<Response> => {
  if (!new URL(request.url).pathname.startsWith('/auth/v1/')) return answer;
  if (answer.status === 204) return new Response(null, { status: 204 });
  const asksForNames = (request.headers.get(versionHeader) ?? '') >= namedErrors;
  return answer.status >= 400 && asksForNames ? withNamedError(answer) : answer;
};
