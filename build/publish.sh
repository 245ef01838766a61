#!/usr/bin/env bash
# Publishes the portal in Release if its sources changed since, and prints the folder.
# Each state of the sources has a folder of its own, so a portal that is running keeps its files when a newer one is made.
set -euo pipefail
cd "$(dirname "$0")/.."

sources=(DrAssistant.Data DrAssistant.Portal build/BlazorScript.targets Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json)
state=$(find "${sources[@]}" \( -name bin -o -name obj -o -name _framework -o -name data \) -prune -o -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)
folder=$PWD/out/portal/$state

mkdir -p out/portal
exec 9>out/portal/.lock
flock 9

if [ ! -e "$folder/DrAssistant.Portal" ]; then
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed to build the portal: https://dot.net/download" >&2; exit 1; }
  echo "Publishing the portal ..." >&2
  rm -rf out/portal/.new
  if ! dotnet publish DrAssistant.Portal -c Release -o out/portal/.new -nologo -v quiet "$@" >&2 9>&-; then
    echo "The portal did not build." >&2
    exit 1
  fi

  # Older ones go, except where a portal still runs.
  for old in out/portal/*/; do
    running=
    for exe in /proc/[0-9]*/exe; do
      case $(readlink "$exe" 2>/dev/null) in "$PWD/${old%/}"/*) running=1 ;; esac
    done
    [ -n "$running" ] || rm -rf "$old"
  done
  rm -rf "$folder"
  mv out/portal/.new "$folder"
fi

echo "$folder"
