# Types a path into the system's file dialog: choose_file.sh <title> <path>
# Keys that come before the dialog takes them are lost, so they are typed until it closes.
shown() { xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1; }
# Whether it closed within so many fifths of a second.
closed() { tries=0; while [ -n "$(shown "$1")" ]; do [ $tries -lt "$2" ] || return 1; tries=$((tries + 1)); sleep 0.2; done; }
until chooser=$(shown "$1") && [ -n "$chooser" ]; do sleep 0.1; done
while [ -n "$(shown "$1")" ]; do
  xdotool windowfocus --sync "$chooser" 2>/dev/null
  # The first stroke opens the field; what comes before it stands there would be lost.
  xdotool key slash
  sleep 0.5
  xdotool key ctrl+a type --delay 15 "$2"
  xdotool key Return
  closed "$1" 5 && break
  # Of a folder that holds others Return completes the name, and opens a list that takes the next one; an arrow closes
  # the list only.
  xdotool key Right key Return
  closed "$1" 10
done
