#!/bin/sh
# daily-digest.sh: yesterday's messages of all rooms, to your own chat
set -eu
chatwork archive sync
digest=$(mktemp)
trap 'rm -f "$digest"' EXIT
chatwork archive export --format markdown --since yesterday --until yesterday > "$digest"
if [ -s "$digest" ]; then
  chatwork send my --file "$digest" --info "Yesterday" --split
fi
