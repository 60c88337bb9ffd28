#!/bin/sh
# backup.sh FOLDER: all messages and files, verified and copied
set -eu
mkdir -p "$1"
# 3: some files or rooms could not be had now. The next run tries them again.
chatwork archive sync --files || [ "$?" -eq 3 ]
chatwork archive verify
chatwork archive backup "$1/$(date +%Y%m%d-%H%M%S).chatwork"
