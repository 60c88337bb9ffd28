#!/bin/sh
# webhook-bridge.sh URL: each message that a webhook delivers, to another service
set -eu
url=$1
shift
exec chatwork webhooks listen --forward "$url" "$@"
