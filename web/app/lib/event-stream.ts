/** The headers of an answer that goes on as server-sent events, past every proxy's buffer. */
export const eventStreamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

export const printEvent = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

const parseEvent = (block: string): { event: string; data: unknown } | null => {
  const line = (name: string) =>
    block
      .split('\n')
      .find((text) => text.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [event, data] = [line('event'), line('data')];
  return event === undefined || data === undefined ? null : { event, data: JSON.parse(data) as unknown };
};

/**
 * The events of a stream as this product writes them: a line with the name and a line with JSON. Comments are passed
 * over. For answers to a POST, which EventSource cannot send. Throws what reading throws; leaving the loop cancels it.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ event: string; data: unknown }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    // A stream that broke cannot be cancelled; nothing is left open then either.
    await reader.cancel().catch(() => undefined);
  }
}
