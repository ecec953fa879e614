import {
  ACCEPTED,
  COMPILE_ERROR,
  CONTAINED,
  CRASHED,
  CRASHED_OR_TIMED_OUT,
  type HostileProgram,
  LANG,
  SHORT,
  inC,
} from './hostile-program.js';
import { zipOfScripts } from './zip-of-scripts.js';

const bash = (name: string, source: string, expect: HostileProgram['expect'], fields: object = SHORT) => ({
  name,
  language: LANG.bash,
  source,
  fields: { ...fields },
  expect,
});

const tooMuchOutput = { status: CRASHED, hint: 'output_limit_exceeded' } as const;

const OUTPUT: HostileProgram[] = [
  bash('output: flood', 'yes', tooMuchOutput),
  bash('output: flood of errors', 'yes >&2', tooMuchOutput),
  bash(
    'output: both, from many processes',
    'for i in 1 2 3 4 5 6 7 8; do yes & yes >&2 & done; wait; exit 1',
    { status: CRASHED },
  ),
  inC('output: a hole of a terabyte', 'int main(){lseek(1,1L<<40,SEEK_SET);if(write(1,"x",1)<0)return 3;}', {
    status: CRASHED,
  }),
  inC('output: made longer without writing', 'int main(){return ftruncate(1,1L<<40)?3:0;}', {
    status: CRASHED,
  }),
  inC(
    'output: opened again and grown',
    'int main(){int f=open("/proc/self/fd/1",O_RDWR);if(f<0)return 3;return posix_fallocate(f,0,1L<<30)?4:0;}',
    { status: CRASHED },
  ),
  bash(
    'output: terminal escapes are only bytes',
    "printf '\\033]0;title\\007\\033[2J\\033[6n\\033P\\033\\\\'",
    {
      status: ACCEPTED,
      // eslint-disable-next-line no-control-regex
      stdout: /^\u001b\]0;title\u0007/,
    },
  ),
  bash('output: closed streams', 'exec 1>&- 2>&-; echo x; exit 0', { status: ACCEPTED }),
];

const DISK: HostileProgram[] = [
  inC(
    'disk: one endless file',
    'int main(){FILE*f=fopen("big","w");static char b[65536];for(;;)if(!fwrite(b,1,sizeof b,f))return 3;}',
    { status: CRASHED },
  ),
  bash(
    'disk: many files of the allowed size',
    'for i in $(seq 200); do head -c 1000000 /dev/zero > f$i || exit 3; done',
    {
      status: CRASHED,
    },
  ),
  inC(
    'disk: small files without end',
    'int main(){char n[20];for(int i=0;;i++){sprintf(n,"/tmp/%d",i);int f=open(n,O_CREAT|O_WRONLY,0600);if(f<0)return 3;close(f);}}',
    { status: CRASHED_OR_TIMED_OUT },
    { ...SHORT, memory_limit: 64000 },
  ),
  inC(
    'disk: folders in folders',
    'int main(){for(;;){if(mkdir("d",0700)||chdir("d"))return 3;}}',
    { status: CRASHED_OR_TIMED_OUT },
    { ...SHORT, memory_limit: 64000 },
  ),
  inC(
    'disk: hard links without end',
    'int main(){char n[20];close(open("a",O_CREAT|O_WRONLY,0600));for(int i=0;;i++){sprintf(n,"l%d",i);if(link("a",n))return 3;}}',
    { status: CRASHED_OR_TIMED_OUT },
    { ...SHORT, memory_limit: 64000 },
  ),
  inC(
    'disk: descriptors without end',
    'int main(){int n=0;while(open("/dev/null",0)>=0)n++;printf("%d\\n",n);return n>600;}',
    {
      status: ACCEPTED,
    },
  ),
  bash(
    'disk: outside the private folders',
    'for d in / /usr /etc /bin /dev /proc /opt /var /run /sys; do (echo x > $d/evil) 2>/dev/null && echo "wrote $d"; done; true',
    {
      status: ACCEPTED,
      never: /wrote/,
    },
  ),
];

const LINKS: HostileProgram[] = [
  bash(
    'links: the box full of links to the machine',
    'ln -sf /etc/shadow run; ln -sf /etc/shadow script.sh; ln -s / root; ln -s /proc/1/root r; cat root/etc/shadow r/etc/shadow run; true',
    {
      status: ACCEPTED,
      never: /root:[$*!]/,
    },
  ),
  bash(
    'links: pipes where files were',
    'rm -f run script.sh; mkfifo run script.sh stdin stdout; mkfifo /tmp/a; echo done',
    {
      status: ACCEPTED,
      stdout: /done/,
    },
  ),
  bash(
    'links: a hard link to a system program',
    'ln /bin/bash mine && echo linked; ln /judge-init mine2 && echo linked; true',
    {
      status: ACCEPTED,
      never: /linked/,
    },
  ),
  {
    name: 'links: a compile that leaves links instead of a program',
    language: LANG.multi,
    source: null,
    fields: {
      ...SHORT,
      additional_files: zipOfScripts({
        compile:
          'ln -s /etc/shadow a.out; ln -s ../../../../etc/evil out; mkfifo pipe; ln -sf /etc/shadow run2; echo ok',
        run: 'cat a.out; echo x > out; ls',
      }),
    },
    expect: { status: CONTAINED, never: /root:[$*!]/ },
  },
  {
    name: 'links: a compile that replaces its scripts',
    language: LANG.multi,
    source: null,
    fields: {
      ...SHORT,
      additional_files: zipOfScripts({
        compile: 'rm run; ln -s /etc/shadow run; rm compile; mkfifo compile',
        run: 'echo',
      }),
    },
    expect: { status: CONTAINED, never: /root:[$*!]/ },
  },
  {
    name: 'links: a compile that writes an endless result',
    language: LANG.multi,
    source: null,
    fields: {
      ...SHORT,
      additional_files: zipOfScripts({
        compile: 'i=0; while head -c 4000000 /dev/zero > f$i; do i=$((i+1)); done; exit 0',
        run: 'ls | wc -l',
      }),
    },
    expect: { status: [...CONTAINED, ...COMPILE_ERROR] },
  },
  {
    name: 'links: a compile that floods the engine’s descriptor',
    language: LANG.multi,
    source: null,
    fields: {
      ...SHORT,
      additional_files: zipOfScripts({
        compile: 'for i in 3 4 5 6 7 8 9; do (yes evil >&$i) 2>/dev/null; done; echo done',
        run: 'cat evil 2>/dev/null; echo ran',
      }),
    },
    expect: { status: ACCEPTED, stdout: /^ran\n$/ },
  },
];

/** Programs that attack by what they write. */
export const FILE_PROGRAMS: HostileProgram[] = [...OUTPUT, ...DISK, ...LINKS];
