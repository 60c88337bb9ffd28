#!/bin/sh
# unread-report.sh: what waits for you, from the rooms with most messages on
set -eu
chatwork status
chatwork rooms list --unread | sort -t "$(printf '\t')" -k 3,3nr | cut -f 1,3,6
