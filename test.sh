#!/usr/bin/env bash
# Builds everything and runs the tests. Needs the .NET 10 SDK and Node 20 with npm; everything else it gets by itself.
#   ./test.sh                 every test that CI runs
#   ./test.sh long            what takes longer: large files, repeated kills
#   ./test.sh official        workflows with NuGet's own Dapr.Workflow instead of the library of this repository (docs/adr/0005)
#   ./test.sh NAME…           only test projects whose name contains a NAME, for example: ./test.sh Contacts Finance
#   SIDECAR=/path/to/daprd ./test.sh conformance
#                             the conformance suite against another sidecar (SIDECAR_FLAGS: where its placement and scheduler are)
#   KEYCLOAK_URL=http://localhost:8080 ./test.sh identity
#                             the facts of the sign-in protocol against a Keycloak that has imported the realm file (docs/identity.md)
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1 NO_COLOR=1
# Hundreds of processes live for seconds here: what the just-in-time compiler learns of them is never used (a tenth of all processor time).
export DOTNET_TieredPGO=0
# Nor is their machine code mapped twice, once to write and once to run it: another tenth. Nobody attacks them.
export DOTNET_EnableWriteXorExecute=0

traits=(-trait- "category=long")
names=("$@")
output=artifacts
if [ "${1:-}" = long ]; then
  traits=(-trait "category=long")
  names=("${@:2}")
elif [ "${1:-}" = official ]; then
  # Built beside the rest; what only the library here promises is not asked of the package.
  traits+=(-trait- "only=stand-in")
  names=(Dapr.Workflow Automation)
  output=artifacts/official
fi

# Against a Keycloak or another server, only what needs nothing but its address.
[ -z "${KEYCLOAK_URL:-}" ] || traits+=(-trait "server=any")

# What only the local sidecar has, its durable broker, is not asked of another one.
[ -z "${SIDECAR:-}" ] || traits+=(-trait- "only=local")

say() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

results=$(mktemp -d) compiler=platform-tests-$$
trap 'kill $(jobs -p) 2>/dev/null || true; pkill -f "pipename:$compiler" || true; rm -rf "$results"' EXIT

# Runs a command beside what follows; "joined" waits for it, shows what it said and ends the run if it failed.
beside() {
  local name=$1; shift
  "$@" >"$results/$name" 2>&1 &
  printf -v "pid_$name" %s $!
}
joined() {
  local pid=pid_$1 status=0
  say "$1"
  wait "${!pid}" || status=$?
  cat "$results/$1"
  [ "$status" -eq 0 ] || exit "$status"
}

# What the other half of the tests is made of.
packages() {
  [ -x protos/node_modules/.bin/buf ] || npm ci --prefix protos --ignore-scripts --no-audit --no-fund --loglevel=error
  # The TypeScript client, and what its types are generated with.
  [ -x clients/api/node_modules/.bin/openapi-typescript ] || npm ci --prefix clients/api --ignore-scripts --no-audit --no-fund --loglevel=error
  # The web application, which the stack serves and a browser's test opens.
  node clients/web/scripts/build.mjs
  # Dapr's JavaScript packages, as second clients of the conformance suite.
  local clients=tests/Dapr.Conformance/node
  [ -d "$clients/node_modules/@dapr/dapr" ] || npm ci --prefix "$clients" --ignore-scripts --no-audit --no-fund --loglevel=error
}

# These wait for the network mostly, or for a single core.
beside format dotnet format whitespace . --folder --verify-no-changes --exclude artifacts .data '**/node_modules' '**/Migrations'
if [ "$output" = artifacts ]; then
  beside packages packages
  beside servers tests/install-servers.sh
fi

say "build"
if [ "$output" = artifacts ]; then
  # One compiler for all projects: one each compiles itself first, fifty times. It goes when all is built.
  dotnet build Platform.sln -v q -nologo -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler"
  pkill -f "pipename:$compiler" || true
else
  for name in "${names[@]}"; do
    dotnet build "tests/$name.Tests" -v q -nologo -p:UseOfficialDaprWorkflow=true -p:ArtifactsPath="$PWD/$output"
  done
fi

joined format
if [ "$output" = artifacts ]; then
  joined packages
  joined servers
fi

# One test project: its line of the summary, and what failed in it.
cat >"$results/run" <<'INNER'
set -uo pipefail
results=$1 name=$2; shift 2
started=$(date +%s)
# A fact that waits for ever must not make everything else do so.
program=$OUTPUT/bin/$name/debug/$name
[ "$name" != Web.Tests ] || program=clients/web/test.sh
TIMEFORMAT='%U + %S'
if computed=$({ time timeout -k 10 2400 "$program" "$@" >"$results/$name.log" 2>&1; } 2>&1); then outcome=ok; else outcome=FAILED; fi
summary=$(grep -aoE 'Total: [0-9]+(, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+)?' "$results/$name.log" | tail -n 1)
if [ -z "$summary" ]; then
  outcome=FAILED summary="it did not finish"
  echo "Total: 1, Errors: 1, Failed: 0, Skipped: 0, Not Run: 0" >>"$results/$name.log"
fi
# A project without a test of this kind is not worth a line.
[ "$summary" != "Total: 0" ] || exit 0
{
  printf '%-24s %-6s %4s s  %s  (%s s of processor time)\n' "$name" "$outcome" "$(($(date +%s) - started))" "$summary" "$computed"
  [ "$outcome" = ok ] || grep -aE -A 14 '\[FAIL\]|Unhandled exception' "$results/$name.log" | cut -c1-400 | head -n 120
} >"$results/$name.summary"
cat "$results/$name.summary"
[ "$outcome" = ok ]
INNER

# Two projects at a time, the longest first: most of them wait more than they compute. What takes both cores for minutes runs alone.
side_by_side=2
[ "${1:-}" != long ] || side_by_side=1
projects=()
for name in EndToEnd Isolation Sidecar AppHost Dapr.Conformance Web Identity $(cd tests && printf '%s\n' */*.Tests.csproj | sed 's|.*/||; s|\.Tests\.csproj$||'); do
  name=$name.Tests
  [[ " ${projects[*]:-} " != *" $name "* ]] || continue
  wanted=${names[*]:+no}
  for word in "${names[@]}"; do case "${name,,}" in *"${word,,}"*) wanted=yes ;; esac; done
  [ "$wanted" = no ] || projects+=("$name")
done

say "tests"
# What is called some hundred times is not worth being compiled again (1,000 calls, as hexadecimal digits, instead of 30).
export DOTNET_TC_CallCountThreshold=3E8
# One throwaway PostgreSQL for all test projects; it ends with the command that it is started for.
status=0
printf '%s\n' "${projects[@]}" | OUTPUT=$output "$output/bin/LocalPostgres/debug/Platform.LocalPostgres" --throwaway -- \
  xargs -P "$side_by_side" -I{} bash "$results/run" "$results" {} "${traits[@]}" || status=$?

total=0 failed=0
for log in "$results"/*.log; do
  [ -e "$log" ] || continue
  line=$(grep -aoE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+' "$log" | tail -n 1 || true)
  [ -n "$line" ] || continue
  read -r -a numbers <<<"$(tr -cd '0-9 ' <<<"$line" | tr -s ' ')"
  total=$((total + numbers[0] - numbers[3] - numbers[4]))
  failed=$((failed + numbers[1] + numbers[2]))
done
[ "$total" -gt 0 ] || { echo "No test ran." >&2; status=1; }
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
printf '\nin %s s\n%s passed, %s failed\n' "$SECONDS" "$((total - failed))" "$failed"
exit "$((failed > 0))"
