#!/usr/local/bin/node
// `postgrest --ready` asks the admin server of the PostgREST in the same container.
const { PGRST_ADMIN_SERVER_PORT: port } = process.env;
if (process.argv[2] !== '--ready') throw new Error('this stands in for postgrest --ready only');
const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null);
console.log(answer?.ok ? 'OK: ready' : 'ERROR: not ready');
process.exitCode = answer?.ok ? 0 : 1;
