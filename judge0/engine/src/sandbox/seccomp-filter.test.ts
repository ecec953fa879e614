import { expect, test } from '@jest/globals';
import { seccompFilter } from './seccomp-filter.js';

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
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

const filter = seccompFilter('x64', { hideMemfd: false, process1Answers: true }) as Buffer;
const x64 = (number: number, ...args: number[]) => evaluate(filter, { arch: X64, number, args });

test('ordinary calls are allowed', () => {
  for (const number of [0, 1, 9, 57, 59, 202, 231, 257]) expect(x64(number)).toBe(ALLOW);
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
  for (const family of [1, 2, 10, 16]) expect(x64(41, family)).toBe(ALLOW);
  for (const family of [17, 38, 40]) expect(x64(41, family)).toBe(EPERM);
});

test('input cannot be pushed into a terminal', () => {
  expect(x64(16, 0, 0x5412)).toBe(EPERM);
  expect(x64(16, 0, 0x5401)).toBe(ALLOW);
});

test('other interfaces of the machine are closed', () => {
  expect(evaluate(filter, { arch: 0x40000003, number: 1 })).toBe(KILL);
  expect(x64(0x40000000 + 101)).toBe(KILL);
});

test('memfd is hidden only where nothing counts it', () => {
  expect(x64(319)).toBe(ALLOW);
  expect(
    evaluate(seccompFilter('x64', { hideMemfd: true, process1Answers: true }) as Buffer, {
      arch: X64,
      number: 319,
    }),
  ).toBe(ENOSYS);
});

test('an unknown machine has no filter', () =>
  expect(seccompFilter('mips', { hideMemfd: false, process1Answers: true })).toBeNull());
