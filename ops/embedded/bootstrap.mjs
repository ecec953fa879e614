// Runs before anything is installed, and in the syntax of old Nodes, so that these get a sentence, not a stack trace.
var wanted = [20, 19];
var found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: this needs Node ' +
      wanted.join('.') +
      ' or newer.\n' +
      'Install Node 20 or 22 (https://nodejs.org/en/download) and start again.',
  );
  process.exit(1);
}

import('./install.mjs')
  .then(function (installer) {
    return installer.install(process.argv.slice(2));
  })
  .catch(function (error) {
    console.error(error.expected ? '\n' + error.message : error);
    process.exit(1);
  });
