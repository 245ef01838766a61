#!/usr/bin/env bash
# Has Docker Compose read docker-compose.yml, as far as that goes without an engine: once with every secret, and once
# without each of them, which it must refuse. What the file must promise beyond that is in DrAssistant.Portal.Tests/Architecture.
set -euo pipefail
cd "$(dirname "$0")/.."

if docker compose version >/dev/null 2>&1; then
  compose=(docker compose)
elif command -v docker-compose >/dev/null; then
  compose=(docker-compose)
else
  echo "Docker Compose is not installed: docker-compose.yml was not read." >&2
  exit 0
fi

filled=$(mktemp)
trap 'rm -f "$filled" "$filled.less"' EXIT
sed -E 's/^([A-Z_0-9]+)=$/\1=filled/' .env.example >"$filled"
"${compose[@]}" --env-file "$filled" config -q

for name in $(grep -oE '^[A-Z_0-9]+=' .env.example); do
  grep -v "^$name" "$filled" >"$filled.less"
  if "${compose[@]}" --env-file "$filled.less" config -q 2>/dev/null; then
    echo "docker-compose.yml starts without ${name%=}." >&2
    exit 1
  fi
done
echo "docker-compose.yml reads well, and refuses to start without any one of its settings."
