#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# desktop_files.sh DIR: the desktop entry, the metainfo, the file types and the man page are
# well-formed and speak of the same things.
set -euo pipefail
desktop-file-validate "$1/bitloupe.desktop"
appstreamcli validate --no-net "$1"/*.metainfo.xml
warnings=$(LC_ALL=C.UTF-8 man --warnings -l "$1/bitloupe.1" 2>&1 >/dev/null)
[ -z "$warnings" ] || { echo "$warnings" >&2; exit 1; }

fail() { echo "$1" >&2; exit 1; }
entry() { sed -n "s/^$1=//p" "$dir/bitloupe.desktop"; }
dir=$1
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir "$made/packages"
cp "$dir/bitloupe-mime.xml" "$made/packages/"
said=$(update-mime-database "$made" 2>&1) || fail "$said"
[ "$(entry Exec)" = "bitloupe %f" ] || fail "the desktop entry does not open files: $(entry Exec)"
types=$(entry MimeType | tr ';' '\n' | sed '/^$/d' | sort)
[ "$types" = "$(sort "$made/types")" ] || fail "the desktop entry opens other types: $types"
for ending in gguf safetensors bitloupe; do
  type=$(sed -n "s/^[0-9]*:\(.*\):\*\.$ending\$/\1/p" "$made/globs2")
  [ -n "$type" ] || fail "*.$ending has no type"
  grep -qx "$type" "$made/types" || fail "$type is unknown"
  grep -q "<mediatype>$type</mediatype>" "$dir"/*.metainfo.xml || fail "the metainfo lacks $type"
done
