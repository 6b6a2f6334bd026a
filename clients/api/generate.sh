#!/usr/bin/env bash
# Writes openapi.json anew from the contracts, and the types of this client from it.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -d clients/api/node_modules ] || npm ci --prefix clients/api --ignore-scripts --no-audit --no-fund --loglevel=error
dotnet build tests/Architecture.Tests -v q -nologo
# The fact that compares the document writes it where it is told to.
WRITE_OPENAPI=1 artifacts/bin/Architecture.Tests/debug/Architecture.Tests -method '*The_document_in_the_repository_is_that_of_the_contracts'
npm run --prefix clients/api --silent types
