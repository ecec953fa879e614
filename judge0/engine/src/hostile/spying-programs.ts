import {
  ACCEPTED,
  CONTAINED,
  type HostileProgram,
  LANG,
  SHORT,
  inC,
  refusedCall,
} from './hostile-program.js';

const bash = (name: string, source: string, expect: HostileProgram['expect'], fields: object = SHORT) => ({
  name,
  language: LANG.bash,
  source,
  fields: { ...fields },
  expect,
});

const python = (name: string, source: string, expect: HostileProgram['expect']) => ({
  name,
  language: LANG.python,
  source,
  fields: { ...SHORT },
  expect,
});

const READING: HostileProgram[] = [
  bash(
    'reading: accounts and secrets',
    'cat /etc/shadow /etc/passwd /etc/ssh/* /root/.ssh/* /home/*/.ssh/* /etc/ssl/private/* 2>/dev/null; true',
    {
      status: ACCEPTED,
      stdout: /^root:x:0:0:root:\/root:\/usr\/sbin\/nologin\nbox:x:1000:/,
      never: /root:[$*!]|PRIVATE KEY/,
    },
  ),
  bash(
    'reading: every file of the machine that can be found',
    'grep -rl CANARY- /tmp /home /root /srv /opt /var /run /mnt /media /usr/local 2>/dev/null; echo end',
    {
      status: ACCEPTED,
      stdout: /^end\n$/,
    },
  ),
  bash(
    'reading: environment of everybody',
    'cat /proc/*/environ /proc/1/cmdline 2>/dev/null | tr "\\0" "\\n"; true',
    { status: ACCEPTED, never: /CANARY|AUTHN_TOKEN/ },
  ),
  bash(
    'reading: other processes',
    'ls /proc | grep -E "^[0-9]+$" | wc -l; readlink /proc/1/exe /proc/1/cwd /proc/1/root; ls /proc/1/fd 2>/dev/null; true',
    {
      status: ACCEPTED,
      stdout: /^[1-9]\n$/,
    },
  ),
  bash(
    'reading: devices of the machine',
    'ls /dev | sort | tr "\\n" " "; cat /dev/mem /dev/kmsg /dev/sda /dev/vda 2>/dev/null | head -c 10; mknod /tmp/d b 8 0 2>/dev/null && echo made',
    {
      status: [3, 11],
      never: /made|sda|vda|mem|kmsg/,
    },
  ),
  bash(
    'reading: the kernel’s own files',
    'ls /sys 2>/dev/null; head -c 100 /proc/kcore 2>/dev/null | wc -c; cat /proc/kallsyms 2>/dev/null | grep -v ^0000000000000000 | head -1; dmesg 2>/dev/null | head -1; true',
    {
      status: ACCEPTED,
      stdout: /^0\n$/,
    },
  ),
  bash(
    'reading: a write to the kernel’s settings',
    'for f in /proc/sys/kernel/core_pattern /proc/sysrq-trigger /proc/sys/vm/drop_caches /proc/self/oom_score_adj; do (echo -999 > $f) 2>/dev/null && echo "wrote $f"; done; true',
    {
      status: ACCEPTED,
      never: /wrote/,
    },
  ),
  bash('reading: control groups', 'ls /sys/fs/cgroup; cat /proc/self/cgroup /proc/1/cgroup; true', {
    status: ACCEPTED,
    stdout: /^$/,
  }),
  bash(
    'reading: counters of the machine and of itself',
    'for f in /proc/* /proc/self/* /proc/self/net/* /proc/self/task/*/* /proc/sys/*/*; do [ -f $f ] && ! [ -L $f ] && head -c 1 $f >/dev/null 2>&1 && echo "read $f"; done; echo end',
    { status: ACCEPTED, stdout: /^end\n$/ },
  ),
  python(
    'reading: another run’s files while both run',
    'import os,time\nopen("/tmp/mine","w").write("x"); open("/dev/shm/mine","w").write("x")\ntime.sleep(0.3)\nprint(sorted(os.listdir("/tmp")), sorted(os.listdir("/dev/shm")), len([p for p in os.listdir("/proc") if p.isdigit()]))',
    {
      status: ACCEPTED,
      stdout: /^\['mine'\] \['mine'\] 3\n$/,
    },
  ),
];

