#!/usr/bin/env bash
# Installs what the tests need, builds, checks the style, runs every test. Ends with "N passed, N failed".
#   ./test.sh          what fits in twenty minutes on two cores
#   ./test.sh --long   full counts (kills, repeated runs); its report goes to docs/reports/
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[[ "${1:-}" == "" || "$1" == "--long" ]] || { echo "usage: ./test.sh [--long]" >&2; exit 2; }
[[ "${1:-}" == "--long" ]] && export AIRISLAND_LONG=1
command -v dotnet >/dev/null || { echo "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 2; }

# ---- peers that nobody here wrote; Debian's version of each, npm's by the lock file
declare -A programs=(
  [mosquitto]=mosquitto [mosquitto-clients]=mosquitto_sub [mbpoll]=mbpoll [chromium]=chromium [nodejs]=node [npm]=npm
  [socat]=socat [strace]=strace [influxdb]=influxd [docker-compose]=docker-compose [postgresql-15]=postgres)
has() { PATH="$PATH:/usr/sbin:/usr/local/sbin:/usr/lib/postgresql/15/bin" command -v "$1" >/dev/null; }
wanted=()
# Python packages, told by a module: Debian's own Python is the one that has them.
declare -A modules=([python3-pymodbus]=pymodbus [python3-serial-asyncio]=serial_asyncio [python3-aiohttp]=aiohttp)
imports() { /usr/bin/python3 -c "import $1" 2>/dev/null; }
installed() { if [[ -n "${modules[$1]:-}" ]]; then imports "${modules[$1]}"; else has "${programs[$1]}"; fi; }
for package in "${!programs[@]}" "${!modules[@]}"; do installed "$package" || wanted+=("$package"); done
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || wanted+=(fonts-noto-cjk)
if ((${#wanted[@]})); then
  sudo=""; [[ $EUID -eq 0 ]] || sudo="sudo -n"
  if command -v apt-get >/dev/null && { [[ $EUID -eq 0 ]] || $sudo true 2>/dev/null; }; then
    echo "installing ${wanted[*]}"
    $sudo apt-get -qq -o DPkg::Lock::Timeout=300 update >/dev/null
    $sudo env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${wanted[@]}" >/dev/null
  fi
  for package in "${wanted[@]}"; do
    [[ $package == fonts-noto-cjk ]] || installed "$package" \
      || echo "left out: what needs ${programs[$package]:-${modules[$package]:-}} (package $package is not installed, and could not be)"
  done
fi
if has npm; then
  (cd tests/peers && npm ci --omit=optional --no-audit --no-fund --loglevel=error >/dev/null) || echo "left out: npm peers (npm ci failed)"
fi

# ---- build and style
passed=0 failed=0 skipped=0
check() { if "${@:2}"; then passed=$((passed + 1)); echo "ok: $1"; else failed=$((failed + 1)); echo "FAILED: $1"; fi; }
dotnet build AirIsland.sln -c Release --nologo -v quiet -clp:NoSummary || { echo "0 passed, 1 failed"; exit 1; }
check "dotnet format finds nothing" dotnet format AirIsland.sln --no-restore --verify-no-changes --verbosity quiet

# ---- tests
log=$(mktemp); trap 'rm -f "$log"' EXIT
for project in tests/*.Tests; do
  echo "== $(basename "$project")"
  dotnet test "$project" -c Release --no-build --nologo --logger "console;verbosity=normal" >"$log" 2>&1
  result=$?
  count() { sed -nE "s/^ +$1: +([0-9]+).*/\1/p" "$log" | tail -n 1; }
  p=$(count Passed); f=$(count Failed); s=$(count Skipped)
  grep -A6 -E "^\s+Skipped " "$log" | grep -E "Skipped|installed|missing|reason" | sed 's/^ */   /'
  if ((result != 0)); then grep -vE "^\s+Passed " "$log" | tail -n 120; [[ "${f:-0}" -gt 0 ]] || f=1; fi
  passed=$((passed + ${p:-0})); failed=$((failed + ${f:-0})); skipped=$((skipped + ${s:-0}))
  echo "   ${p:-0} passed, ${f:-0} failed, ${s:-0} skipped"
done
echo
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
