import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const [BASH, PYTHON] = [46, 71];

let engine: EngineFixture;
beforeAll(async () => (engine = await startEngine()));
afterAll(() => engine.stop());

const output = async (languageId: number, source: string) => (await engine.run(languageId, source)).stdout;

describe('a program sees nothing of the machine', () => {
  test('accounts, homes, engine and environment are out of sight', async () => {
    expect(await output(BASH, 'cut -d: -f1 /etc/passwd | tr "\\n" " "')).toBe('root box ');
    expect(await output(BASH, 'ls -d /home /root /work /sys /var /srv /mnt /run 2>/dev/null; echo end')).toBe(
      'end\n',
    );
    expect(await output(BASH, 'cat /etc/shadow 2>/dev/null; hostname; id -u; ls -A /usr/local')).toBe(
      'box\n1000\n',
    );
    expect(await output(BASH, 'env | cut -d= -f1 | sort | tr "\\n" " "')).toBe(
      'HOME LANG LANGUAGE LC_ALL LD_PRELOAD PATH PWD SHLVL _ ',
    );
  });

  test('only its own processes and standard descriptors exist', async () => {
    const fds = 'import os\nprint(sorted(os.listdir("/proc/self/fd"))[:3], len(os.listdir("/proc/self/fd")))';
    expect(await output(PYTHON, fds)).toBe("['0', '1', '2'] 4\n");
    expect(await output(PYTHON, 'import os\nprint([p for p in os.listdir("/proc") if p.isdigit()])')).toBe(
      "['1', '2', '3']\n",
    );
    expect(await output(BASH, 'ls /proc/1/fd /proc/1/root 2>/dev/null; echo end')).toBe('end\n');
  });

  test('there is no network', async () => {
    const source =
      'import socket\nfor a in ["1.1.1.1","169.254.169.254","10.0.0.1"]:\n try: socket.create_connection((a,80),1); print("out")\n except OSError as e: print(e.errno)';
    expect(await output(PYTHON, source)).toBe('101\n101\n101\n');
  });

  test('no privileges, and none to be had', async () => {
    const source = [
      'import ctypes,subprocess',
      'libc=ctypes.CDLL(None)',
      'sets=(ctypes.c_uint32*6)()',
      'libc.capget((ctypes.c_uint32*2)(0x20080522,0),sets)',
      // PR_CAPBSET_READ, PR_CAP_AMBIENT and PR_GET_NO_NEW_PRIVS.
      'print(sum(sets),sum(libc.prctl(23,cap,0,0,0)==1 or libc.prctl(47,1,cap,0,0)==1 for cap in range(41)))',
      'print(libc.prctl(39,0,0,0,0),subprocess.run(["su","-c","id"],capture_output=True).stdout)',
    ].join('\n');
    expect(await output(PYTHON, source)).toBe("0 0\n1 b''\n");
  });

  test('no file of the kernel can be opened, not even about itself', async () => {
    const source = [
      'import os',
      'def readable(f):',
      ' try: open(f,"rb").read(1); return True',
      ' except OSError: return False',
      'found=["/proc/self/"+n for n in os.listdir("/proc/self")]',
      'found+=["/proc/self/net/"+n for n in os.listdir("/proc/self/net")]',
      'found+=["/proc/"+n for n in ["meminfo","stat","loadavg","interrupts","diskstats","config.gz","mounts","uptime","locks"]]',
      // Links to files of the box are no files of the kernel.
      'print([f for f in found if readable(f) and not os.path.islink(f)], os.path.basename(os.readlink("/proc/self/exe")))',
    ].join('\n');
    expect(await output(PYTHON, source)).toMatch(/^\[\] python3/);
  });

  test('the system is read-only', async () => {
    const source =
      'for d in / /usr /etc /dev /bin /proc/sys/kernel /usr/local; do touch $d/x 2>/dev/null && echo $d; done; echo end';
    expect(await output(BASH, source)).toBe('end\n');
  });
});

test('the boxes that are made beside a program are out of its reach', async () => {
  const look =
    'import os,time\nseen=set()\nfor i in range(30):\n seen|={p for p in os.listdir("/proc") if p.isdigit()}\n time.sleep(0.01)\nprint(sorted(seen))';
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () => [
      output(BASH, 'kill -9 -1'),
      output(PYTHON, look),
      output(BASH, 'echo fine'),
    ]).flat(),
  );
  expect(outputs).toEqual(Array.from({ length: 4 }, () => [null, "['1', '2', '3']\n", 'fine\n']).flat());
});

test('nothing of a run is left for the next one', async () => {
  // Nobody else on this machine sleeps exactly that long.
  const seconds = `60.${process.pid}`;
  const write = `echo secret > /tmp/a; echo secret > /dev/shm/a; echo secret > /box/a; mkfifo /tmp/f; (setsid sleep ${seconds} &) ; echo ok`;
  await Promise.all([engine.run(BASH, write), engine.run(BASH, write)]);
  const look = 'ls -A /tmp /dev/shm; ls /box; ls /proc | grep -c "^[0-9]"';
  expect(await output(BASH, look)).toBe('/dev/shm:\n\n/tmp:\nrun\nscript.sh\n5\n');
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(`sleep ${seconds}`);
});
