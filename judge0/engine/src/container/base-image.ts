import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installDebianPackages } from './docker-engine.js';
import { ask, must, watch } from './shell.js';

/** What the Dockerfile builds on. */
const OFFICIAL = 'node:22-bookworm-slim';
const STAND_IN = 'coding-platform/stand-in:node-22-bookworm';
const STAND_IN_DEBIAN = 'coding-platform/stand-in:debian-bookworm';

const NODE_VERSION = '22.23.3';
const NPM_VERSION = '10.9.9';
const SUITE = 'bookworm';

/** Certificates of this machine; its network may have an authority of its own. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

const DOCKERFILE = `FROM ${STAND_IN_DEBIAN}
COPY ca-certificates.crt ${CERTIFICATES}
COPY node/ /usr/local/
COPY npm/ /usr/local/lib/node_modules/npm/
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \\
  && useradd --uid 1000 --user-group --create-home node
ENV NODE_EXTRA_CA_CERTS=${CERTIFICATES}
CMD ["node"]
`;

/**
 * Name of an image to build on: the official one, or where it cannot be pulled a stand-in of the same Debian from the
 * mirror that apt uses here, with the same Node from the npm registry.
 */
export async function prepareBaseImage(): Promise<string> {
  for (const name of [OFFICIAL, STAND_IN]) {
    if (ask('docker', 'image', 'inspect', name).ok) return name;
  }
  if (ask('docker', 'pull', '--quiet', OFFICIAL).ok) return OFFICIAL;
  console.log(`${OFFICIAL} cannot be pulled: making a stand-in from Debian's and npm's packages`);
  const folder = mkdtempSync(join(tmpdir(), 'engine-base-image-'));
  try {
    if (!ask('docker', 'image', 'inspect', STAND_IN_DEBIAN).ok) await makeDebian(folder);
    makeNode(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return STAND_IN;
}

async function makeDebian(folder: string): Promise<void> {
  if (!ask('mmdebstrap', '--version').ok) await installDebianPackages('mmdebstrap');
  const archive = join(folder, 'debian.tar');
  const options = ['--mode=root', '--variant=minbase', '--include=ca-certificates'];
  options.push('--aptopt=Acquire::Languages "none"');
  const made = await watch('mmdebstrap', [...options, SUITE, archive, debianMirror()]);
  if (!made.ok) throw new Error('mmdebstrap failed');
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  must('docker', 'import', '-c', `ENV ${path}`, '-c', 'CMD ["bash"]', archive, STAND_IN_DEBIAN);
}

/** Address of Debian itself (not its security updates) in apt's own sources. */
function debianMirror(): string {
  const format = '$(ORIGIN) $(RELEASE) $(COMPONENT) $(REPO_URI)';
  const lines = must('apt-get', 'indextargets', '--format', format, 'Created-By: Packages').split('\n');
  const mirror = lines.find((line) => line.startsWith(`Debian ${SUITE} main `))?.split(' ')[3];
  if (!mirror) throw new Error(`apt knows no mirror of Debian ${SUITE}, so no stand-in can be made`);
  return mirror;
}

function makeNode(folder: string): void {
  const context = join(folder, 'context');
  mkdirSync(context);
  unpack(`node-linux-${process.arch}@${NODE_VERSION}`, context, 'node');
  unpack(`npm@${NPM_VERSION}`, context, 'npm');
  copyFileSync(CERTIFICATES, join(context, basename(CERTIFICATES)));
  writeFileSync(join(context, 'Dockerfile'), DOCKERFILE);
  must('docker', 'build', '--quiet', '--tag', STAND_IN, context);
}

function unpack(name: string, context: string, target: string): void {
  const archive =
    must('npm', 'pack', '--silent', '--pack-destination', context, name).split('\n').at(-1) ?? '';
  must('tar', '-xzf', join(context, archive), '-C', context);
  rmSync(join(context, archive));
  renameSync(join(context, 'package'), join(context, target));
}
