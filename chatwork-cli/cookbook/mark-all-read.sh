#!/bin/sh
# mark-all-read.sh
set -eu
chatwork messages read --all