const NETWORK: HostileProgram[] = [
  python(
    'network: the engine itself and its machine',
    'import socket\nfor h in ("127.0.0.1","0.0.0.0","10.0.0.1","172.17.0.1","169.254.169.254"):\n for p in (ENGINE_PORT,22,80,5432,6379):\n  s=socket.socket(); s.settimeout(0.1)\n  try: s.connect((h,p)); print("connected",h,p)\n  except OSError: pass\nprint("end")',
    {
      status: ACCEPTED,
      stdout: /^end\n$/,
    },
  ),
  python(
    'network: names and datagrams',
    'import socket\ntry: print("resolved", socket.gethostbyname("example.org"))\nexcept OSError as e: print("no")\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\ntry: s.sendto(b"x",("8.8.8.8",53)); print("sent")\nexcept OSError: print("no")',
    {
      status: ACCEPTED,
      stdout: /^no\nno\n$/,
    },
  ),
  python('network: every interface', 'import socket\nprint([n for _,n in socket.if_nameindex()])', {
    status: ACCEPTED,
    stdout: /^\['lo'\]\n$/,
  }),
  python(
    'network: abstract sockets of the machine',
    'try: print(open("/proc/self/net/unix").read())\nexcept PermissionError: print("no")',
    { status: ACCEPTED, stdout: /^no\n$/ },
  ),
  refusedCall('raw sockets', 'syscall(SYS_socket,AF_INET,SOCK_RAW,1)'),
  refusedCall('packet sockets', 'syscall(SYS_socket,AF_PACKET,SOCK_RAW,3)'),
  refusedCall('sockets to the hypervisor', 'syscall(SYS_socket,40,SOCK_STREAM,0)'),
  refusedCall('sockets to the crypto API', 'syscall(SYS_socket,38,SOCK_SEQPACKET,0)'),
];

const SIGNALS: HostileProgram[] = [
  bash('signals: kill everybody', 'kill -9 -1; echo still; kill -9 1; echo still', { status: CONTAINED }),
  inC('signals: kill the wrapper', 'int main(){kill(getppid(),SIGKILL);puts("x");return 0;}', {
    status: CONTAINED,
  }),
  inC(
    'signals: kill process 1 with everything',
    'int main(){for(int i=1;i<65;i++)kill(1,i);puts("alive");return 0;}',
    {
      status: ACCEPTED,
      stdout: /alive/,
    },
  ),
  inC(
    'signals: its own death in many ways',
    'int main(){for(int s=1;s<32;s++){if(fork()==0){raise(s);_exit(0);}}while(wait(0)>0||errno!=ECHILD);return 0;}',
    {
      status: CONTAINED,
    },
  ),
  inC(
    'signals: a stopped group',
    'int main(){for(int i=0;i<5;i++)if(fork()==0)for(;;)pause();kill(0,SIGSTOP);for(;;);}',
    {
      status: [5, 11],
    },
  ),
];

const FORGING: HostileProgram[] = [
  inC(
    'forging: a report of its own on every descriptor',
    'int main(){const char*s="exit=0 signal=0 wall_us=1 cpu_us=1 rss_kb=1 reason=none\\n";for(int f=3;f<1024;f++)if(write(f,s,strlen(s))>0)puts("wrote");return 7;}',
    { status: [11], never: /wrote/ },
  ),
  bash(
    'forging: a message on process 1’s descriptors',
    'for i in 0 1 2 3 4 5 6 7; do (echo k > /proc/1/fd/$i) 2>/dev/null && echo wrote; done; true',
    {
      status: ACCEPTED,
      never: /wrote/,
    },
  ),
  inC(
    'forging: process 1’s memory',
    'int main(){int f=open("/proc/1/mem",O_RDWR);printf("%d\\n",f>=0);f=open("/proc/1/maps",O_RDONLY);char b[9];printf("%d\\n",f>=0&&read(f,b,9)>0);}',
    { status: ACCEPTED, stdout: /^0\n0\n$/ },
  ),
  inC(
    'forging: the programs that started it',
    'int main(){const char*p[]={"/proc/1/exe","/judge-init","/bin/bash","/proc/self/exe"};for(int i=0;i<4;i++)if(open(p[i],O_WRONLY)>=0)printf("opened %s\\n",p[i]);puts("end");}',
    { status: ACCEPTED, never: /opened \/(proc\/1|judge|bin)/, stdout: /end/ },
  ),
  bash(
    'forging: a private system in place of the real one',
    'PATH=/tmp:$PATH; printf "#!/bin/sh\\necho fake" > /tmp/ls; chmod +x /tmp/ls; export LD_PRELOAD=/tmp/x.so; echo $(ls)',
    {
      status: CONTAINED,
    },
  ),
];

/** Programs that look or reach where they should not. */
export const SPYING_PROGRAMS: HostileProgram[] = [...READING, ...NETWORK, ...SIGNALS, ...FORGING];
