import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings as apiSettings } from '../../api/src/config.js';
import { settings as webSettings } from '../../web/app/lib/env.server.js';
import {
  composeText,
  networksOf,
  projectFolder,
  readComposeFile,
  withDefaults,
  type Service,
} from './compose-file.js';
import { exceptionsIn, exceptionsOf } from './rules.js';

const compose = readComposeFile();
const services = Object.entries(compose.services);
const page = readFileSync(path.join(projectFolder, 'ops/decisions/0015-the-compose-stack.md'), 'utf8');
const namesWhere = (holds: (service: Service) => boolean) =>
  services.filter(([, service]) => holds(service)).map(([name]) => name);

describe('every service of docker-compose.yml', () => {
  test('keeps the rules, but for the exceptions that the decision gives a reason for', () => {
    expect(exceptionsOf(compose.services).sort()).toEqual(exceptionsIn(page).sort());
  });

  test('has a ceiling for memory and processes', () => {
    expect(
      namesWhere(
        ({ mem_limit, pids_limit }) => !/^\d+[mg]$/.test(withDefaults(mem_limit ?? '')) || !pids_limit,
      ),
    ).toEqual([]);
  });

  test('has logs that rotate', () => {
    const rotates = ({ logging }: Service) =>
      logging?.driver === 'json-file' && Boolean(logging.options['max-size'] && logging.options['max-file']);
    expect(namesWhere((service) => !rotates(service))).toEqual([]);
  });

  test('says how long it may take to stop', () => {
    expect(namesWhere(({ stop_grace_period }) => !stop_grace_period)).toEqual([]);
  });

  test('has an image of one version, ours by IMAGE_TAG', () => {
    const pinned = /^(coding-platform\/(web|api|engine):\$\{IMAGE_TAG:-local\}|[a-z0-9./_-]+:v?\d+[\w.-]*)$/;
    expect(namesWhere(({ image }) => !pinned.test(image ?? ''))).toEqual([]);
  });

  test('can be scaled: none has a name of its own', () => {
    expect(namesWhere(({ container_name }) => container_name !== undefined)).toEqual([]);
  });
});

describe('what may be away', () => {
  const optional = ['redis', ...namesWhere(({ profiles }) => Boolean(profiles))];

  test('is waited for by nothing else', () => {
    const waits = services.flatMap(([name, { profiles, depends_on = {} }]) =>
      Object.keys(depends_on)
        .filter((needed) => optional.includes(needed) && !profiles)
        .map((needed) => `${name} waits for ${needed}`),
    );
    expect(waits).toEqual([]);
  });

  test('is found where it is waited for within its profile', () => {
    for (const [, { profiles = [], depends_on = {} }] of services) {
      for (const needed of Object.keys(depends_on)) {
        const others = compose.services[needed]?.profiles;
        if (others) expect(others).toEqual(expect.arrayContaining(profiles));
      }
    }
  });
});

describe('networks', () => {
  test('of data, judging and monitoring have no way out', () => {
    const open = Object.entries(compose.networks).filter(([, network]) => !network?.internal);
    expect(open.map(([name]) => name).sort()).toEqual(['app', 'edge']);
  });

  test('keep the judges and the databases away from everything with a way out', () => {
    for (const name of [
      'engine',
      'judge0-server',
      'judge0-workers',
      'judge0-db',
      'judge0-redis',
      'db',
      'redis',
    ]) {
      const open = networksOf(compose.services[name] ?? {}).filter(
        (network) => !compose.networks[network]?.internal,
      );
      expect({ name, open }).toEqual({ name, open: [] });
    }
  });

  test('let the engine reach neither database nor monitoring', () => {
    expect(networksOf(compose.services['engine'] ?? {})).toEqual(['judge']);
    expect(networksOf(compose.services['db'] ?? {})).toEqual(['data']);
  });
});

describe('the engine', () => {
  test('has exactly the options that are proven without privileges', () => {
    const file = path.join(projectFolder, 'judge0/engine/container/compose.engine.yml');
    const proven = (parse(readFileSync(file, 'utf8')) as { services: { engine: Record<string, unknown> } })
      .services.engine;
    const used = compose.services['engine'] as unknown as Record<string, unknown>;
    for (const key of Object.keys(proven)) {
      if (['build', 'image', 'pull_policy', 'networks', 'environment'].includes(key)) continue;
      const option = JSON.stringify(proven[key]).replaceAll(
        './seccomp.json',
        './judge0/engine/container/seccomp.json',
      );
      const value = typeof used[key] === 'string' ? withDefaults(used[key]) : used[key];
      expect({ [key]: value }).toEqual({ [key]: JSON.parse(option) as unknown });
    }
    const rights = ['cap_add', 'privileged', 'devices', 'volumes', 'ports', 'pid', 'ipc', 'userns_mode'];
    expect(rights.filter((key) => key in used)).toEqual([]);
  });
});

describe('secrets', () => {
  test('have no default', () => {
    const withDefault = [
      ...composeText.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|KEY|TOKEN|DSN))(:?-)([^$}][^}]*)\}/g),
    ];
    expect(withDefault.map(([whole]) => whole)).toEqual([]);
  });

  test('of Redis are on no command line', () => {
    for (const name of ['redis', 'judge0-redis']) {
      const { command } = compose.services[name] as unknown as { command: string[] };
      expect(command.join(' ')).not.toMatch(/(?<!\$)\$\{|--requirepass/);
    }
  });
});

describe('settings', () => {
  /**
   * Given by the image, of development only (production refuses DRILL), meant for one program of two, or of no use beside
   * the stack's own Redis.
   */
  const upstash = ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'];
  const notPassed = ['BUILD_REVISION', 'API_PORT', 'MAILBOX', 'DRILL', ...upstash];

  test('of api and grader that an operator writes into .env reach them', () => {
    const passed = Object.keys(compose.services['api']?.environment ?? {});
    const absent = Object.keys(apiSettings).filter(
      (name) => !passed.includes(name) && !notPassed.includes(name),
    );
    expect(absent).toEqual([]);
    expect(Object.keys(compose.services['grader']?.environment ?? {})).toEqual(passed);
  });

  test('of web reach it', () => {
    const passed = Object.keys(compose.services['web']?.environment ?? {});
    expect(
      Object.keys(webSettings).filter((name) => !passed.includes(name) && !notPassed.includes(name)),
    ).toEqual([]);
  });
});
