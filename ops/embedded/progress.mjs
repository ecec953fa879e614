/** Progress of the start on a terminal or in a log: one line per step, with its time. */

const WIDTH = 44;
/** A log gets the begin of a step as well when it takes longer than this. */
const LONG_MS = 3_000;

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one step and shows what it is, that it runs, and how long it took. What `work` returns as a string is shown
 * behind the title. Rethrows what `work` throws.
 */
export const step = async (title, work) => {
  const began = Date.now();
  const live = process.stdout.isTTY;
  const begin = () => process.stdout.write(live ? `  … ${title}` : `  … ${title}\n`);
  const late = live ? void begin() : setTimeout(begin, LONG_MS);
  const end = (mark, text) =>
    process.stdout.write(`${live ? '\r\x1b[K' : ''}  ${mark} ${text.padEnd(WIDTH)} ${seconds(began)}\n`);
  try {
    const result = await work();
    end('✓', typeof result === 'string' && result ? `${title} (${result})` : title);
    return result;
  } catch (error) {
    end('✗', title);
    throw error;
  } finally {
    clearTimeout(late);
  }
};

/** Shows lines in a box as wide as its widest line. */
export const box = (lines) => {
  const width = Math.max(...lines.map((line) => line.length));
  const framed = lines.map((line) => `│ ${line.padEnd(width)} │`);
  return [`╭${'─'.repeat(width + 2)}╮`, ...framed, `╰${'─'.repeat(width + 2)}╯`].join('\n');
};
