#!/usr/bin/env bash
# Installs the servers that tests start by themselves, and the browser, from Debian's packages: what is there already is left alone.
# Services are not started: each test runs its own server, on its own port and as an unprivileged user.
set -euo pipefail

# A program that tests start, and the package that brings it.
servers=(
  redis-server:redis-server
  rabbitmq-server:rabbitmq-server
  chromium-headless-shell:chromium-headless-shell
)

missing=()
for server in "${servers[@]}"; do
  command -v "${server%%:*}" >/dev/null || missing+=("${server##*:}")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install="apt-get install --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need ${missing[*]}. Install by root, on Debian or Ubuntu: $install" >&2
  exit 1
fi

log=$(mktemp)
policy=/usr/sbin/policy-rc.d
own_policy=
cleanup() { rm -f "$log"; [ -z "$own_policy" ] || rm -f "$policy"; }
trap cleanup EXIT
# 101 forbids the packages to start their services.
if [ ! -e "$policy" ]; then
  own_policy=1
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "$install failed." >&2
  exit 1
fi
