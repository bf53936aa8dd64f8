#!/usr/bin/env bash
# Builds AirIsland and starts a simulated station, its edge, the cloud and the pages in one process. Ctrl-C ends it.
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 2; }
echo "building …" >&2
dotnet build simulators/AirIsland.Demo -c Release --nologo -v quiet -clp:NoSummary >&2
exec artifacts/bin/AirIsland.Demo/release/AirIsland.Demo "$@"
