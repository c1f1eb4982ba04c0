#!/bin/sh
# In a session bus of its own: a window manager, the program, and what walks its tree. They end together.
# usage: session.sh SYSTEM_PYTHON WALKER PYTHON
openbox >/dev/null 2>&1 &
manager=$!
# The session bus starts the accessibility bus when it is asked for it; the program must find it there.
dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress >/dev/null
"$3" -m reader </dev/null >&2 &
program=$!
"$1" "$2"
kill "$program" "$manager" 2>/dev/null
wait
