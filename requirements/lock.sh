#!/bin/sh
# Write the hash-locked requirement files anew from pyproject.toml. Run it after a change of a dependency.
set -eu
cd "$(dirname "$0")/.."
lock() { out=$1; shift; .venv/bin/uv pip compile "$@" --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-header --no-emit-index-url --quiet --output-file "requirements/$out"; }
lock run.txt pyproject.toml requirements/build.in
lock dev.txt pyproject.toml requirements/build.in --group dev -c requirements/run.txt
lock traces.txt pyproject.toml requirements/build.in --extra traces -c requirements/run.txt
lock s3.txt pyproject.toml requirements/build.in --extra s3 -c requirements/run.txt
lock valkey.txt pyproject.toml requirements/build.in --extra valkey -c requirements/run.txt
