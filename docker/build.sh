#!/bin/sh
# What the image holds is made by this script and nothing else. CI runs it without Docker as well, in a copy of the checkout.
set -eu
cd "$(dirname "$0")/.."
npm ci --omit=dev --no-audit --no-fund --loglevel=error
node cli/build.js
