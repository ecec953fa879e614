/**
 * Preloaded into every child (node --import). When its parent is gone, even by SIGKILL, the kernel closes the IPC
 * channel: the child then stops as after a SIGTERM, and is killed with its whole process group if it does not.
 */
import { isMainThread } from 'node:worker_threads';

const PATIENCE_MS = 10_000;

// Worker threads inherit --import, but the channel is the main thread's.
if (isMainThread && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => {
      // The parent made this process the leader of a group of its own.
      process.kill(-process.pid, 'SIGKILL');
    }, PATIENCE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // A program that has nothing more to do may end in spite of the channel.
  process.channel.unref();
}
