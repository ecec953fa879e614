import { AppError, found } from '../../lib/app-error.js';
import { originOf, type Caller } from '../../lib/caller.js';
import type { Supabase } from '../../lib/supabase.js';
import type { Limits } from '../../limits/limits.js';
import { formatNetwork, holdsAddress, parseNetwork } from '../../limits/network.js';
import { limitedClasses, limitTable, type LimitedClass, type Rate } from '../../limits/table.js';
import type { AuditService } from '../audit/service.js';
import {
  deleteBlock,
  deleteOverride,
  insertBlock,
  saveOverride,
  selectBlock,
  selectBlocks,
  selectNames,
  selectOverrides,
} from './repository.js';
import type {
  Block,
  BlockCreate,
  BlockList,
  BlockQuery,
  Consumption,
  Limit,
  LimitOverview,
  LimitRate,
} from './schema.js';

const mostShown = 50;
const userPrefix = 'user:';
const offenderPrefix = 'offender:';

const toLimitRate = (rate: Rate): LimitRate => ({
  limit: rate.limit,
  windowSeconds: rate.windowMs / 1000,
  burst: rate.algorithm === 'token_bucket' ? rate.burst : null,
});

const kindOfUsage = (identity: string): Consumption['kind'] => {
  if (identity.startsWith(userPrefix)) return 'person';
  return identity.startsWith('device:') ? 'device' : 'address';
};

const idOf = (identity: string): string => identity.slice(userPrefix.length);

const inSeconds = (ms: number): number => Math.ceil(ms / 1000);

/** Rate limits and blocked addresses, for administrators. They hold for the whole installation. */
export const createLimitService = ({
  supabase,
  limits,
  audit,
}: {
  supabase: Supabase;
  limits: Limits;
  audit: AuditService;
}) => {
  const { rules, limiter, offenders } = limits;
  const client = supabase.service;

  const consumption = async (): Promise<Omit<Consumption, 'name'>[]> => {
    const [used, offending] = await Promise.all([limiter.usage(), offenders.list()]);
    const rows = [
      ...used.map((usage) => ({
        class: usage.limitClass,
        identity: usage.identity,
        kind: kindOfUsage(usage.identity),
        used: usage.used,
        limit: usage.capacity,
        refused: !usage.allowed,
        retryAfterSeconds: usage.allowed ? 0 : inSeconds(usage.resetMs),
      })),
      ...offending.map((offender) => ({
        class: 'auth' as const,
        identity: offenderPrefix + offender.identity,
        kind: offender.identity.startsWith('account:') ? ('attacked' as const) : ('offender' as const),
        used: offender.used,
        limit: offender.capacity,
        refused: offender.blockedMs > 0,
        retryAfterSeconds: inSeconds(offender.blockedMs),
      })),
    ];
    return rows
      .sort((a, b) => Number(b.refused) - Number(a.refused) || b.used / b.limit - a.used / a.limit)
      .slice(0, mostShown);
  };

  const listLimits = async (caller: Caller): Promise<Limit[]> => {
    const [overrides] = await Promise.all([selectOverrides(client), rules.refresh()]);
    const changers = overrides.flatMap(({ changedBy }) => changedBy ?? []);
    const names = await selectNames(client, caller.organizationId, changers);
    return limitedClasses.map((limitClass) => {
      const { rate, source } = rules.effective(limitClass);
      const { identifier, whenRedisIsAway } = limitTable[limitClass];
      const change = overrides.find((override) => override.class === limitClass);
      return {
        class: limitClass,
        ...toLimitRate(rate),
        identifier,
        whenRedisIsAway,
        source,
        base: toLimitRate(rules.base(limitClass).rate),
        changedAt: change?.changedAt ?? null,
        changedBy: names.get(change?.changedBy ?? '') ?? null,
      };
    });
  };

  const limitOf = async (caller: Caller, limitClass: LimitedClass): Promise<Limit> => {
    const listed = await listLimits(caller);
    return found(listed.find((limit) => limit.class === limitClass) ?? null, 'limit');
  };

  const named = async (caller: Caller, used: Omit<Consumption, 'name'>[]): Promise<Consumption[]> => {
    const ids = used.filter(({ kind }) => kind === 'person').map(({ identity }) => idOf(identity));
    const names = await selectNames(client, caller.organizationId, ids);
    return used.map((row) => ({ ...row, name: names.get(idOf(row.identity)) ?? null }));
  };

  const toBlock = async (caller: Caller, blocks: Block[]): Promise<Block[]> => {
    const ids = blocks.flatMap(({ createdBy }) => createdBy ?? []);
    const names = await selectNames(client, caller.organizationId, ids);
    return blocks.map((block) => ({ ...block, createdBy: names.get(block.createdBy ?? '') ?? null }));
  };

  return {
    overview: async (caller: Caller): Promise<LimitOverview> => {
      const [listed, used] = await Promise.all([listLimits(caller), consumption()]);
      return { mode: limiter.mode(), limits: listed, consumption: await named(caller, used) };
    },

    /** Holds in this process at once and in the others within seconds. */
    set: async (caller: Caller, limitClass: LimitedClass, rate: LimitRate): Promise<Limit> => {
      await saveOverride(client, originOf(caller), limitClass, rate);
      return limitOf(caller, limitClass);
    },

    /** Back to the setting or the default; nothing happens when that holds already. */
    clear: async (caller: Caller, limitClass: LimitedClass): Promise<Limit> => {
      await deleteOverride(client, originOf(caller), limitClass);
      return limitOf(caller, limitClass);
    },

    /** Gives somebody their whole quota of a class again, or lets an address try to sign in again. */
    reset: async (caller: Caller, limitClass: LimitedClass, identity: string): Promise<void> => {
      const isPerson = identity.startsWith(userPrefix);
      await audit.record(caller, {
        action: 'limit.reset',
        targetType: isPerson ? 'user' : 'limit',
        targetId: isPerson ? idOf(identity) : limitClass,
        after: { limit: limitClass, identity },
      });
      if (!identity.startsWith(offenderPrefix)) return limiter.forget(limitClass, identity);
      await offenders.forget(identity.slice(offenderPrefix.length));
    },

    blocks: async (caller: Caller, query: BlockQuery): Promise<BlockList> => {
      const { blocks, total } = await selectBlocks(client, query, new Date().toISOString());
      return { blocks: await toBlock(caller, blocks), total, page: query.page };
    },

    /** Throws blocks_yourself when the network holds the caller's address and that was not confirmed. */
    block: async (caller: Caller, wanted: BlockCreate): Promise<Block> => {
      const network = parseNetwork(wanted.network);
      if (!network) {
        const message = 'This is no address or network. Write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.';
        throw new AppError('invalid_request', message, { errors: [{ path: 'network', message }] });
      }
      if (holdsAddress(network, caller.address) && !wanted.includingMe) {
        const text = `You come from ${caller.address}, which is in this network: you would lock yourself out.`;
        throw new AppError('blocks_yourself', text);
      }
      const { reason, minutes } = wanted;
      const row = { network: formatNetwork(network), reason, minutes };
      const id = await insertBlock(client, originOf(caller), row);
      const made = await toBlock(caller, [await selectBlock(client, id)]);
      await rules.refresh();
      return made[0] as Block;
    },

    unblock: async (caller: Caller, id: string): Promise<void> => {
      const gone = await deleteBlock(client, originOf(caller), id);
      if (!gone) throw new AppError('not_found', 'This block does not exist any more.');
      await rules.refresh();
    },
  };
};

export type LimitService = ReturnType<typeof createLimitService>;
