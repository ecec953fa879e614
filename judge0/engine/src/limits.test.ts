import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EngineFixture, startEngine } from './testing/engine-fixture.js';

const C = 50;
const LIMITS = { cpu_time_limit: 10, cpu_extra_time: 0, wall_time_limit: 20 };
const HEADERS = ['stdio', 'stdlib', 'string', 'unistd', 'errno', 'fcntl', 'pthread', 'sys/mman']
  .map((name) => `#include <${name}.h>\n`)
  .join('');

/** Forks until the kernel refuses, and tells how many children it got. */
const FORKS = `${HEADERS}int main(){int n=0;for(;;){int p=fork();if(p==0){pause();_exit(0);}if(p<0)break;n++;}printf("%d %d\\n",n,errno==EAGAIN);}`;
const THREADS = `${HEADERS}void*f(void*p){pause();return p;}int main(){pthread_t t;pthread_attr_t a;pthread_attr_init(&a);pthread_attr_setstacksize(&a,65536);int n=0;while(n<500&&!pthread_create(&t,&a,f,0))n++;printf("%d\\n",n);fflush(stdout);_exit(0);}`;
/** Uses so many kB and says so. */
const uses = (kb: number) =>
  `${HEADERS}int main(){char*p=mmap(0,${kb}L*1024,3,MAP_PRIVATE|MAP_ANONYMOUS,-1,0);if(p==MAP_FAILED)return 3;memset(p,1,${kb}L*1024);usleep(100000);puts("used");}`;
const writes = (path: string, bytes: number) =>
  `${HEADERS}int main(){int f=${path === 'stdout' ? '1' : `open("${path}",O_CREAT|O_WRONLY,0600)`};static char b[${bytes}];memset(b,'a',sizeof b);long n=0,r;while(n<${bytes}&&(r=write(f,b+n,${bytes}-n))>0)n+=r;fprintf(stderr,"%ld",n);}`;

/** The shell that runs the program, and the program. */
const OWN_PROCESSES = 2;
/** What a small C program and its shell take besides, and how coarse the kernel counts, in kB. */
const OVERHEAD_KB = 8000;

describe.each([
  ['auto', 'control groups where the host has them', {}],
  ['helper', 'process 1', { SANDBOX_MODE: 'helper' }],
])('limits held by %s: %s', (_name, _by, settings) => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine(settings)));
  afterAll(() => engine.stop());
  const run = (source: string, limits: object) => engine.run(C, source, { ...LIMITS, ...limits });

  test.each([3, 20, 60])('of %d processes each can be had, and none more', async (limit) => {
    const verdict = await run(FORKS, { max_processes_and_or_threads: limit });
    expect(verdict.stdout).toBe(`${limit - OWN_PROCESSES} 1\n`);
  });

  test.each([20, 60])('threads count as processes: %d', async (limit) => {
    const verdict = await run(THREADS, { max_processes_and_or_threads: limit });
    expect(verdict.stdout).toBe(`${limit - OWN_PROCESSES}\n`);
  });

  test.each([32_000, 128_000])('memory below %d kB can be used, above it the run ends', async (limit) => {
    const below = await run(uses(limit - OVERHEAD_KB), { memory_limit: limit });
    expect(below).toMatchObject({ status: { id: 3 }, stdout: 'used\n' });
    expect(below.memory).toBeGreaterThan(limit - OVERHEAD_KB);
    expect(below.memory).toBeLessThanOrEqual(limit);
    const above = await run(uses(limit + 1), { memory_limit: limit });
    expect(above).toMatchObject({ status: { id: 11 }, stdout: null, limit_hint: 'memory_limit_exceeded' });
  });

  test.each(['stdout', 'file'])('a byte more than max_file_size does not get into %s', async (path) => {
    const limit = 64;
    const whole = await run(writes(path, limit * 1024), { max_file_size: limit });
    expect(whole).toMatchObject({ status: { id: 3 }, stderr: String(limit * 1024) });
    const more = await run(writes(path, limit * 1024 + 1), { max_file_size: limit });
    expect(more).toMatchObject({ status: { id: 11 }, limit_hint: 'output_limit_exceeded' });
    if (path === 'stdout') expect(more.stdout).toHaveLength(limit * 1024);
  });
});
