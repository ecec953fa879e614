import {
  ACCEPTED,
  CONTAINED,
  CRASHED,
  CRASHED_OR_TIMED_OUT,
  type HostileProgram,
  LANG,
  SHORT,
  TIMED_OUT,
  inC,
} from './hostile-program.js';

const SMALL = { ...SHORT, memory_limit: 64000 };
const outOfMemory = { status: CRASHED, hint: 'memory_limit_exceeded' } as const;

const python = (name: string, source: string, expect: HostileProgram['expect'], fields: object = SHORT) => ({
  name,
  language: LANG.python,
  source,
  fields: { ...fields },
  expect,
});

const bash = (name: string, source: string, expect: HostileProgram['expect'], fields: object = SHORT) => ({
  name,
  language: LANG.bash,
  source,
  fields: { ...fields },
  expect,
});

const PROCESSES: HostileProgram[] = [
  inC('processes: fork bomb in C', 'int main(){for(;;)fork();}', { status: CRASHED_OR_TIMED_OUT }),
  bash('processes: fork bomb in a shell', ':(){ :|:& };:; wait; while :; do :; done', { status: CONTAINED }),
  python(
    'processes: a fork bomb whose parts leave their session',
    'import os\nwhile True:\n  try:\n    if os.fork()==0: os.setsid()\n  except OSError: pass',
    { status: TIMED_OUT },
  ),
  inC('processes: vfork storm', 'int main(){for(;;)if(vfork()==0)_exit(0);}', { status: TIMED_OUT }),
  inC(
    'processes: threads without end',
    'void*f(void*p){pause();return p;}int main(){pthread_t t;int n=0;while(!pthread_create(&t,0,f,0))n++;printf("%d\\n",n);fflush(stdout);_exit(n<100?0:1);}',
    { status: ACCEPTED, stdout: /^\d+\n$/ },
  ),
  {
    name: 'processes: Java threads without end',
    language: LANG.java,
    source:
      'public class Main{public static void main(String[] a){for(;;){new Thread(()->{try{Thread.sleep(9000);}catch(Exception e){}}).start();}}}',
    fields: { ...SHORT, wall_time_limit: 4 },
    expect: { status: CRASHED_OR_TIMED_OUT },
  },
  python(
    'processes: many children that only sleep are gone afterwards',
    'import os,time\nfor i in range(40):\n  if os.fork()==0: time.sleep(60)\nprint("left")',
    { status: ACCEPTED, stdout: /left/ },
  ),
];

