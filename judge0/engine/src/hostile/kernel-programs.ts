import {
  ACCEPTED,
  COMPILE_ERROR,
  CONTAINED,
  CRASHED,
  type HostileProgram,
  LANG,
  SHORT,
  inC,
  refusedCall,
} from './hostile-program.js';
import { zipOfScripts } from './zip-of-scripts.js';

const CALLS: HostileProgram[] = [
  refusedCall('ptrace of process 1', 'ptrace(PTRACE_ATTACH,1,0,0)'),
  refusedCall('ptrace of itself', 'ptrace(PTRACE_TRACEME,0,0,0)'),
  refusedCall('mount', 'mount("none","/tmp","tmpfs",0,0)'),
  refusedCall('mount of the root again, writable', 'mount("none","/",0,MS_REMOUNT|MS_BIND,0)'),
  refusedCall('umount', 'umount2("/etc",MNT_DETACH)'),
  refusedCall('new mount API', 'syscall(SYS_fsopen,"tmpfs",0)'),
  refusedCall('a user namespace', 'unshare(CLONE_NEWUSER)'),
  refusedCall(
    'a network namespace by clone',
    'syscall(SYS_clone,CLONE_NEWUSER|CLONE_NEWNET|SIGCHLD,0,0,0,0)',
  ),
  refusedCall('clone3', '({struct{unsigned long f[11];}a={{CLONE_NEWUSER}};syscall(435,&a,sizeof a);})'),
  refusedCall('another’s namespace', '({int f=open("/proc/1/ns/mnt",O_RDONLY);f<0?-1:setns(f,0);})'),
  refusedCall('chroot', 'chroot("/tmp")'),
  refusedCall('pivot_root', 'syscall(SYS_pivot_root,"/tmp","/tmp")'),
  refusedCall('the key ring', 'syscall(SYS_keyctl,0,-3,1)'),
  refusedCall('a key', 'syscall(SYS_add_key,"user","a","b",1,-3)'),
  refusedCall('io_uring', '({char p[120]={0};syscall(SYS_io_uring_setup,8,p);})'),
  refusedCall('bpf', '({char a[120]={0};syscall(SYS_bpf,5,a,sizeof a);})'),
  refusedCall('performance events', '({char a[120]={0};a[4]=112;syscall(SYS_perf_event_open,a,0,-1,-1,0);})'),
  refusedCall('userfaultfd', 'syscall(SYS_userfaultfd,0)'),
  refusedCall('a kernel module', 'syscall(SYS_init_module,"x",1,"")'),
  refusedCall('kexec', 'syscall(SYS_kexec_load,0,0,0,0)'),
  refusedCall('reboot', 'syscall(SYS_reboot,0xfee1dead,672274793,0x4321fedc,0)'),
  refusedCall('the clock', '({struct timespec t={1,0};clock_settime(CLOCK_REALTIME,&t);})'),
  refusedCall('the host name', 'sethostname("x",1)'),
  refusedCall(
    'a file by its handle',
    '({char h[64]={8,0,0,0,1,0,0,0,2};syscall(SYS_open_by_handle_at,3,h,0);})',
  ),
  refusedCall(
    'the memory of process 1',
    '({char b[8];struct{void*b;size_t l;}l={b,8},r={(void*)0x400000,8};syscall(SYS_process_vm_readv,1,&l,1,&r,1,0);})',
  ),
  refusedCall('a descriptor of process 1', 'syscall(438,syscall(434,1,0),0,0)'),
  refusedCall('input for a terminal', '({char c=65;ioctl(0,0x5412,&c);})'),
  refusedCall('becoming root', 'setuid(0)'),
  refusedCall('root’s files', '({open("/x",O_CREAT|O_WRONLY,0600);})'),
  refusedCall('a device', 'mknod("/tmp/m",S_IFBLK|0600,8<<8)'),
  refusedCall('other personalities', 'syscall(SYS_personality,0x0400000)'),
  refusedCall('swap', 'syscall(SYS_swapon,"/tmp/x",0)'),
  refusedCall('accounting', 'syscall(SYS_acct,"/tmp/x")'),
  refusedCall('the kernel log', '({char b[9];syscall(SYS_syslog,3,b,9);})'),
  refusedCall('I/O ports', 'syscall(173,0,1024,1)'),
  refusedCall('file watches', 'syscall(SYS_inotify_init1,0)'),
  refusedCall('file watches by groups', 'syscall(SYS_fanotify_init,0,0)'),
  refusedCall('a lease', 'fcntl(open("/proc/self/exe",O_RDONLY),F_SETLEASE,F_RDLCK)'),
  refusedCall('a lease of another', 'fcntl(open("/bin/bash",O_RDONLY),F_GETLEASE)'),
  refusedCall('a mark on a file’s inode', '({long h=5;fcntl(open("/proc/self/exe",O_RDONLY),1036,&h);})'),
  refusedCall('a mark of another', '({long h=0;fcntl(open("/bin/bash",O_RDONLY),1035,&h);})'),
  refusedCall('the size of a pipe', '({int p[2];pipe(p);fcntl(p[0],F_SETPIPE_SZ,1<<20);})'),
  refusedCall(
    'what is in the page cache',
    '({char v[9];void*p=mmap(0,4096,PROT_READ,MAP_SHARED,open("/bin/bash",O_RDONLY),0);mincore(p,4096,v);})',
  ),
  refusedCall(
    'the page cache by numbers',
    '({long r[2]={0,4096},c[9];syscall(451,open("/bin/bash",O_RDONLY),r,c,0);})',
  ),
  refusedCall(
    'a read that only asks the page cache',
    '({char c;struct iovec v={&c,1};syscall(SYS_preadv2,open("/bin/bash",O_RDONLY),&v,1,0,0,8);})',
  ),
  refusedCall(
    'pages sent out of memory',
    '({void*p=mmap(0,4096,PROT_READ,MAP_PRIVATE,open("/proc/self/exe",O_RDONLY),0);madvise(p,4096,21);})',
  ),
  refusedCall(
    'pages merged with those of others',
    '({madvise(mmap(0,4096,3,MAP_PRIVATE|MAP_ANONYMOUS,-1,0),4096,12);})',
  ),
  refusedCall('memory merged with that of others', 'syscall(SYS_prctl,67,1,0,0,0)'),
  refusedCall('a process’s number in the machine', 'syscall(434,getpid(),0)'),
  refusedCall('a child’s number in the machine', '({int f;syscall(SYS_clone,0x1000|SIGCHLD,0,&f,0,0);})'),
  refusedCall('descriptors shared with a child', 'syscall(SYS_clone,0x400|SIGCHLD,0,0,0,0)'),
  refusedCall(
    'places of a file on the disk',
    '({long m[9]={0,4096};ioctl(open("/bin/bash",O_RDONLY),0xc020660b,m);})',
  ),
  refusedCall('kernel messages by netlink', 'syscall(SYS_socket,AF_NETLINK,SOCK_RAW,15)'),
  refusedCall('the mounts by a call', '({long q[3]={24,-1,0},a[9];syscall(458,q,a,9,0);})'),
  inC(
    'kernel: the 32-bit interface',
    'int main(){int r;__asm__ volatile("int $0x80":"=a"(r):"a"(20));puts("through");return 0;}',
    {
      status: CRASHED,
      never: /through/,
    },
  ),
  inC('kernel: the x32 interface', 'int main(){syscall(0x40000000|39);puts("through");return 0;}', {
    status: CRASHED,
    never: /through/,
  }),
  inC(
    'kernel: set-uid programs',
    'int main(){execl("/usr/bin/su","su","-c","id",NULL);execl("/bin/su","su","-c","id",NULL);return 3;}',
    {
      status: CRASHED,
      never: /uid=0/,
    },
  ),
];

