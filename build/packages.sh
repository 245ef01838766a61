#!/usr/bin/env bash
# Installs what a target needs from the system's packages, and only what is missing.
#   build/packages.sh run | e2e | test
set -euo pipefail

purpose=${1:?usage: packages.sh run|e2e|test}
missing=()

has_library() { /sbin/ldconfig -p | grep -q "$1"; }

# Any PostgreSQL from 15 on will do, wherever it came from.
has_postgresql() {
  local initdb version
  for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
    [ -x "$initdb" ] || continue
    version=$("$initdb" --version | grep -oE '[0-9]+' | head -n 1)
    [ "$version" -ge 15 ] && return 0
  done
  return 1
}

has_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name "$1*" -print -quit)" ]; }

# need PACKAGE TEST...: the package is missing when the test fails.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

need libicu72 has_library 'libicuuc\.so' # .NET cannot start without it
need tzdata test -e /usr/share/zoneinfo/Asia/Kolkata
need postgresql has_postgresql
need fonts-noto-core has_font NotoSansDevanagari # what prescriptions are printed with

if [ "$purpose" != run ]; then
  need chromium command -v chromium
  need redis-server command -v redis-server # two portals talk by it
  need nginx-light test -x /usr/sbin/nginx # and stand behind it
fi

if [ "$purpose" = test ]; then
  need libmongoc-1.0-0 has_library 'libmongoc-1\.0\.so\|libmongoc2\.so'
  need pocketsphinx command -v pocketsphinx_continuous # speech that is heard on this machine
  need pocketsphinx-en-us test -d /usr/share/pocketsphinx/model/en-us
  need ffmpeg command -v ffmpeg
  need espeak-ng command -v espeak-ng # somebody who speaks
  need python3-swift test -d /usr/lib/python3/dist-packages/swift # an S3 server
fi

[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Missing: ${missing[*]}. Install them as root (apt-get install ${missing[*]}), or install sudo, and run this again." >&2
    exit 1
  fi
  as_root=(sudo)
fi
if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]} (names of Debian's packages). Install them with this system's package manager and run this again." >&2
  exit 1
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@"; }

echo "Installing ${missing[*]} ..." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt update && apt install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "Could not install ${missing[*]}; the lines above say why." >&2
  exit 1
fi
