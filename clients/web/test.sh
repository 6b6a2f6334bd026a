#!/usr/bin/env bash
# Types, style and logic of the web application; the last line is a summary as the other test projects write it.
set -uo pipefail
cd "$(dirname "$0")"
case "$*" in *"-trait category=long"*) echo "Total: 0"; exit 0 ;; esac
node scripts/build.mjs || exit 1
failed=0 errors=0
node node_modules/typescript/bin/tsc --noEmit || { echo "[FAIL] the types do not fit"; errors=1; }
node node_modules/eslint/bin/eslint.js . --max-warnings 0 || { echo "[FAIL] the style is not ours"; errors=$((errors + 1)); }
report=$(mktemp)
trap 'rm -f "$report"' EXIT
node node_modules/vitest/vitest.mjs run --reporter=default --reporter=json --outputFile.json="$report" || failed=1
node -e '
  const { numTotalTests: total, numFailedTests: failed, numPendingTests: skipped, numFailedTestSuites: suites } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  const errors = Number(process.argv[2]) + (failed === 0 ? suites : 0);
  console.log(`Total: ${total + 2}, Errors: ${errors}, Failed: ${failed}, Skipped: ${skipped}, Not Run: 0`);
' "$report" "$errors"
exit $((failed || errors))
