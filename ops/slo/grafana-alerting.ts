import { runbookPath, type Alert, type Level } from './alert.js';
import { annotationsOf, valueOf } from './alert-rules.js';
import { thresholdOf } from './alert.js';
import { severities, type Severity } from './severity.js';
import { alertGroups } from './slo.js';

/** The uid of the Prometheus data source in grafana/provisioning/datasources. */
export const prometheusUid = 'prometheus';
export const lokiUid = 'loki';

/** Rules of earlier versions: a rule that is no longer listed stays in Grafana until it is deleted by its uid. */
const removedRules: string[] = [];

/** Fixed, so that a rule stays the same rule over upgrades; at most 40 characters. */
export const ruleUid = (alert: Alert, level: Level): string =>
  `${alert.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')}-${level.severity}`.toLowerCase();

/** Grafana has the values of all queries in $values, where Prometheus has one $value. Annotations know no $NAME. */
const inGrafana = (template: string): string => template.replaceAll(/\$value\b/g, () => '$values.A.Value');

/** Grafana's own address ends with /grafana/, and the school's is what stands before it. */
const schoolUrl = '{{ reReplaceAll `/grafana/*\\z` "" externalURL }}';

const query = (expr: string) => ({
  refId: 'A',
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: prometheusUid,
  model: {
    refId: 'A',
    expr,
    instant: true,
    range: false,
    intervalMs: 1000,
    maxDataPoints: 43200,
  },
});

const threshold = ({ limit }: Level) => ({
  refId: 'B',
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: '__expr__',
  model: {
    refId: 'B',
    type: 'threshold',
    expression: 'A',
    conditions: [{ evaluator: { type: 'above' in limit ? 'gt' : 'lt', params: [thresholdOf(limit)] } }],
  },
});

const ruleOf = (alert: Alert, level: Level) => {
  const { description, ...rest } = annotationsOf(alert, level);
  return {
    uid: ruleUid(alert, level),
    title: `${alert.name} ${level.severity}`,
    condition: 'B',
    data: [query(valueOf(alert, level)), threshold(level)],
    // What is not there has alerts of its own (TargetDown, TargetAbsent); a ratio without traffic is no trouble.
    noDataState: 'OK',
    execErrState: 'Error',
    for: level.for,
    annotations: {
      ...rest,
      description: inGrafana(description),
      runbook_url: `${schoolUrl}${runbookPath(alert)}`,
      dashboard_url: `${schoolUrl}/grafana/d/${alert.dashboard}`,
    },
    labels: { alert: alert.name, severity: level.severity },
    isPaused: false,
  };
};

/** grafana/provisioning/alerting/rules.yml */
export const grafanaRules = () => ({
  apiVersion: 1,
  ...(removedRules.length > 0 ? { deleteRules: removedRules.map((uid) => ({ orgId: 1, uid })) } : {}),
  groups: alertGroups.map(({ name, alerts }) => ({
    orgId: 1,
    name,
    folder: 'Alerts',
    interval: '1m',
    rules: alerts.flatMap((alert) => alert.levels.map((level) => ruleOf(alert, level))),
  })),
});

/** grafana/provisioning/alerting/contact-points.yml; the addresses come from the environment of Grafana. */
export const grafanaContactPoints = () => ({
  apiVersion: 1,
  contactPoints: [
    {
      orgId: 1,
      name: 'operators',
      receivers: [
        {
          uid: 'operators-mail',
          type: 'email',
          disableResolveMessage: false,
          settings: {
            addresses: '$ALERT_EMAIL',
            singleEmail: true,
            subject: '{{ template "platform.subject" . }}',
            message: '{{ template "platform.message" . }}',
          },
        },
        {
          uid: 'operators-webhook',
          type: 'webhook',
          disableResolveMessage: false,
          settings: {
            url: '$ALERT_WEBHOOK_URL',
            httpMethod: 'POST',
            title: '{{ template "platform.subject" . }}',
            message: '{{ template "platform.message" . }}',
          },
        },
      ],
    },
    {
      orgId: 1,
      name: 'heartbeat',
      receivers: [
        {
          uid: 'heartbeat-webhook',
          type: 'webhook',
          disableResolveMessage: true,
          settings: { url: '$ALERT_HEARTBEAT_URL', httpMethod: 'POST' },
        },
      ],
    },
  ],
});

/** Nobody is to be woken by what may wait for a day. */
const quietNights = 'quiet-nights';

const route = (severity: Severity) => ({
  receiver: 'operators',
  object_matchers: [['severity', '=', severity]],
  group_wait: severity === 'SEV1' ? '0s' : '30s',
  group_interval: '5m',
  repeat_interval: severities[severity].repeat,
  ...(severity === 'SEV4' ? { mute_time_intervals: [quietNights] } : {}),
});

/** grafana/provisioning/alerting/policies.yml */
export const grafanaPolicies = () => ({
  apiVersion: 1,
  policies: [
    {
      orgId: 1,
      receiver: 'operators',
      group_by: ['alert'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        {
          receiver: 'heartbeat',
          object_matchers: [['alert', '=', 'Watchdog']],
          group_wait: '0s',
          group_interval: '1m',
          repeat_interval: '5m',
        },
        ...(Object.keys(severities) as Severity[]).map(route),
      ],
    },
  ],
});

/** grafana/provisioning/alerting/mute-timings.yml; times are those of Grafana's TZ. */
export const grafanaMuteTimings = () => ({
  apiVersion: 1,
  muteTimes: [
    {
      orgId: 1,
      name: quietNights,
      time_intervals: [
        {
          times: [
            { start_time: '00:00', end_time: '06:00' },
            { start_time: '21:00', end_time: '24:00' },
          ],
          location: 'Local',
        },
      ],
    },
  ],
});

const messageTemplate = `{{ define "platform.subject" -}}
{{ if eq .Status "firing" }}{{ len .Alerts.Firing }} firing{{ else }}Resolved{{ end }}: {{ .CommonAnnotations.summary }}
{{- end }}

{{ define "platform.alert" -}}
{{ .Annotations.summary }}
{{ .Annotations.description }}
What people feel: {{ .Annotations.impact }}
{{ .Annotations.response }}
What to do: {{ .Annotations.runbook_url }}
What it looks like: {{ .Annotations.dashboard_url }}
Since: {{ .StartsAt.Format "2006-01-02 15:04 MST" }}
{{- end }}

{{ define "platform.message" -}}
{{ range .Alerts.Firing }}{{ template "platform.alert" . }}

{{ end -}}
{{ if gt (len .Alerts.Resolved) 0 }}Over:
{{ range .Alerts.Resolved }}{{ .Annotations.summary }}
{{ end }}{{ end -}}
{{- end }}
`;

/** grafana/provisioning/alerting/templates.yml */
export const grafanaTemplates = () => ({
  apiVersion: 1,
  templates: [{ orgId: 1, name: 'platform', template: messageTemplate }],
});
