import { LANGUAGES } from './table.js';

/** Prints the Debian packages of a set, `school` or `all`, one a line; `make languages` installs them. */
const wanted = process.argv[2] ?? 'school';
if (wanted !== 'school' && wanted !== 'all') {
  console.error('usage: packages.js school|all');
  process.exit(2);
}
const chosen = LANGUAGES.filter(({ school }) => wanted === 'all' || school);
for (const name of new Set(chosen.flatMap(({ packages }) => packages))) console.log(name);
