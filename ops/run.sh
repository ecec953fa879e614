#!/bin/sh
# Runs a program of ops/:  sh ops/run.sh [--alone] ops/doctor/main.ts [ARGUMENT…]
# --alone: refused while another program runs so, since both would change the same containers.
#
# With this machine's Node, where it is new enough and the packages are installed. Elsewhere in a container of the image
# `ops`, which is built once for each version of this repository. OPS_IN_CONTAINER=1 insists on the container.
#
# The Dockerfile's target `ops` holds, below /app: ops/, api/ and judge0/engine/src (sources), tsconfig.base.json,
# package.json and the packages that these import, tsx too; WORKDIR /app; on Debian. It runs as root here. It holds no
# docker command: the container sees the machine's files at /host and calls the machine's own programs there by
# chroot, with the caller's rights (ops/compose/command.ts). So doctor looks at the Docker and the Compose that the
# machine has. Whoever may talk to Docker may read and write all files of the machine anyway.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

say() { printf '%s\n' "$@" >&2; }

if [ "$1" = --alone ]; then
  shift
  # Let go by the kernel when the last of our programs is gone.
  exec 9<"$root/ops/run.sh"
  if command -v flock >/dev/null 2>&1 && ! flock --nonblock 9; then
    say 'Another make up, upgrade, rollback or setup is running here. Wait until it has ended, then start this one again.'
    exit 1
  fi
fi

node_is_good() {
  [ "${OPS_IN_CONTAINER:-}" != 1 ] && [ -d "$root/node_modules/tsx" ] && command -v node >/dev/null 2>&1 &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

if node_is_good; then
  cd "$root"
  exec node --import tsx "$@"
fi

if ! command -v docker >/dev/null 2>&1; then
  say 'Docker is not installed, and it is what everything runs in.' \
    'Ubuntu: sudo apt-get install docker.io docker-compose-v2    Debian: https://docs.docker.com/engine/install/debian/'
  exit 1
fi
if ! refusal=$(docker version --format '{{.Server.Version}}' 2>&1); then
  case $refusal in
    *ermission*denied*)
      say "You may not use Docker yet. Type: sudo usermod -aG docker $(id -un)    then sign out and in again."
      ;;
    *) say 'Docker does not answer. Type: sudo systemctl start docker' "It says: $refusal" ;;
  esac
  exit 1
fi

# What the image is made of; a change of it, as by git pull, gives another tag.
version=$(cd "$root" && {
  find ops api/src judge0/engine/src -type f \( -name '*.ts' -o -name '*.mjs' \) ! -name '*.test.ts' \
    ! -path '*/node_modules/*' ! -path '*/dist/*' -print0 | LC_ALL=C sort -z | xargs -0 cat
  cat package.json package-lock.json Dockerfile
} | cksum | cut -d ' ' -f 1)
image="coding-platform/ops:$version"

if ! docker image inspect "$image" >/dev/null 2>&1; then
  say 'Preparing the tools (once for each version; some minutes the first time) …'
  log=$(mktemp)
  if ! docker build --target ops --tag "$image" "$root" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "The tools could not be built; all of the output: $log"
    exit 1
  fi
  rm -f "$log"
fi

socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
socket=${socket#unix://}
group=$(stat -c %g "$socket" 2>/dev/null || id -g)

set -- --user 0:0 --entrypoint node "$image" --import tsx "$@"
# Answers and switches of the caller; PATH and the like stay the container's.
for name in $(env | sed -n 's/^\([A-Z][A-Z0-9_]*\)=.*/\1/p'); do
  case $name in
    PATH | PWD | OLDPWD | SHLVL | SHELL | HOSTNAME | MAKE* | MFLAGS | NODE_* | LD_* | _) ;;
    *) set -- --env "$name" "$@" ;;
  esac
done
if [ -t 0 ] && [ -t 1 ]; then set -- --tty "$@"; fi

exec docker run --rm --pull never --interactive --init --network host \
  --cap-drop ALL --cap-add SYS_CHROOT --cap-add SETUID --cap-add SETGID \
  --cap-add CHOWN --cap-add DAC_OVERRIDE --cap-add FOWNER \
  --volume /:/host --volume "$root:$root" \
  --env "PROJECT_DIRECTORY=$root" --env "CALLER=$(id -u):$(id -g)" --env "CALLER_GROUPS=$(id -G | tr ' ' ,),$group" \
  "$@"
