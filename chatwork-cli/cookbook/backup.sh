#!/bin/sh
# backup.sh FOLDER: all messages and files, verified and copied
set -eu
mkdir -p "$1"
chatwork archive sync --files
chatwork archive verify
chatwork archive backup "$1/$(date +%Y%m%d-%H%M%S).chatwork"
