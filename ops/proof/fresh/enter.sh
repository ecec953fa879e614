#!/bin/sh
# Makes a folder the root of this mount namespace and runs a command in it: enter.sh TREE COMMAND [ARGUMENT…].
tree=$1
shift
mount --make-rprivate /
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev"
mount --rbind /sys "$tree/sys"
cd "$tree"
mkdir -p .outside
pivot_root . .outside
exec chroot . sh -c 'umount -l /.outside && rmdir /.outside && exec "$@"' sh "$@"
