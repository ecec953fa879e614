import { expect, test } from '@jest/globals';
import { seccompFilter } from './seccomp-filter.js';

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const EINVAL = 0x00050016;
const ENOTTY = 0x00050019;
const DONE = 0x00050000;
const ASK = 0x7fc00000;
const KILL = 0x80000000;
const X64 = 0xc000003e;

/** Runs the filter as the kernel does: struct seccomp_data in, action out. */
function evaluate(filter: Buffer, call: { arch: number; number: number; args?: number[] }): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.number, 0);
  data.writeUInt32LE(call.arch, 4);
  (call.args ?? []).forEach((value, index) => data.writeUInt32LE(value >>> 0, 16 + 8 * index));
  let accumulator = 0;
  for (let at = 0; ; at++) {
    const code = filter.readUInt16LE(at * 8);
    const value = filter.readUInt32LE(at * 8 + 4);
    if (code === 0x06) return value;
    if (code === 0x20) accumulator = data.readUInt32LE(value);
    else if (code === 0x54) accumulator &= value;
    else {
      const holds =
        code === 0x15
          ? accumulator === value
          : code === 0x45
            ? (accumulator & value) !== 0
            : accumulator >= value;
      at += filter.readUInt8(at * 8 + (holds ? 2 : 3));
    }
  }
}

const filter = seccompFilter('x64', { hideMemfd: false, process1Answers: true, ownUid: true }) as Buffer;
const x64 = (number: number, ...args: number[]) => evaluate(filter, { arch: X64, number, args });

test('ordinary calls are allowed', () => {
  for (const number of [0, 1, 9, 57, 59, 186, 231, 257]) expect(x64(number)).toBe(ALLOW);
});

test('kernel interfaces are refused', () => {
  for (const number of [101, 165, 250, 272, 298, 308, 321, 323]) expect(x64(number)).toBe(EPERM);
});

test('clone3 and io_uring look absent', () => {
  for (const number of [425, 426, 427, 435]) expect(x64(number)).toBe(ENOSYS);
});

test('clone makes threads and processes but no namespaces', () => {
  expect(x64(56, 0x003d0f00)).toBe(ALLOW);
  expect(x64(56, 0x01200011)).toBe(ALLOW);
  expect(x64(56, 0x10000000)).toBe(EPERM);
  expect(x64(56, 0x40000011)).toBe(EPERM);
});

test('sockets are of the common families only', () => {
  for (const family of [1, 2, 10]) expect(x64(41, family)).toBe(ALLOW);
  expect(x64(41, 16, 3, 0)).toBe(ALLOW);
  expect(x64(41, 16, 3, 9)).toBe(EPERM);
  for (const family of [17, 38, 40]) expect(x64(41, family)).toBe(EPERM);
});

test('input cannot be pushed into a terminal', () => {
  expect(x64(16, 0, 0x5412)).toBe(EPERM);
  expect(x64(16, 0, 0x5401)).toBe(ALLOW);
});

test('locks and questions about the machine go to process 1', () => {
  for (const number of [73, 99, 137, 138]) expect(x64(number)).toBe(ASK);
  for (const command of [5, 6, 7, 36, 37, 38]) expect(x64(72, 3, command)).toBe(ASK);
});

test('without process 1 every lock is granted, and nobody is told of one', () => {
  const alone = seccompFilter('x64', { hideMemfd: false, process1Answers: false, ownUid: true }) as Buffer;
  const call = (number: number, ...args: number[]) => evaluate(alone, { arch: X64, number, args });
  for (const command of [6, 7, 37, 38]) expect(call(72, 3, command)).toBe(DONE);
  for (const command of [5, 36]) expect(call(72, 3, command)).toBe(EINVAL);
  expect(call(73)).toBe(DONE);
  for (const number of [99, 137, 138]) expect(call(number)).toBe(ENOSYS);
});

test('descriptors are duplicated, but files neither leased, marked nor watched', () => {
  for (const command of [0, 1, 2, 3, 4, 1030, 1033]) expect(x64(72, 3, command)).toBe(ALLOW);
  for (const command of [1024, 1025, 1026, 1031, 1035, 1036, 1037, 1038, 1050])
    expect(x64(72, 3, command)).toBe(EINVAL);
});

test('ioctl is for terminals and sockets', () => {
  for (const command of [0x5401, 0x5413, 0x541b, 0x5451, 0x8912]) expect(x64(16, 0, command)).toBe(ALLOW);
  for (const command of [0x1, 0x40049409, 0xc020660b, 0x80045200]) expect(x64(16, 0, command)).toBe(ENOTTY);
});

test('futexes of one process go to the kernel, others to process 1', () => {
  for (const command of [0, 1, 9, 10]) {
    expect(x64(202, 0, command | 0x80)).toBe(ALLOW);
    expect(x64(202, 0, command)).toBe(ASK);
    expect(x64(202, 0, command | 0x100)).toBe(ASK);
  }
  expect(x64(202, 0, 4)).toBe(ENOSYS);
});

test('what the kernel counts per user is counted per box where boxes have one user', () => {
  const shared = seccompFilter('x64', { hideMemfd: false, process1Answers: true, ownUid: false }) as Buffer;
  const call = (number: number, ...args: number[]) => evaluate(shared, { arch: X64, number, args });
  for (const number of [22, 293]) expect([x64(number), call(number)]).toEqual([ALLOW, ASK]);
  for (const number of [46, 307]) expect([x64(number), call(number)]).toEqual([ALLOW, EPERM]);
  expect([x64(259, 0, 0, 0o10600), call(259, 0, 0, 0o10600)]).toEqual([ALLOW, ASK]);
  expect(call(259, 0, 0, 0o100600)).toBe(ALLOW);
});

test('only threads share descriptors', () => {
  expect(x64(56, 0x400)).toBe(EINVAL);
  expect(x64(56, 0x10400)).toBe(ALLOW);
  expect(x64(56, 0x1000)).toBe(EPERM);
});

test('nothing acts on the page cache or asks about it', () => {
  for (const advice of [12, 20, 21]) expect(x64(28, 0, 0, advice)).toBe(EINVAL);
  expect(x64(28, 0, 0, 4)).toBe(ALLOW);
  for (const number of [27, 451]) expect(x64(number)).toBe(ENOSYS);
  for (const number of [162, 187, 221, 277, 306]) expect(x64(number)).toBe(DONE);
  expect(x64(327, 0, 0, 0, 0, 0, 8)).toBe(0x0005005f);
  expect(x64(327)).toBe(ALLOW);
});

test('other interfaces of the machine are closed', () => {
  expect(evaluate(filter, { arch: 0x40000003, number: 1 })).toBe(KILL);
  expect(x64(0x40000000 + 101)).toBe(KILL);
});

test('memfd is hidden only where nothing counts it', () => {
  expect(x64(319)).toBe(ALLOW);
  expect(
    evaluate(seccompFilter('x64', { hideMemfd: true, process1Answers: true, ownUid: true }) as Buffer, {
      arch: X64,
      number: 319,
    }),
  ).toBe(ENOSYS);
});

test('an unknown machine has no filter', () =>
  expect(seccompFilter('mips', { hideMemfd: false, process1Answers: true, ownUid: true })).toBeNull());
