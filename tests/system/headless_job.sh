#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# headless_job.sh BUILD: installs the headless build, and does the whole job with what was
# installed, its own sample as the model. Without Qt, without a display, in an empty home.
set -euo pipefail
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "headless_job.sh: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$work/usr" >/dev/null
program=$work/usr/bin/bitloupe
sample=$work/usr/share/bitloupe/sample
ldd "$program" | grep -i qt && fail "linked with Qt"

unset DISPLAY WAYLAND_DISPLAY XDG_CACHE_HOME
export HOME=$work/home
mkdir "$HOME"
cd "$work"
"$program" && fail "a window without Qt"
"$program" analyze "$sample" -o analysis.json
"$program" plan "$sample" --target mlx --target-bpw 4.5 -o plan.json
"$program" export "$sample" -o out --plan plan.json
"$program" verify out --source "$sample"
[ -s out/model.safetensors ] || fail "no weights written"
[ "$(find "$HOME/.cache/bitloupe" -type f | wc -l)" -gt 0 ] || fail "the analysis was not kept"
