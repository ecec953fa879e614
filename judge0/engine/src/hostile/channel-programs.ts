import type { Channel } from './channel.js';

const nothingBefore = 'static void before(void){}';

const LOCKS: Channel[] = [
  {
    name: 'record locks on a file of the system',
    body: `${nothingBefore}
static void say(int n){recordLocks(sharedFile(0),F_SETLK,F_RDLCK,n);}
static int hear(void){int f=sharedFile(0),n=lockedBytes(f,F_GETLK);close(f);return n;}`,
  },
  {
    name: 'locks of an open file on a file of the system',
    body: `${nothingBefore}
static void say(int n){recordLocks(sharedFile(0),F_OFD_SETLK,F_RDLCK,n);}
static int hear(void){int f=sharedFile(0),n=lockedBytes(f,F_OFD_GETLK);close(f);return n;}`,
  },
  {
    name: 'whole-file locks on files of the system',
    body: `${nothingBefore}
static void say(int n){for(int i=0;i<BITS;i++)if(n>>i&1)flock(sharedFile(i),LOCK_EX);}
static int hear(void){int n=0;for(int i=0;i<BITS;i++){int f=sharedFile(i);if(flock(f,LOCK_SH|LOCK_NB)&&errno==EWOULDBLOCK)n|=1<<i;close(f);}return n;}`,
  },
  {
    name: 'record locks on devices',
    range: 1 << 12,
    body: `${nothingBefore}
static const char*const D[]={"/dev/zero","/dev/full","/dev/random","/dev/urandom"};
static void say(int n){for(int d=0;d<4;d++)recordLocks(open(D[d],O_RDWR),F_SETLK,F_WRLCK,n>>3*d&7);}
static int hear(void){int n=0;for(int d=0;d<4;d++){int f=open(D[d],O_RDWR);for(int i=0;i<3;i++){struct flock l={.l_type=F_WRLCK,.l_start=i,.l_len=1};if(fcntl(f,F_SETLK,&l)&&errno==EAGAIN)n|=1<<(3*d+i);}close(f);}return n;}`,
  },
  {
    name: 'record locks on the program, which both boxes get from the cache',
    body: `${nothingBefore}
static void say(int n){recordLocks(open("/proc/self/exe",O_RDONLY),F_SETLK,F_RDLCK,n);}
static int hear(void){int f=open("/proc/self/exe",O_RDONLY),n=lockedBytes(f,F_GETLK);close(f);return n;}`,
  },
];

const WATCHES: Channel[] = [
  {
    name: 'a watch on files of the system',
    body: `static int watch,of[BITS],bits;
static void before(void){watch=inotify_init1(IN_NONBLOCK);for(int i=0;i<BITS;i++)of[i]=inotify_add_watch(watch,sharedPath(i,1),IN_OPEN);}
static void say(int n){for(int i=0;i<BITS;i++)if(n>>i&1)close(sharedFile(i));}
static int hear(void){char b[4096];long r=read(watch,b,sizeof b);for(char*p=b;p<b+r;){struct inotify_event*e=(void*)p;for(int i=0;i<BITS;i++)if(of[i]==e->wd)bits|=1<<i;p+=sizeof*e+e->len;}return bits;}`,
  },
  {
    name: 'a directory notification in the system',
    from: 10,
    range: 40,
    body: `static volatile int count;static void on(int s){count++;}
static void before(void){signal(SIGIO,on);fcntl(open("/usr/bin",O_RDONLY),F_NOTIFY,(int)(DN_ACCESS|DN_MULTISHOT));}
static void say(int n){char c;int f=sharedFile(0);for(int i=0;i<n;i++){pread(f,&c,1,0);usleep(10000);}}
static int hear(void){return count;}`,
  },
  {
    name: 'the times of devices',
    range: 32,
    body: `static const char*const D[]={"/dev/null","/dev/zero","/dev/full","/dev/random","/dev/urandom"};static struct timespec was[5];
static void before(void){for(int i=0;i<5;i++){struct stat s;if(stat(D[i],&s)==0)was[i]=s.st_mtim;}}
static void say(int n){for(int i=0;i<5;i++)if(n>>i&1)utimensat(AT_FDCWD,D[i],NULL,0);}
static int hear(void){int n=0;for(int i=0;i<5;i++){struct stat s;if(stat(D[i],&s)==0&&memcmp(&s.st_mtim,&was[i],sizeof was[i]))n|=1<<i;}return n;}`,
  },
  {
    name: 'access times of files of the system',
    body: `static struct timespec was[BITS];
static struct stat look(int i){struct stat s;stat(sharedPath(i,1),&s);return s;}
static void before(void){for(int i=0;i<BITS;i++)was[i]=look(i).st_atim;}
static void say(int n){char c;for(int i=0;i<BITS;i++)if(n>>i&1)read(sharedFile(i),&c,1);}
static int hear(void){int n=0;for(int i=0;i<BITS;i++){struct timespec t=look(i).st_atim;if(memcmp(&t,&was[i],sizeof t))n|=1<<i;}return n;}`,
  },
];

