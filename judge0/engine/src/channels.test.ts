import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Channel,
  HEAR_INPUT,
  channelSource,
  hasHeard,
  randomSecret,
  sayInput,
} from './hostile/channel.js';
import { CHANNELS } from './hostile/channel-programs.js';
import { type EngineFixture, type Verdict, startEngine } from './testing/engine-fixture.js';

const [BASH, C, CPP, JAVA, NODE, PYTHON] = [46, 50, 54, 62, 63, 71];
const PATIENT = { wall_time_limit: 20, cpu_time_limit: 10 };

describe.each(['auto', 'helper'])('boxes at the same time, measured by %s', (mode) => {
  const outcomes = new Map<string, { secret: number; said: Verdict; heard: Verdict }>();

  /** The parts of a pair get their turns one after the other, and sleep most of the time: four pairs at once. */
  beforeAll(async () => {
    const engine = await startEngine({ SANDBOX_MODE: mode, SLOTS: '8' });
    const runPair = async (channel: Channel) => {
      const secret = randomSecret(channel);
      const run = (stdin: string) => engine.run(C, channelSource(channel), { ...PATIENT, stdin });
      const [said, heard] = await Promise.all([run(sayInput(secret)), run(HEAR_INPUT)]);
      outcomes.set(channel.name, { secret, said, heard });
    };
    try {
      for (let start = 0; start < CHANNELS.length; start += 4)
        await Promise.all(CHANNELS.slice(start, start + 4).map(runPair));
    } finally {
      await engine.stop();
    }
  }, 180_000);

  test.each(CHANNELS.map(({ name }) => name))('do not reach each other by %s', (name) => {
    const { secret, said, heard } = outcomes.get(name) ?? {};
    expect([said?.status.description, heard?.status.description]).toEqual(['Accepted', 'Accepted']);
    expect(heard?.stdout).toMatch(/^heard /m);
    expect(hasHeard(heard?.stdout ?? '', secret ?? 0)).toBe(false);
  });
});

describe('inside one box, what is refused between boxes works', () => {
  let engine: EngineFixture;
  beforeAll(async () => (engine = await startEngine()));
  afterAll(() => engine.stop());
  const output = async (languageId: number, source: string) => {
    const verdict = await engine.run(languageId, source, PATIENT);
    return verdict.stdout ?? verdict.stderr ?? verdict.compile_output ?? verdict.message;
  };

  test('flock keeps two shells apart', async () => {
    const source =
      'exec 9>lock; flock 9; (exec 8>lock; flock -n 8 && echo in || echo kept out); flock -u 9; (exec 8>lock; flock -n 8 && echo in)';
    expect(await output(BASH, source)).toBe('kept out\nin\n');
  });

  test('record locks make children take turns', async () => {
    const source = [
      'import fcntl,os',
      'open("n","w").write("0")',
      'for _ in range(4):',
      ' if os.fork()==0:',
      '  for _ in range(50):',
      '   with open("n","r+") as f:',
      '    fcntl.lockf(f,fcntl.LOCK_EX)',
      '    n=int(f.read()); f.seek(0); f.write(str(n+1)); f.flush()',
      '  os._exit(0)',
      'for _ in range(4): os.wait()',
      'print(open("n").read())',
    ].join('\n');
    expect(await output(PYTHON, source)).toBe('200\n');
  });

  test('SQLite refuses a second writer and lets it in afterwards', async () => {
    const source = [
      'import sqlite3,subprocess,sys',
      'one=sqlite3.connect("d"); one.execute("create table a(b)"); one.commit()',
      'one.execute("begin exclusive"); one.execute("insert into a values(1)")',
      "other=\"import sqlite3;c=sqlite3.connect('d',timeout=0);c.execute('insert into a values(2)');c.commit()\"",
      'run=lambda: subprocess.run([sys.executable,"-c",other],capture_output=True,text=True).stderr.strip().split("\\n")[-1]',
      'print(run()); one.commit(); print(run() or "written")',
      'print(one.execute("select * from a").fetchall())',
    ].join('\n');
    expect(await output(PYTHON, source)).toBe(
      'sqlite3.OperationalError: database is locked\nwritten\n[(1,), (2,)]\n',
    );
  });

  test('Java locks a file, joins threads and reads its memory', async () => {
    const source = [
      'import java.nio.channels.*;import java.nio.file.*;',
      'public class Main{public static void main(String[] a)throws Exception{',
      'FileChannel c=FileChannel.open(Path.of("l"),StandardOpenOption.CREATE,StandardOpenOption.WRITE);',
      'System.out.println(c.tryLock()!=null);',
      'try{c.tryLock();}catch(OverlappingFileLockException e){System.out.println("twice");}',
      'Thread t=new Thread(()->System.out.println("thread"));t.start();t.join();',
      'System.out.println(Runtime.getRuntime().totalMemory()>0);',
      'System.out.println(new java.io.File("l").getUsableSpace()>0);}}',
    ].join('\n');
    expect(await output(JAVA, source)).toBe('true\ntwice\nthread\ntrue\ntrue\n');
  });

  test('a lock on a file of the system is granted and hides nothing', async () => {
    const source =
      'import fcntl\nf=open("/bin/bash")\nfcntl.flock(f,fcntl.LOCK_EX)\nfcntl.lockf(f,fcntl.LOCK_SH)\nfcntl.flock(open("/dev/null"),fcntl.LOCK_EX|fcntl.LOCK_NB)\nprint("on")';
    expect(await output(PYTHON, source)).toBe('on\n');
  });

  test('processes wait for each other by shared semaphores, in time', async () => {
    const source = `#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <time.h>
#include <errno.h>
#include <thread>
#include <cstdio>
int main(){
  sem_t*s=(sem_t*)mmap(0,4096,3,MAP_SHARED|MAP_ANONYMOUS,-1,0);
  sem_init(s,1,0);sem_init(s+1,1,0);
  if(fork()==0){for(int i=0;i<500;i++){sem_wait(s);sem_post(s+1);}_exit(0);}
  for(int i=0;i<500;i++){sem_post(s);sem_wait(s+1);}
  wait(0);
  timespec t;clock_gettime(CLOCK_REALTIME,&t);t.tv_sec++;
  int late=sem_timedwait(s,&t);
  printf("%d %d\\n",late,errno==ETIMEDOUT);
  long n=0;for(int i=0;i<200;i++){std::thread t([&]{n++;});t.join();}
  printf("%ld\\n",n);
}`;
    expect(await output(CPP, source)).toBe('-1 1\n200\n');
  });

  test('a pool of Python processes and Node’s child processes answer', async () => {
    const pool =
      'from multiprocessing import Pool\nimport os\ndef f(x): return x*x\nif __name__=="__main__":\n with Pool(3) as p: print(sum(p.map(f,range(100))), os.cpu_count()>0)';
    expect(await output(PYTHON, pool)).toBe('328350 True\n');
    const child =
      'const os=require("os");console.log(require("child_process").execSync("echo hi").toString().trim(),os.totalmem()>0,os.freemem()>0)';
    expect(await output(NODE, child)).toBe('hi true true\n');
  });

  test('the machine’s memory and load look the same at all times', async () => {
    const source =
      '#include <sys/sysinfo.h>\n#include <stdio.h>\nint main(){struct sysinfo s;sysinfo(&s);printf("%d %d %lu\\n",s.totalram==s.freeram,s.procs,s.loads[0]+s.loads[1]+s.bufferram+s.sharedram);}';
    expect(await output(C, source)).toBe('1 1 0\n');
  });
});
