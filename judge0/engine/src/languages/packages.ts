import { LANGUAGES } from './table.js';

/** Prints the Debian packages of a set, `school`, `all` or ids as in `50,71`, one a line; `make languages` installs them. */
const wanted = process.argv[2] ?? 'school';
const ids = wanted.split(',').map(Number);
const chosen = LANGUAGES.filter(({ id, school }) =>
  wanted === 'all' ? true : wanted === 'school' ? school : ids.includes(id),
);
if (chosen.length === 0) {
  console.error("usage: packages.js school|all|Judge0's ids, as in 50,71");
  process.exit(2);
}
for (const name of new Set(chosen.flatMap(({ packages }) => packages))) console.log(name);