const PAGES: Channel[] = [
  {
    name: 'futexes in a page of the C library',
    body: `static volatile int bits;static unsigned*word(int i){return (unsigned*)((unsigned long)&qsort&~3ul)+i;}
static void*wait_(void*p){long i=(long)p;for(int k=0;k<20;k++)if(syscall(SYS_futex,word(i),FUTEX_WAIT,*word(i),NULL,NULL,0)==0){bits|=1<<i;break;}return 0;}
static void before(void){pthread_t t;for(long i=0;i<BITS;i++)pthread_create(&t,0,wait_,(void*)i);}
static void say(int n){for(int k=0;k<5;k++){for(int i=0;i<BITS;i++)if(n>>i&1)syscall(SYS_futex,word(i),FUTEX_WAKE,1,NULL,NULL,0);usleep(1000);}}
static int hear(void){return bits;}`,
  },
  {
    name: 'how many map a page of the system',
    body: `enum{STEP=32*4096};static char*map;
static void open_(void){int f=open(sharedPath(0,BITS*STEP+4096),O_RDONLY);map=mmap(0,BITS*STEP,PROT_READ,MAP_PRIVATE,f,0);}
static void before(void){open_();for(int i=0;i<BITS;i++)*(volatile char*)(map+i*STEP);}
static void say(int n){open_();for(int i=0;i<BITS;i++)if(n>>i&1)*(volatile char*)(map+i*STEP);}
static int hear(void){int n=0,f=open("/proc/self/pagemap",O_RDONLY);for(int i=0;i<BITS;i++){unsigned long e=0;pread(f,&e,8,((unsigned long)map+i*STEP)/4096*8);if(e>>63&1&&!(e>>56&1))n|=1<<i;}close(f);return n;}`,
  },
];

const COUNTERS: Channel[] = [
  {
    name: 'free space of the file system that holds the outputs',
    from: 40,
    range: 80,
    body: `static long was;static long free_(void){struct statfs s;return fstatfs(1,&s)?0:s.f_bfree;}
static void before(void){printf("start\\n");fflush(stdout);was=free_();}
static void say(int n){static char b[4096];for(int i=0;i<n;i++)write(1,b,sizeof b);}
static int hear(void){return was-free_();}`,
  },
  {
    name: 'how many processes the machine has, by sysinfo',
    from: 2,
    range: 4,
    body: `static int was;static int count(void){struct sysinfo s;return sysinfo(&s)?0:s.procs;}
static void before(void){was=count();}
static void say(int n){for(int i=0;i<8*n;i++)if(fork()==0){sleep(1);_exit(0);}}
static int hear(void){return (count()-was+4)/8;}`,
  },
  {
    name: 'how many processes the machine has, by a file of the kernel',
    from: 2,
    range: 4,
    body: `static int was;static int count(void){int n=0;FILE*f=fopen("/proc/loadavg","r");if(f){if(fscanf(f,"%*s %*s %*s %*d/%d",&n)!=1)n=0;fclose(f);}return n;}
static void before(void){was=count();}
static void say(int n){for(int i=0;i<8*n;i++)if(fork()==0){sleep(1);_exit(0);}}
static int hear(void){return (count()-was+4)/8;}`,
  },
  {
    name: 'memory that the machine shares out',
    from: 40,
    range: 80,
    body: `static long was;static long shared(void){char l[99];long n=0;FILE*f=fopen("/proc/meminfo","r");while(f&&fgets(l,99,f))if(sscanf(l,"Shmem: %ld",&n)==1)break;if(f)fclose(f);return n/128;}
static void before(void){was=shared();}
static void say(int n){int f=open("/tmp/a",O_CREAT|O_RDWR,0600);static char b[131072];for(int i=0;i<n;i++){if(i%7==0){char p[20];sprintf(p,"/tmp/%d",i);f=open(p,O_CREAT|O_RDWR,0600);}write(f,b,sizeof b);}}
static int hear(void){return shared()-was;}`,
  },
];

