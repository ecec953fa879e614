// Of an error that Node itself throws: where in Node, its line and the mark below.
const nodeHead = /^(?:node:)?internal\/\S+:\d+\n[^\n]*\n *\^+\n+/gm;
const nodeFrame = /^ +at (?:(?:.*\()?(?:node:|internal\/)|.*\(<anonymous>\)$).*\n?/gm;
const nodeVersion = /\n*^Node\.js v[\d.]+\n?/gm;
const jvmFrame = /^\s+at (?:java\.|jdk\.|sun\.)\S*.*\n?/gm;
// What the shell around a program says when a signal ends it; the sentence beside the output says it better.
const shellNotice = /^run: line \d+: +\d+ [A-Z][^\n]*\n?/gm;
const linkerPlace = /^\/usr\/(?:local\/\S*)?bin\/ld: (?:\/tmp\/\S+\.o: in function [^\n]*\n)?/gm;
const linkerOffset = /^((?:\/usr\/bin\/ld: )?\S+?):\(\.text[^)]*\):/gm;
const linkerEnd = /^collect2: error: ld returned[^\n]*\n?/gm;
const pythonLibrary = /(File ")\/usr\/(?:local\/)?(?:[\w.-]+\/)?lib\/python[\d.]+\//g;
const fullOutput = /^(?:OSError|IOError|PermissionError): \[Errno 27\] File too large$/gm;

/** What a compiler or a program wrote, without what only our machine knows: folders, frames of runtimes, the shell. */
export const readableText = (text: string): string =>
  text
    .replaceAll('/box/', '')
    .replace(pythonLibrary, '$1')
    .replace(nodeHead, '')
    .replace(nodeFrame, '')
    .replace(nodeVersion, '\n')
    .replace(jvmFrame, '')
    .replace(shellNotice, '')
    .replace(linkerPlace, '')
    .replace(linkerOffset, '$1:')
    .replace(linkerEnd, '')
    .replace(fullOutput, 'The program printed more than it may print.')
    .replace(/^\n$/, '');

const exitMessage = /^Exited with error status (\d+)$/;
const signalMessage = /^Caught fatal signal (\d+)$/;

/** The signal that ended the program, by the judge's message; null for none. A shell tells it as 128 and more. */
export const signalOf = (message: string | null): number | null => {
  const caught = signalMessage.exec(message ?? '')?.[1];
  if (caught) return Number(caught);
  const exitCode = Number(exitMessage.exec(message ?? '')?.[1] ?? 0);
  return exitCode > 128 && exitCode < 160 ? exitCode - 128 : null;
};

const signals: Readonly<Record<number, string>> = {
  4: 'The program was stopped by an instruction that does not exist.',
  6: 'The program gave up by itself (abort).',
  7: 'The program used memory that is not there.',
  8: 'The program divided by zero, or a calculation went out of bounds.',
  9: 'The program was stopped.',
  11: 'The program used memory that is not its own (segmentation fault).',
  13: 'The program wrote to a program that had ended.',
  15: 'The program was stopped.',
};

/** The judge's message as a sentence; one that only repeats the verdict is none. */
export const readableMessage = (message: string | null): string | null => {
  if (message === null || message.startsWith('Time limit exceeded')) return null;
  const signal = signalOf(message);
  if (signal !== null) return signals[signal] ?? `The program was stopped by signal ${signal}.`;
  const exitCode = exitMessage.exec(message)?.[1];
  if (exitCode === '127') return 'A command that the program calls does not exist.';
  return exitCode ? `The program ended with exit code ${exitCode}.` : message;
};
