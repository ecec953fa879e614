const LINE = 60;

/** Base64 as Ruby's Base64.encode64 writes it: a newline after every 60 characters and at the end. */
export function encodeRubyBase64(data: Buffer): string {
  const text = data.toString('base64');
  let lines = '';
  for (let start = 0; start < text.length; start += LINE) lines += `${text.slice(start, start + LINE)}\n`;
  return lines;
}

/** Lenient like Ruby's decode64: foreign characters are skipped, the first padding ends the text. */
export function decodeRubyBase64(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
}
