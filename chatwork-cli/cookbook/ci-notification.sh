#!/bin/sh
# ci-notification.sh ROOM STATUS LOG
set -eu
if [ "$2" = success ]; then
  chatwork send "$1" "Build passed ${CI_JOB_URL:-}"
else
  tail -n 50 "$3" | chatwork send "$1" - --code --info "Build failed ${CI_JOB_URL:-}" --split
fi
