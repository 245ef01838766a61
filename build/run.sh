#!/usr/bin/env bash
# Becomes the portal: build/run.sh [COMMAND] [--Key=value ...]
# Its data lie in the clone's own data folder unless --Clinic:DataFolder says otherwise.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

"$here/build/packages.sh" run
folder=$("$here/build/publish.sh")

settings=()
case " $* " in
  *Clinic:DataFolder=* | *Clinic:DataFolder\ * | *Clinic__DataFolder=*) ;;
  *) [ -n "${Clinic__DataFolder:-}" ] || settings+=("--Clinic:DataFolder=$here/data") ;;
esac

# The pages' files are beside the program; paths on the command line are relative to where the person is.
export ASPNETCORE_CONTENTROOT=$folder
exec "$folder/DrAssistant.Portal" "$@" "${settings[@]}"
