#!/bin/sh
# tasks-to-csv.sh ROOM FOLDER: open and done tasks, for Excel
set -eu
mkdir -p "$2"
chatwork tasks list "$1" --csv > "$2/open.csv"
chatwork tasks list "$1" --done --csv > "$2/done.csv"
