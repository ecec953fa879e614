import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from './generated-files.js';

/*
 * The schema of Grafana's file provisioning (docs: Administration, Provision Grafana, and Alerting, Use configuration
 * files), strict: Grafana ignores what it does not know, and an ignored line is a mistake of ours.
 */
const duration = z.string().regex(/^\d+[smhd]$/);
const uid = z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/);
const orgId = z.literal(1);
const file = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ apiVersion: z.literal(1), ...shape });
const range = z.strictObject({ from: z.number(), to: z.number() });

const queryModel = z.strictObject({
  refId: z.literal('A'),
  expr: z.string().min(1),
  instant: z.literal(true),
  range: z.literal(false),
  intervalMs: z.number(),
  maxDataPoints: z.number(),
});
const thresholdModel = z.strictObject({
  refId: z.literal('B'),
  type: z.literal('threshold'),
  expression: z.literal('A'),
  conditions: z.tuple([
    z.strictObject({
      evaluator: z.strictObject({ type: z.enum(['gt', 'lt']), params: z.tuple([z.number()]) }),
    }),
  ]),
});
const rule = z.strictObject({
  uid,
  title: z.string().max(190),
  condition: z.literal('B'),
  data: z.tuple([
    z.strictObject({
      refId: z.literal('A'),
      relativeTimeRange: range,
      datasourceUid: z.literal('prometheus'),
      model: queryModel,
    }),
    z.strictObject({
      refId: z.literal('B'),
      relativeTimeRange: range,
      datasourceUid: z.literal('__expr__'),
      model: thresholdModel,
    }),
  ]),
  noDataState: z.enum(['OK', 'NoData', 'Alerting', 'KeepLast']),
  execErrState: z.enum(['OK', 'Error', 'Alerting', 'KeepLast']),
  for: duration,
  annotations: z.strictObject({
    summary: z.string(),
    description: z.string(),
    impact: z.string(),
    response: z.string(),
    runbook_url: z.string().regex(/^\{\{ .* externalURL \}\}\/admin\/runbook\/alerts\/\w+$/),
    dashboard_url: z.string().regex(/^\{\{ .* externalURL \}\}\/grafana\/d\/[a-z-]+$/),
  }),
  labels: z.strictObject({ alert: z.string(), severity: z.string().regex(/^SEV[1-4]$/) }),
  isPaused: z.literal(false),
});
const rules = file({
  deleteRules: z.array(z.strictObject({ orgId, uid })).optional(),
  groups: z.array(
    z.strictObject({
      orgId,
      name: z.string(),
      folder: z.string(),
      interval: duration,
      rules: z.array(rule).min(1),
    }),
  ),
});

const receiver = z.discriminatedUnion('type', [
  z.strictObject({
    uid,
    type: z.literal('email'),
    disableResolveMessage: z.boolean(),
    settings: z.strictObject({
      addresses: z.string().min(1),
      singleEmail: z.boolean(),
      subject: z.string(),
      message: z.string(),
    }),
  }),
  z.strictObject({
    uid,
    type: z.literal('webhook'),
    disableResolveMessage: z.boolean(),
    settings: z.strictObject({
      url: z.string().min(1),
      httpMethod: z.enum(['POST', 'PUT']),
      title: z.string().optional(),
      message: z.string().optional(),
    }),
  }),
]);
const contactPoints = file({
  contactPoints: z.array(z.strictObject({ orgId, name: z.string(), receivers: z.array(receiver).min(1) })),
});