const inCpp = (
  name: string,
  source: string,
  expect: HostileProgram['expect'],
  fields: object = SHORT,
): HostileProgram => ({
  name: `compile: ${name}`,
  language: LANG.cpp,
  source,
  fields: { ...fields },
  expect,
});

const COMPILE: HostileProgram[] = [
  inCpp(
    'templates without end',
    'template<int N>struct A{static const int v=A<N+1>::v;};int main(){return A<0>::v;}',
    { status: COMPILE_ERROR },
  ),
  inCpp(
    'templates that double',
    'template<int N,class T>struct A{A<N-1,A<N,T>>a;A<N-1,A<N-1,T>>b;};template<class T>struct A<0,T>{};int main(){A<25,int>a;}',
    { status: COMPILE_ERROR },
  ),
  ...['zero', 'urandom', 'random', 'full', 'tty', 'ptmx', 'stdin', 'fd/0'].map((device) =>
    inCpp(
      `the device ${device}`,
      `#include "/dev/${device}"\nint main(){}`,
      // Standard input of a compiler is empty; everything else is absent or ends soon.
      {
        status: /stdin|fd/.test(device) ? [...ACCEPTED, ...COMPILE_ERROR] : COMPILE_ERROR,
        never: /time limit|memory limit/,
      },
    ),
  ),
  inCpp('the device zero, by the assembler', 'asm(".incbin \\"/dev/zero\\"");int main(){}', {
    status: COMPILE_ERROR,
    never: /time limit|memory limit/,
  }),
  inCpp('the accounts of the machine', '#include "/etc/passwd"\nint main(){}', { status: COMPILE_ERROR }),
  inCpp('secrets of the machine', '#include "/etc/shadow"\n#include "/root/.bashrc"\nint main(){}', {
    status: COMPILE_ERROR,
  }),
  inCpp('the environment', '#include "/proc/self/environ"\n#include "/proc/1/environ"\nint main(){}', {
    status: COMPILE_ERROR,
  }),
  inCpp('a file by the assembler', 'asm(".incbin \\"/etc/shadow\\"");int main(){}', {
    status: COMPILE_ERROR,
  }),
  inCpp('itself', '#include __FILE__\nint main(){}', { status: COMPILE_ERROR }),
  inCpp('a program of a gigabyte', 'char a[1l<<30]={1};int main(){}', { status: COMPILE_ERROR }),
  inCpp(
    'macros that double',
    `#define A0 1+1\n${Array.from({ length: 28 }, (_unused, i) => `#define A${i + 1} A${i}+A${i}`).join('\n')}\nint x=A28;int main(){}`,
    { status: COMPILE_ERROR },
  ),
  inCpp('a flood of messages', `${'#warning x\n'.repeat(20000)}int main(){}`, {
    status: [...COMPILE_ERROR, ...ACCEPTED],
  }),
  inCpp(
    'options that name other files',
    'int main(){}',
    { status: [...COMPILE_ERROR, ...CONTAINED] },
    { ...SHORT, compiler_options: '@/etc/shadow -o /etc/evil -wrapper /bin/sh' },
  ),
  inCpp(
    'options with commands in them',
    'int main(){}',
    { status: [...COMPILE_ERROR, ...CONTAINED], never: /uid=0/ },
    { ...SHORT, compiler_options: '-O1\nid > a.out\n#' },
  ),
  {
    name: 'compile: code that runs while compiling',
    language: LANG.multi,
    source: null,
    fields: {
      ...SHORT,
      additional_files: zipOfScripts({ compile: 'yes > /dev/null & yes > /dev/null & wait', run: 'echo' }),
    },
    expect: { status: COMPILE_ERROR },
  },
  {
    name: 'arguments with commands in them',
    language: LANG.bash,
    source: 'echo "$#"',
    fields: { ...SHORT, command_line_arguments: 'a\ncat /etc/shadow\n$(id) `id` ; id' },
    expect: { status: CONTAINED, never: /uid=0|root:[$*!]/ },
  },
];

/** Programs that attack the kernel's interfaces or the compilers. */
export const KERNEL_PROGRAMS: HostileProgram[] = [...CALLS, ...COMPILE];
