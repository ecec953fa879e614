#!/bin/sh
# Alpine's wget takes ::1 for localhost where /etc/hosts names it, and tries no other address; Debian's BusyBox prefers
# IPv4. A health check that says localhost fails here as it does in the real image.
for word; do
  shift
  case $word in
    *://localhost[:/]* | *://localhost) word=$(printf '%s\n' "$word" | sed 's,://localhost,://[::1],') ;;
  esac
  set -- "$@" "$word"
done
exec busybox wget "$@"
