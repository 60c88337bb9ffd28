# What .ci/run and .ci/full share.
# shellcheck shell=bash

# Nothing is compiled twice here, so incremental files are dead weight.
export CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never

step() {
  printf '\n== %s (%ss)\n' "$*" "$SECONDS"
}

run() {
  step "$*"
  "$@"
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# need WHAT PACKAGES TEST...: installs Debian packages when the test fails.
need() {
  local what=$1 packages=$2
  shift 2
  if "$@" >/dev/null 2>&1; then
    return
  fi
  step "install $packages"
  command -v apt-get >/dev/null || fail "$what is missing, and there is no apt-get to install it"
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "$what is missing: install $packages as root"
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq
  # shellcheck disable=SC2086 # several packages in one string
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages ||
    fail "$what is missing, and $packages cannot be installed"
  "$@" >/dev/null || fail "$what is missing, although $packages is installed"
}
