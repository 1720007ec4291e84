#!/usr/bin/env bash
# The README's first command under every Python that is named, as root and as a user, in a folder with a Vietnamese name
# and under LC_ALL=POSIX: all must end with the same bytes. It needs root, to be somebody else.
#
#     tests/machine/pythons.sh USER python3.11 python3.12 python3.13
set -euo pipefail
user="$1"; shift
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
top="$(mktemp -d)"; chmod 755 "$top"
trap 'rm -rf "$top"' EXIT
git -C "$root" archive --output "$top/program.tar" HEAD

for python in "$@"; do
  for who in root "$user"; do
    folder="$top/$who/thư mục bản tin #1"
    rm -rf "$folder"; mkdir -p "$folder"
    tar -x -C "$folder" -f "$top/program.tar"
    chown -R "$who" "$top/$who"
    command='cd "$1" && umask 022 && LC_ALL=POSIX "$2" tasks.py build > build.txt 2>&1'
    code=0
    su "$who" -s /bin/bash -c "$command" -- bash "$folder" "$python" || code=$?
    sums="$(cd "$folder/output" 2>/dev/null && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)" || true
    echo "$("$python" --version) $who: exit code $code, $(find "$folder/output" -type f | wc -l) files, ${sums:0:16}"
    [ "$code" = 0 ] || sed 's/^/    /' "$folder/build.txt"
  done
done
