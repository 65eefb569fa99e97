#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# desktop_files.sh DIR: the desktop entry, the metainfo and the man page are well-formed.
set -euo pipefail
desktop-file-validate "$1/bitloupe.desktop"
appstreamcli validate --no-net "$1"/*.metainfo.xml
warnings=$(LC_ALL=C.UTF-8 man --warnings -l "$1/bitloupe.1" 2>&1 >/dev/null)
[ -z "$warnings" ] || { echo "$warnings" >&2; exit 1; }
