import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const projectFolder = path.resolve(import.meta.dirname, '../..');

type Condition = { condition: string; required?: boolean };

/** The parts of a service that the rules look at. */
export interface Service {
  image?: string;
  container_name?: string;
  profiles?: string[];
  restart?: string;
  user?: string;
  privileged?: boolean;
  pid?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  pull_policy?: string;
  entrypoint?: string[];
  command?: string | string[];
  ports?: string[];
  volumes?: string[];
  environment?: Record<string, string | null>;
  networks?: string[] | Record<string, unknown>;
  depends_on?: Record<string, Condition>;
  healthcheck?: { test?: unknown; disable?: boolean };
  logging?: { driver: string; options: Record<string, string> };
  stop_grace_period?: string;
}

export interface ComposeFile {
  name: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
}

export const composeText = readFileSync(path.join(projectFolder, 'docker-compose.yml'), 'utf8');

/** docker-compose.yml with its anchors resolved, and nothing filled in. */
export const readComposeFile = (): ComposeFile => parse(composeText, { merge: true }) as ComposeFile;

/** Every compose file of the repository, from its root. */
export const composeFiles = [
  'docker-compose.yml',
  'docker-compose.dev.yml',
  'judge0/engine/container/compose.engine.yml',
  'judge0/engine/container/worker-node.compose.yml',
] as const;

/** Services of all compose files, as "file: service" each. */
export const allServices = (): [string, Service][] =>
  composeFiles.flatMap((file) => {
    const text = readFileSync(path.join(projectFolder, file), 'utf8');
    const known = parse(text, { merge: true, logLevel: 'error' }) as ComposeFile;
    return Object.entries(known.services).map(([name, service]): [string, Service] => [
      `${file}: ${name}`,
      service,
    ]);
  });

/** What compose makes of `${NAME:-default}` where NAME is not set. */
export const withDefaults = (text: string): string =>
  text.replaceAll(/(?<!\$)\$\{\w+:?-([^${}]*)\}/g, (_whole, otherwise: string) => otherwise);

/** Names of the networks that a service is in. */
export const networksOf = ({ networks = [] }: Service): string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);
