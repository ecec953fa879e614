import { q, type DashboardSpec } from './panel-spec.js';

const realDisk = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|fuse.*|nsfs|erofs"';
const service = 'container_label_com_docker_compose_service';

/** Utilisation, saturation and errors of machines and containers. */
export const hosts: DashboardSpec = {
  uid: 'hosts',
  title: 'Hosts and containers',
  description: 'Use, saturation and errors of processors, memory, disks and network, and of each container.',
  rows: [
    {
      title: 'Hosts: use',
      panels: [
        {
          title: 'Processors',
          description: 'Share of time that processors work. Warned at 60 %, called at 80 %.',
          kind: 'lines',
          unit: 'percentunit',
          max: 1,
          alert: 'HostCpuHigh',
          width: 8,
          queries: [
            q('{{instance}}', '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))'),
          ],
        },
        {
          title: 'Memory',
          description: 'Share in use. Warned at 70 %, called at 85 %.',
          kind: 'lines',
          unit: 'percentunit',
          max: 1,
          alert: 'HostMemoryHigh',
          width: 8,
          queries: [q('{{instance}}', '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes')],
        },
        {
          title: 'Disks',
          description: 'Share in use. On a full disk nothing can be saved.',
          kind: 'lines',
          unit: 'percentunit',
          max: 1,
          alert: 'DiskSpaceLow',
          width: 8,
          queries: [
            q(
              '{{instance}} {{mountpoint}}',
              `1 - max by (instance, mountpoint) (node_filesystem_avail_bytes{${realDisk}}) / max by (instance, mountpoint) (node_filesystem_size_bytes{${realDisk}})`,
            ),
          ],
        },
      ],
    },
    {
      title: 'Hosts: saturation and errors',
      panels: [
        {
          title: 'Load per processor',
          description: 'Programs that want to run, per processor. Over 1 they wait for each other.',
          kind: 'lines',
          unit: 'short',
          width: 8,
          thresholds: [{ value: 1, color: 'orange' }],
          queries: [
            q(
              '{{instance}}',
              'node_load5 / on (instance) count by (instance) (node_cpu_seconds_total{mode="idle"})',
            ),
          ],
        },
        {
          title: 'Time the disks are busy',
          description: 'Share of time. Near 100 % everything that reads or saves waits.',
          kind: 'lines',
          unit: 'percentunit',
          max: 1,
          width: 8,
          queries: [
            q('{{instance}} {{device}}', 'rate(node_disk_io_time_seconds_total{device!~"loop.*|ram.*"}[5m])'),
          ],
        },
        {
          title: 'Network',
          description:
            'Bytes a second that the door receives and sends, to and from browsers and our programs.',
          kind: 'lines',
          unit: 'Bps',
          width: 8,
          // node-exporter has a network of its own, and would show that one.
          queries: [
            q('received', `sum(rate(container_network_receive_bytes_total{${service}="caddy"}[5m]))`),
            q('sent', `sum(rate(container_network_transmit_bytes_total{${service}="caddy"}[5m]))`),
          ],
        },
        {
          title: 'Targets that do not answer',
          description: 'What the monitoring cannot see. Empty is good.',
          kind: 'table',
          unit: 'short',
          alert: 'TargetDown',
          width: 12,
          empty: 'all answer',
          queries: [q('{{job}} {{instance}}', 'up == 0')],
        },
        {
          title: 'Targets by job',
          description: 'How many processes of each kind answer.',
          kind: 'bars',
          unit: 'short',
          width: 12,
          queries: [q('{{job}}', 'sum by (job) (up)')],
        },
      ],
    },
    {
      title: 'Containers',
      panels: [
        {
          title: 'Processor by service',
          description: 'Processors in use: 1 is one of them all the time.',
          kind: 'lines',
          unit: 'short',
          width: 12,
          queries: [
            q(
              `{{${service}}}`,
              `sum by (${service}) (rate(container_cpu_usage_seconds_total{${service}!=""}[5m]))`,
            ),
          ],
        },
        {
          title: 'Memory by service',
          description: 'Share of what the service may have; at 100 % it is killed and starts again.',
          kind: 'lines',
          unit: 'percentunit',
          width: 12,
          max: 1,
          thresholds: [{ value: 0.9, color: 'red' }],
          queries: [
            q(
              `{{${service}}}`,
              `max by (${service}) (container_memory_working_set_bytes{${service}!=""} / (container_spec_memory_limit_bytes{${service}!=""} > 0))`,
            ),
          ],
        },
        {
          title: 'Starts',
          description:
            'Containers that started in the last hour. Again and again means that something crashes.',
          kind: 'lines',
          unit: 'short',
          width: 12,
          queries: [
            q(
              `{{${service}}}`,
              `sum by (${service}) (changes(container_start_time_seconds{${service}!=""}[1h]))`,
            ),
          ],
        },
        {
          title: 'Killed for want of memory',
          description:
            'Processes that the kernel killed in the last hour, of any container or of the machine; which: journalctl -k.',
          kind: 'lines',
          unit: 'short',
          width: 12,
          thresholds: [{ value: 1, color: 'red' }],
          queries: [
            // cAdvisor would have to read the kernel's log for it, which tells much else.
            q('{{instance}}', 'increase(node_vmstat_oom_kill[1h])'),
          ],
        },
        {
          title: 'Answers of the proxy',
          description: 'What Caddy answered, by status.',
          kind: 'lines',
          unit: 'reqps',
          width: 24,
          queries: [
            q(
              '{{code}}',
              'sum by (code) (rate(caddy_http_request_duration_seconds_count[$__rate_interval]))',
            ),
          ],
        },
      ],
    },
  ],
};
