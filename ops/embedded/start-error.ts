/** Why the start cannot go on, in words for the person at the terminal, with the remedy. */
export class StartError extends Error {
  override name = 'StartError';
}