/** What the kernel counts per user, for boxes that have one. */
const USER_LIMITS: Channel[] = [
  {
    name: 'descriptors in flight',
    range: 2,
    body: `static int pass(int socket,int count){static char space[CMSG_SPACE(253*sizeof(int))];char c=0;struct iovec v={&c,1};struct msghdr m={.msg_iov=&v,.msg_iovlen=1,.msg_control=space,.msg_controllen=CMSG_SPACE(count*sizeof(int))};
struct cmsghdr*h=CMSG_FIRSTHDR(&m);h->cmsg_level=SOL_SOCKET;h->cmsg_type=SCM_RIGHTS;h->cmsg_len=CMSG_LEN(count*sizeof(int));for(int i=0;i<count;i++)((int*)CMSG_DATA(h))[i]=0;return sendmsg(socket,&m,0);}
static int pair_[2];static void before(void){socketpair(AF_UNIX,SOCK_DGRAM,0,pair_);}
static void say(int n){before();for(int i=0;i<3;i++)pass(pair_[0],253);}
static int hear(void){char c;int r=pass(pair_[0],1)<0&&errno==ETOOMANYREFS;recv(pair_[1],&c,1,MSG_DONTWAIT);return r;}`,
  },
  {
    name: 'pages of pipes',
    range: 2,
    body: `${nothingBefore}
static void say(int n){for(int i=0;i<6;i++)if(fork()==0){int p[2];for(int k=0;k<240;k++)pipe(p);sleep(1);_exit(0);}}
static int hear(void){int p[2];if(pipe(p))return 0;int size=fcntl(p[0],F_GETPIPE_SZ);close(p[0]);close(p[1]);return size<65536;}`,
  },
  {
    name: 'pages of pipes with names',
    range: 2,
    body: `${nothingBefore}
static void say(int n){for(int i=0;i<6;i++)if(fork()==0){char p[20];for(int k=0;k<400;k++){sprintf(p,"/tmp/%d-%d",i,k);mkfifo(p,0600);open(p,O_RDWR);}sleep(1);_exit(0);}}
static int hear(void){int p[2];if(pipe(p))return 0;int size=fcntl(p[0],F_GETPIPE_SZ);close(p[0]);close(p[1]);return size<65536;}`,
  },
];

/** What the boxes' namespaces keep apart. */
const NAMESPACES: Channel[] = [
  {
    name: 'a System V segment',
    body: `${nothingBefore}
static void say(int n){int*p=shmat(shmget(0x4a55,64,IPC_CREAT|0666),0,0);if(p!=(void*)-1)*p=n;}
static int hear(void){int*p=shmat(shmget(0x4a55,64,0),0,0);return p==(void*)-1?0:*p;}`,
  },
  {
    name: 'a System V queue',
    body: `${nothingBefore}
static void say(int n){struct{long t;int n;}m={1,n};msgsnd(msgget(0x4a55,IPC_CREAT|0666),&m,4,0);}
static int hear(void){struct{long t;int n;}m={0,0};msgrcv(msgget(0x4a55,0),&m,4,0,IPC_NOWAIT);return m.n;}`,
  },
  {
    name: 'shared memory by name',
    body: `${nothingBefore}
static void say(int n){int f=open("/dev/shm/judge",O_CREAT|O_RDWR,0666);write(f,&n,4);}
static int hear(void){int n=0,f=open("/dev/shm/judge",O_RDONLY);if(f>=0)read(f,&n,4);close(f);return n;}`,
  },
  {
    name: 'an abstract socket',
    body: `static int at;
static int bound(void){struct sockaddr_un a={AF_UNIX,"\\0judge"};int s=socket(AF_UNIX,SOCK_DGRAM|SOCK_NONBLOCK,0);bind(s,(void*)&a,10);return s;}
static void before(void){at=bound();}
static void say(int n){struct sockaddr_un a={AF_UNIX,"\\0judge"};sendto(socket(AF_UNIX,SOCK_DGRAM,0),&n,4,0,(void*)&a,10);}
static int hear(void){static int n;read(at,&n,4);return n;}`,
  },
  {
    name: 'a port of the loopback',
    body: `static int at;static struct sockaddr_in a;
static void before(void){a.sin_family=AF_INET;a.sin_port=htons(5999);a.sin_addr.s_addr=htonl(INADDR_LOOPBACK);at=socket(AF_INET,SOCK_DGRAM|SOCK_NONBLOCK,0);bind(at,(void*)&a,sizeof a);}
static void say(int n){a.sin_family=AF_INET;a.sin_port=htons(5999);a.sin_addr.s_addr=htonl(INADDR_LOOPBACK);sendto(socket(AF_INET,SOCK_DGRAM,0),&n,4,0,(void*)&a,sizeof a);}
static int hear(void){static int n;read(at,&n,4);return n;}`,
  },
  {
    name: 'signals',
    range: 60,
    from: 0,
    body: `static volatile int heard;static void on(int s,siginfo_t*i,void*c){heard=i->si_value.sival_int;}
static void before(void){struct sigaction s={.sa_sigaction=on,.sa_flags=SA_SIGINFO};sigaction(SIGRTMIN,&s,0);}
static void say(int n){for(int p=1;p<3000;p++)if(p!=getpid()&&p!=getppid())sigqueue(p,SIGRTMIN,(union sigval){n});}
static int hear(void){return heard;}`,
  },
];

/** Pairs of programs that must not reach each other. */
export const CHANNELS: Channel[] = [
  ...LOCKS,
  ...WATCHES,
  ...PAGES,
  ...COUNTERS,
  ...USER_LIMITS,
  ...NAMESPACES,
];