const MEMORY: HostileProgram[] = [
  inC(
    'memory: heap',
    'int main(){for(;;){char*p=malloc(1<<20);if(p)memset(p,1,1<<20);}}',
    outOfMemory,
    SMALL,
  ),
  inC(
    'memory: stack',
    'int f(int n){volatile char b[4096];b[0]=n;return f(n+1)+b[0];}int main(){return f(0);}',
    { status: CRASHED },
    SMALL,
  ),
  inC(
    'memory: populated private mappings',
    'int main(){for(;;)mmap(0,1<<22,3,MAP_PRIVATE|MAP_ANONYMOUS|MAP_POPULATE,-1,0);}',
    outOfMemory,
    SMALL,
  ),
  inC(
    'memory: shared mappings',
    'int main(){for(;;){char*p=mmap(0,1<<22,3,MAP_SHARED|MAP_ANONYMOUS,-1,0);if(p!=MAP_FAILED)memset(p,1,1<<22);}}',
    outOfMemory,
    SMALL,
  ),
  bash(
    'memory: private /tmp',
    'i=0; while :; do head -c 1000000 /dev/zero > /tmp/f$i; i=$((i+1)); done',
    {
      status: CRASHED_OR_TIMED_OUT,
    },
    SMALL,
  ),
  bash(
    'memory: /dev/shm',
    'i=0; while :; do head -c 1000000 /dev/zero > /dev/shm/f$i; i=$((i+1)); done',
    {
      status: CRASHED_OR_TIMED_OUT,
    },
    SMALL,
  ),
  inC(
    'memory: System V segments nobody is attached to',
    'int main(){for(;;){int i=shmget(IPC_PRIVATE,1<<22,0600);if(i<0)return 3;char*p=shmat(i,0,0);memset(p,1,1<<22);shmdt(p);}}',
    { status: CRASHED_OR_TIMED_OUT },
    SMALL,
  ),
  inC(
    'memory: POSIX shared memory',
    'int main(){char n[20];for(int i=0;;i++){sprintf(n,"/m%d",i);int f=shm_open(n,O_CREAT|O_RDWR,0600);if(f<0)return 3;if(ftruncate(f,1<<20))return 4;char*p=mmap(0,1<<20,3,MAP_SHARED,f,0);memset(p,1,1<<20);munmap(p,1<<20);close(f);}}',
    { status: CRASHED_OR_TIMED_OUT },
    SMALL,
  ),
  inC(
    'memory: files that have no name',
    'int main(){static char b[1<<20];for(;;){int f=memfd_create("m",0);if(f<0)return 3;if(write(f,b,sizeof b)<0)return 4;}}',
    { status: CRASHED_OR_TIMED_OUT },
    SMALL,
  ),
  inC(
    'memory: page tables of a sparse mapping',
    'int main(){size_t n=1ul<<40;char*p=mmap(0,n,3,MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE,-1,0);if(p==MAP_FAILED)return 3;for(size_t i=0;i<n;i+=1<<21)p[i]=1;}',
    { status: CRASHED_OR_TIMED_OUT },
    SMALL,
  ),
  inC(
    'memory: pipes full of bytes',
    'int main(){static char b[65536];int p[2];for(;;){if(pipe(p))return 3;fcntl(p[1],F_SETFL,O_NONBLOCK);while(write(p[1],b,sizeof b)>0);}}',
    { status: CONTAINED },
    SMALL,
  ),
  inC(
    'memory: locked pages',
    'int main(){mlockall(MCL_CURRENT|MCL_FUTURE);for(;;){char*p=malloc(1<<20);if(!p)return 3;memset(p,1,1<<20);}}',
    {
      status: CRASHED,
    },
    SMALL,
  ),
  python(
    'memory: shared between many children',
    'import os,time\nfor i in range(20):\n  if os.fork()==0:\n    x=bytearray(20<<20); time.sleep(5)\ntime.sleep(5)',
    { status: CRASHED_OR_TIMED_OUT, hint: 'memory_limit_exceeded' },
    SMALL,
  ),
  {
    name: 'memory: Java heap',
    language: LANG.java,
    source:
      'import java.util.*;public class Main{public static void main(String[] a){List<byte[]> l=new ArrayList<>();for(;;)l.add(new byte[1<<20]);}}',
    fields: { ...SHORT, cpu_time_limit: 4, wall_time_limit: 8 },
    expect: { status: CRASHED },
  },
  {
    name: 'memory: JavaScript heap and buffers',
    language: LANG.node,
    source: 'const a=[];for(;;)a.push(Buffer.alloc(1<<20,1))',
    fields: { ...SHORT, cpu_time_limit: 3, wall_time_limit: 8 },
    expect: outOfMemory,
  },
];

const TIME: HostileProgram[] = [
  python(
    'time: an orphan burns on',
    'import os,time\nif os.fork()==0:\n  os.setsid()\n  if os.fork()==0:\n    while True: pass\n  os._exit(0)\nos.wait(); time.sleep(9)',
    {
      status: TIMED_OUT,
    },
  ),
  inC(
    'time: threads burn together',
    'void*f(void*p){for(;;);return p;}int main(){pthread_t t;for(int i=0;i<4;i++)pthread_create(&t,0,f,0);pause();}',
    { status: TIMED_OUT },
  ),
  inC(
    'time: short children that nobody waits for',
    'int main(){signal(SIGCHLD,SIG_IGN);for(;;){if(fork()==0){clock_t e=clock()+CLOCKS_PER_SEC/20;while(clock()<e);_exit(0);}usleep(55000);}}',
    { status: TIMED_OUT },
    { ...SHORT, wall_time_limit: 8 },
  ),
  bash('time: a sleeper', 'sleep 60', { status: TIMED_OUT }),
  inC('time: one that stops itself', 'int main(){raise(SIGSTOP);}', { status: TIMED_OUT }),
  inC('time: one that stops its parent', 'int main(){kill(getppid(),SIGSTOP);return 0;}', {
    status: TIMED_OUT,
  }),
  inC('time: one that ignores every signal', 'int main(){for(int i=1;i<65;i++)signal(i,SIG_IGN);for(;;);}', {
    status: TIMED_OUT,
  }),
  inC(
    'time: real-time priority',
    'int main(){struct sched_param p={50};int r=sched_setscheduler(0,SCHED_FIFO,&p);setpriority(PRIO_PROCESS,0,-20);if(r==0)puts("realtime");for(;;);}',
    { status: TIMED_OUT, never: /realtime/ },
  ),
  inC(
    'time: limits raised again',
    'int main(){struct rlimit l={RLIM_INFINITY,RLIM_INFINITY};int n=0;for(int i=0;i<16;i++){struct rlimit o;getrlimit(i,&o);if(o.rlim_max!=RLIM_INFINITY&&setrlimit(i,&l)==0)n++;}printf("%d raised\\n",n);}',
    { status: ACCEPTED, stdout: /^0 raised/ },
  ),
];

/** Programs that want more than their share of processes, memory or time. */
export const RESOURCE_PROGRAMS: HostileProgram[] = [...PROCESSES, ...MEMORY, ...TIME];
