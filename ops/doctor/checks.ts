import type { Check } from './check.js';
import { alerts } from './checks/alerts.js';
import { backups } from './checks/backups.js';
import { certificate } from './checks/certificate.js';
import { certificateFiles } from './checks/certificate-files.js';
import { cgroups } from './checks/cgroups.js';
import { checkout } from './checks/checkout.js';
import { clock } from './checks/clock.js';
import { compose } from './checks/compose.js';
import { composeFile } from './checks/compose-file.js';
import { containerMemory } from './checks/container-memory.js';
import { disk } from './checks/disk.js';
import { docker } from './checks/docker.js';
import { domain } from './checks/domain.js';
import { engineMemory } from './checks/engine-memory.js';
import { envFile } from './checks/env-file.js';
import { evidence } from './checks/evidence.js';
import { images } from './checks/images.js';
import { kernel } from './checks/kernel.js';
import { keys } from './checks/keys.js';
import { languages } from './checks/languages.js';
import { mail } from './checks/mail.js';
import { memory } from './checks/memory.js';
import { migrations } from './checks/migrations.js';
import { parts } from './checks/parts.js';
import { ports } from './checks/ports.js';
import { profiles } from './checks/profiles.js';
import { queue } from './checks/queue.js';
import { rateLimits } from './checks/rate-limits.js';
import { services } from './checks/services.js';
import { userNamespaces } from './checks/user-namespaces.js';
import { values } from './checks/values.js';
import { xattr } from './checks/xattr.js';

/** All that doctor looks at, in the order of its table. A new check is a file in checks/ and a line here. */
export const checks: readonly Check[] = [
  docker,
  compose,
  kernel,
  cgroups,
  userNamespaces,
  memory,
  disk,
  xattr,
  ports,
  clock,
  domain,
  envFile,
  values,
  keys,
  profiles,
  alerts,
  engineMemory,
  certificateFiles,
  checkout,
  composeFile,
  evidence,
  images,
  services,
  containerMemory,
  parts,
  languages,
  migrations,
  queue,
  mail,
  rateLimits,
  certificate,
  backups,
];
