import type { PGlite } from '@supabase/lite/pglite';
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
} from 'kysely';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Who has the connection: a request may ask for it again while it has it, as for a query inside a transaction. */
interface Turn {
  uses: number;
}

const currentTurn = new AsyncLocalStorage<Turn>();

/** Runs the work of one request, which has the connection to itself from its first query to the end of its last. */
export const asOneRequest = <T>(work: () => Promise<T>): Promise<T> => currentTurn.run({ uses: 0 }, work);

const createTurns = () => {
  let holder: Turn | null = null;
  let waiting: { turn: Turn; begin: () => void }[] = [];
  const handOver = (): void => {
    const next = waiting[0]?.turn ?? null;
    holder = next;
    const own = waiting.filter(({ turn }) => turn === next);
    waiting = waiting.filter(({ turn }) => turn !== next);
    for (const { begin } of own) begin();
  };
  return {
    take: async (turn: Turn): Promise<void> => {
      turn.uses += 1;
      holder ??= turn;
      if (holder !== turn) await new Promise<void>((begin) => waiting.push({ turn, begin }));
    },
    give: (turn: Turn): void => {
      turn.uses -= 1;
      if (turn.uses === 0) handOver();
    },
  };
};

class Connection implements DatabaseConnection {
  constructor(
    private readonly client: PGlite,
    readonly turn: Turn,
  ) {}

  async executeQuery<Row>(query: CompiledQuery) {
    const { rows, affectedRows } = await this.client.query<Row>(query.sql, [...query.parameters]);
    return typeof affectedRows === 'number' ? { rows, numAffectedRows: BigInt(affectedRows) } : { rows };
  }

  // eslint-disable-next-line require-yield -- the interface has it; PGlite cannot
  async *streamQuery(): AsyncIterableIterator<never> {
    await Promise.reject(new Error('PGlite does not stream'));
  }
}

/**
 * PGlite has one connection, and the driver that comes with the embedded server hands it to every request at once: what
 * one does while another’s transaction is open becomes part of it, and is lost when that is rolled back. Here requests
 * take turns.
 */
export const createTurnTakingKysely = (client: PGlite) => {
  const turns = createTurns();
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: async () => {
      const turn = currentTurn.getStore() ?? { uses: 0 };
      await turns.take(turn);
      return new Connection(client, turn);
    },
    beginTransaction: async (connection) => void (await connection.executeQuery(CompiledQuery.raw('begin'))),
    commitTransaction: async (connection) =>
      void (await connection.executeQuery(CompiledQuery.raw('commit'))),
    rollbackTransaction: async (connection) =>
      void (await connection.executeQuery(CompiledQuery.raw('rollback'))),
    releaseConnection: (connection) => {
      turns.give((connection as Connection).turn);
      return Promise.resolve();
    },
    destroy: () => Promise.resolve(),
  };
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
};
