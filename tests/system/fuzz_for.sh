#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz_for.sh SECONDS PROGRAM DICTIONARY SEEDS...: fuzzes from the seed folders, writing elsewhere;
# a crash, leak, timeout or too much memory fails, and the input that did it is printed in base64.
set -euo pipefail
seconds=$1
program=$2
dictionary=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus" "$work/found"
if ! "$program" -max_total_time="$seconds" -rss_limit_mb=512 -timeout=2 -max_len=65536 \
    -dict="$dictionary" -artifact_prefix="$work/found/" -print_final_stats=1 \
    "$work/corpus" "$@" >"$work/log" 2>&1; then
  tail -n 60 "$work/log"
  for found in "$work"/found/*; do
    [ ! -e "$found" ] || { echo "${found##*/}:"; base64 "$found" | head -n 40; }
  done
  exit 1
fi
tail -n 8 "$work/log"
