#!/bin/sh
# daily-digest.sh [SINCE]: the messages of all other rooms since a day, to your own chat
set -eu
since=${1:-yesterday}
# 3: a room could not be read now.
chatwork archive sync || [ "$?" -eq 3 ]
digest=$(mktemp)
trap 'rm -f "$digest"' EXIT
# Not your own chat: the digest of the day before is in it.
chatwork archive export --format markdown --except my --since "$since" --until yesterday > "$digest"
if [ -s "$digest" ]; then
  chatwork send my --file "$digest" --markdown --info "Since $since" --split
fi
