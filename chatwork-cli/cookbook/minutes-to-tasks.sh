#!/bin/sh
# minutes-to-tasks.sh ROOM MINUTES: a task for each line "- [ ] WHO | WHAT | DAY"
set -eu
sed -n 's/^- \[ \] *//p' "$2" | while IFS='|' read -r who what day; do
  what=$(printf %s "$what" | sed 's/^ *//; s/ *$//')
  chatwork tasks add "$1" "$what" --to "$who" --due "$day" < /dev/null
done
