# What .ci/run and .ci/full share.
# shellcheck shell=bash

# Nothing is compiled twice here, so incremental files only cost time and space, and no debugger is used.
export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=0 CARGO_TERM_COLOR=never

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

need_node_and_python() {
  need 'Node.js 20 or later with npm' 'nodejs npm' \
    sh -c 'npm --version && node -e "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)"'
  need 'Python 3.11 or later with venv' 'python3 python3-venv' \
    python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
}

# start_sandbox FOLDER OPTION...: starts the sandbox that is built, lets programs call it, and stops it
# at the end of the script.
start_sandbox() {
  local ready=$1/sandbox.json log=$1/sandbox.log
  shift
  step 'start a sandbox'
  "${CARGO_TARGET_DIR:-target}/debug/chatwork-sandbox" --port 0 "$@" >"$ready" 2>"$log" &
  sandbox=$!
  trap 'kill "$sandbox" 2>/dev/null || true' EXIT
  until [ "$(wc -l <"$ready")" -ge 1 ]; do
    kill -0 "$sandbox" 2>/dev/null || fail "the sandbox ended: $(cat "$log")"
    sleep 0.1
  done
  CHATWORK_API_BASE_URL=$(sed -n '1s/^{"base_url":"\([^"]*\)".*/\1/p' "$ready")
  [ -n "$CHATWORK_API_BASE_URL" ] || fail 'the first line of the sandbox has no base_url'
  export CHATWORK_API_BASE_URL CHATWORK_API_TOKEN=hanako-sandbox-token
  # It is on this machine: a proxy cannot reach it.
  export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
}
