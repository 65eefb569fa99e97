#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building and running needs from Debian's packages (bookworm or newer, or a
# distribution with the same names). Does nothing when all of it is there.
#   setup.sh            build and run
#   setup.sh --tests    also what packaging/test.sh uses
#   setup.sh --quality  also what packaging/test.sh --quality uses: a book, and questions and answers
set -euo pipefail

packages=(
  build-essential cmake ninja-build ccache pkg-config
  qt6-base-dev qt6-base-dev-tools qt6-qpa-plugins qt6-svg-dev qt6-tools-dev qt6-l10n-tools
  libgl-dev
  libqcustomplot-dev libeigen3-dev nlohmann-json3-dev libhwy-dev libcli11-dev libssl-dev
  libxxhash-dev fonts-dejavu-core
)
test_packages=(
  clang-16 libclang-rt-16-dev locales python3-venv xauth xdotool xvfb
  appstream desktop-file-utils man-db shared-mime-info
)
quality_packages=(python3-venv anarchism debian-faq)

case "${1:-}" in
  '') ;;
  --tests) packages+=("${test_packages[@]}") ;;
  --quality) packages+=("${quality_packages[@]}") ;;
  *) echo "usage: setup.sh [--tests|--quality]" >&2; exit 2 ;;
esac

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup.sh: not root and no sudo; install by hand: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "setup.sh: installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -q --no-install-recommends "${missing[@]}"
