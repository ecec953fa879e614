/** Why a query has no result on the embedded stack under a small load. `maybe`: it depends on the machine. */
export interface EmptyHere {
  /** "<dashboard uid>: <panel title>", or the name of an alert. */
  where: string;
  reason: string;
  maybe?: true;
}

const noContainers = 'cAdvisor watches containers; the embedded programs are none';
const noPostgrest = 'the embedded Supabase has no PostgREST of its own, and no pool';

/** The only queries that may have no result; each of the others must have one, and each of these must not. */
export const emptyHere: EmptyHere[] = [
  { where: 'api: Errors by route', reason: 'nothing fails' },
  { where: 'database: Calls that failed', reason: 'nothing fails', maybe: true },
  { where: 'judging: Requests tried again', reason: 'the judge is never too busy', maybe: true },
  { where: 'cache-and-limits: Requests refused by limits', reason: 'the limits of this load refuse nobody' },
  { where: 'database: Requests waiting for the pool', reason: noPostgrest },
  { where: 'database: Pool of PostgREST', reason: noPostgrest },
  { where: 'hosts: Processor by service', reason: noContainers },
  { where: 'hosts: Memory by service', reason: noContainers },
  { where: 'hosts: Starts', reason: noContainers },
  { where: 'hosts: Network', reason: noContainers },
  { where: 'hosts: Killed for want of memory', reason: 'an old kernel does not count them', maybe: true },
  { where: 'hosts: Targets that do not answer', reason: 'all answer' },
  {
    where: 'hosts: Disks',
    reason: 'a machine that is itself a container has no disk of its own',
    maybe: true,
  },
  { where: 'hosts: Time the disks are busy', reason: 'a virtual machine may hide its disks', maybe: true },
  { where: 'DatabasePoolExhausted', reason: noPostgrest },
  { where: 'LimitRefusalsSpike', reason: 'the limits of this load refuse nobody' },
  { where: 'DiskWillFill', reason: 'only a disk that is filling has a time until it is full', maybe: true },
  {
    where: 'DiskSpaceLow',
    reason: 'a machine that is itself a container has no disk of its own',
    maybe: true,
  },
  { where: 'ApiGone', reason: 'it is there' },
  { where: 'WebGone', reason: 'it is there' },
  { where: 'GraderGone', reason: 'it is there' },
  { where: 'BackupMissing', reason: 'the record of a backup is there' },
];

/** Alerts that hold on the embedded stack. */
export const holdHere: Record<string, string> = {
  Watchdog: 'it always fires',
  TargetAbsent: 'there are no PostgREST (rest) and no GoTrue (auth)',
};
