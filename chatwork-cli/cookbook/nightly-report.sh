#!/bin/sh
# nightly-report.sh ROOM FILE
set -eu
chatwork files put "$1" "$2" --message "Report of $(date +%Y-%m-%d)"
