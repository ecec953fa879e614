#!/bin/sh
# Runs a command and notes how long it took: measure.sh NAME COMMAND [ARGUMENT…]; the table is printed by .ci/run.
name=$1
shift
began=$(date +%s)
"$@"
status=$?
mkdir -p artifacts
printf '%s\t%s\n' "$name" "$(($(date +%s) - began))" >>artifacts/phases.tsv
exit $status
