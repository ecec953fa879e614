import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { buildGo } from '../go-program.js';

const root = path.resolve(import.meta.dirname, '../../..');
const provisioned = (name: string): unknown =>
  parse(readFileSync(path.join(root, 'grafana/provisioning/alerting', name), 'utf8'));

interface Rules {
  groups: { rules: { title: string; annotations: Record<string, string> }[] }[];
}
const rules = (provisioned('rules.yml') as Rules).groups.flatMap((group) => group.rules);
const [messages] = (provisioned('templates.yml') as { templates: { template: string }[] }).templates;

const labels = {
  alertname: 'x',
  instance: 'node:9100',
  job: 'api',
  class: 'auth',
  check: 'redis',
  mountpoint: '/',
};

interface Rendered {
  annotations: { name: string; text: string; error: string }[];
  notifications: Record<string, string> | null;
  error: string;
}

let folder = '';
let program = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'annotations-'));
  program = await buildGo(
    path.join(import.meta.dirname, '../grafana-templates/main.go'),
    path.join(folder, 'render'),
  );
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const annotationsOf = (used: typeof rules) =>
  used.flatMap(({ title, annotations }) =>
    Object.entries(annotations).map(([name, text]) => ({
      name: `${title} ${name}`,
      text,
      labels,
      values: { A: { Labels: labels, Value: 0.25 }, B: { Labels: labels, Value: 1 } },
    })),
  );

const render = (externalURL: string, annotations: object[], notification: object = {}): Rendered => {
  const input = JSON.stringify({ externalURL, annotations, notification });
  const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Rendered;
};

describe.each([
  ['https://school.example/grafana/', 'https://school.example'],
  ['https://grafana:8443/grafana/', 'https://grafana:8443'],
  ['https://[2001:db8::1]/grafana', 'https://[2001:db8::1]'],
])('annotations of a Grafana at %s', (externalURL, school) => {
  const rendered = () => render(externalURL, annotationsOf(rules)).annotations;

  test('are all rendered by Go’s templates with what Grafana gives them', () => {
    const all = rendered();
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(({ error }) => error !== '')).toEqual([]);
    expect(all.filter(({ text }) => /[{]{2}|[}]{2}|\$|no value|NaN/.test(text))).toEqual([]);
  });

  test('lead to pages of the runbook and to dashboards that there are', () => {
    const links = rendered().filter(({ name }) => name.endsWith('_url'));
    expect(links).toHaveLength(2 * rules.length);
    for (const { text } of links) {
      expect(text.slice(0, school.length + 1)).toBe(`${school}/`);
      const page = text.slice(school.length);
      const file = page.startsWith('/grafana/d/')
        ? `grafana/dashboards/${page.slice('/grafana/d/'.length)}.json`
        : `ops${page.replace('/admin', '')}.md`;
      expect([page, existsSync(path.join(root, file))]).toEqual([page, true]);
    }
  });
});

test('values are shown as people read them', () => {
  const texts = render('https://s.example/grafana/', annotationsOf(rules)).annotations.map(
    ({ text }) => text,
  );
  expect(texts.join('\n')).toContain('25% of requests fail');
});

test('the template errors that were in these files are found', () => {
  const broken = [
    '{{ $$values.A.Value }}',
    '{{ $value | humanizePercentage }}',
    '{{ $values.A.Valu }}',
    '{{ title }}',
  ];
  const annotations = broken.map((text) => ({ name: text, text, labels, values: { A: { Value: 1 } } }));
  const { annotations: found } = render('https://s.example/grafana/', annotations);
  expect(found.filter(({ error }) => error === '')).toEqual([]);
});

describe('messages', () => {
  const use = ['platform.subject', 'platform.message'];
  const [first] = rules;
  const told = () => {
    const texts = render('https://s.example/grafana/', annotationsOf(first ? [first] : [])).annotations;
    return Object.fromEntries(texts.map(({ name, text }) => [name.split(' ').at(-1) ?? '', text]));
  };

  test('say what is the matter, and lead to what to do', () => {
    const { notifications, error } = render('https://s.example/grafana/', [], {
      text: messages?.template,
      use,
      firing: [told()],
      resolved: [],
    });
    expect(error).toBe('');
    expect(notifications?.['platform.subject']).toContain(`1 firing: ${first?.annotations['summary'] ?? ''}`);
    expect(notifications?.['platform.message']).toContain('https://s.example/admin/runbook/alerts/');
    expect(notifications?.['platform.message']).toContain('https://s.example/grafana/d/');
    expect(notifications?.['platform.message']).toContain('2026-11-28 09:30 UTC');
  });

  test('say what is over', () => {
    const { notifications, error } = render('https://s.example/grafana/', [], {
      text: messages?.template,
      use,
      firing: [],
      resolved: [told()],
    });
    expect(error).toBe('');
    expect(notifications?.['platform.subject']).toMatch(/^Resolved/);
    expect(notifications?.['platform.message']).toContain('Over:');
  });
});