const routeShape = {
  receiver: z.string(),
  group_wait: duration,
  group_interval: duration,
  repeat_interval: duration,
};
const policies = file({
  policies: z.tuple([
    z.strictObject({
      orgId,
      ...routeShape,
      group_by: z.array(z.string()),
      routes: z.array(
        z.strictObject({
          ...routeShape,
          object_matchers: z.array(z.tuple([z.string(), z.enum(['=', '!=', '=~', '!~']), z.string()])),
          mute_time_intervals: z.array(z.string()).optional(),
        }),
      ),
    }),
  ]),
});
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/);
const muteTimings = file({
  muteTimes: z.array(
    z.strictObject({
      orgId,
      name: z.string(),
      time_intervals: z.array(
        z.strictObject({
          times: z.array(z.strictObject({ start_time: clock, end_time: clock })),
          location: z.string(),
        }),
      ),
    }),
  ),
});
const templates = file({
  templates: z.array(z.strictObject({ orgId, name: z.string(), template: z.string() })),
});
const datasources = file({
  prune: z.literal(true),
  datasources: z.array(
    z.strictObject({
      name: z.string(),
      uid,
      type: z.enum(['prometheus', 'loki']),
      access: z.literal('proxy'),
      orgId,
      url: z.url(),
      isDefault: z.boolean().optional(),
      editable: z.literal(false),
      jsonData: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
const providers = file({
  providers: z.array(
    z.strictObject({
      name: z.string(),
      orgId,
      folder: z.string(),
      folderUid: uid,
      type: z.literal('file'),
      disableDeletion: z.literal(true),
      allowUiUpdates: z.literal(false),
      updateIntervalSeconds: z.number(),
      options: z.strictObject({
        path: z.literal('/etc/grafana/dashboards'),
        foldersFromFilesStructure: z.literal(false),
      }),
    }),
  ),
});

const read = <T>(name: string, schema: z.ZodType<T>): T =>
  schema.parse(parse(readFileSync(path.join(root, 'grafana/provisioning', name), 'utf8')));

describe('the files that Grafana is provisioned with', () => {
  test.each([
    ['alerting/mute-timings.yml', muteTimings],
    ['alerting/templates.yml', templates],
    ['datasources/datasources.yml', datasources],
    ['dashboards/dashboards.yml', providers],
  ] as const)('%s has the form that Grafana reads', (name, schema) => {
    expect(() => read<unknown>(name, schema)).not.toThrow();
  });

  test('rules have uids of their own, and $ before the variables of Grafana’s templates only', () => {
    const all = read('alerting/rules.yml', rules).groups.flatMap((group) => group.rules);
    expect(new Set(all.map((one) => one.uid)).size).toBe(all.length);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    for (const { annotations, labels } of all) {
      const texts = [...Object.values(annotations), ...Object.values(labels)].join('\n');
      // How they are rendered: ops/monitoring-test/e2e/annotations.test.ts.
      expect(texts.replaceAll(/\$(values\.A\.Value|labels\.\w+)/g, '')).not.toContain('$');
    }
  });

  test('policies send every severity to a contact point, and the watchdog to the heartbeat first', () => {
    const [policy] = read('alerting/policies.yml', policies).policies;
    const points = read('alerting/contact-points.yml', contactPoints).contactPoints.map(({ name }) => name);
    const mutes = read('alerting/mute-timings.yml', muteTimings).muteTimes.map(({ name }) => name);
    for (const route of [policy, ...policy.routes]) expect(points).toContain(route.receiver);
    for (const { mute_time_intervals: names = [] } of policy.routes) {
      for (const name of names) expect(mutes).toContain(name);
    }
    const matched = policy.routes.map(({ object_matchers: [matcher] }) => matcher?.join(''));
    expect(matched).toEqual([
      'alert=Watchdog',
      'severity=SEV1',
      'severity=SEV2',
      'severity=SEV3',
      'severity=SEV4',
    ]);
    // Only what may wait for a day is quiet at night.
    expect(
      policy.routes.filter((route) => route.mute_time_intervals).map(({ object_matchers: [m] }) => m?.[2]),
    ).toEqual(['SEV4']);
  });

  test('contact points name only templates that there are', () => {
    const [template] = read('alerting/templates.yml', templates).templates;
    const defined = [...(template?.template ?? '').matchAll(/define "([^"]+)"/g)].map(([, name]) => name);
    const used = JSON.stringify(read('alerting/contact-points.yml', contactPoints)).matchAll(
      /template \\"([^\\]+)\\"/g,
    );
    const names = [...used].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(defined).toContain(name);
  });
});
