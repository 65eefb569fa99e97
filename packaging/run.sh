#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [MODEL]: installs what is missing, builds, and opens the window on MODEL or the sample.
# Without a display it does the same job headless: analyze, plan, export, verify.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
model=${1:-$root/resources/sample}
case "$model" in /*) ;; *) model=$PWD/$model ;; esac

"$root/packaging/setup.sh"
cd "$root"
cmake --preset release >/dev/null
cmake --build --preset release
bitloupe=$root/build/release/bin/bitloupe

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$bitloupe" "$model"
fi

echo
echo "No display: doing the same job without the window."
out=$(mktemp -d "${TMPDIR:-/tmp}/bitloupe-XXXXXX")
run() { echo; echo "\$ bitloupe $*"; "$bitloupe" "$@"; }
run analyze "$model" -o "$out/analysis.json"
run plan "$model" --target mlx --target-bpw 4.5 -o "$out/plan.json"
run export "$model" -o "$out/model-mlx-4.5bpw" --plan "$out/plan.json"
run verify "$out/model-mlx-4.5bpw" --source "$model"
echo
echo "The quantized model is in $out/model-mlx-4.5bpw"
echo "The analysis and the plan are beside it."
