#!/bin/sh
# Installs compilers and interpreters from Debian: install-languages.sh school|all|ids as in 50,71
# Needs `npm run build -w judge0/engine` before, and root; without root it prints the command to type.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
set_name=${1:-school}
packages=$(node "$here/dist/languages/packages.js" "$set_name" | tr '\n' ' ')

# A Node that did not come from Debian serves as well, and Debian's would fight with it.
if command -v node >/dev/null && [ -x /usr/bin/node ]; then
  packages=$(printf '%s' "$packages" | tr ' ' '\n' | grep -vx nodejs | tr '\n' ' ')
fi

if [ "$(id -u)" -ne 0 ]; then
  echo "Type: sudo apt-get install -y --no-install-recommends $packages"
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update
# shellcheck disable=SC2086 # the list is meant to be split
apt-get install -y --no-install-recommends $packages
echo "Installed. Restart the engine to see them in /languages."
