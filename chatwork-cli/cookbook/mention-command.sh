#!/bin/sh
# mention-command.sh ROOM: answers "/disk" in a message to you with the free space of this machine
set -eu
if [ "$#" -gt 0 ]; then
  room=$1
  shift
  ME=$(chatwork me | awk '$1 == "account_id" { print $2 }')
  export ME
  exec chatwork watch "$room" --not-mine --exec "sh '$0'" "$@"
fi
# The event is on the standard input, as one line of JSON.
case $(cat) in
  *"[To:$ME]"*/disk*)
    df -h . | chatwork messages reply "$CHATWORK_ROOM_ID-$CHATWORK_MESSAGE_ID" - --code
    ;;
esac
