# Types a path into the system's file dialog: choose_file.sh <title> <path>
# Keys that come before the dialog takes them are lost, so they are typed until it closes.
shown() { xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1; }
until chooser=$(shown "$1") && [ -n "$chooser" ]; do sleep 0.1; done
while [ -n "$(shown "$1")" ]; do
  xdotool windowfocus --sync "$chooser" 2>/dev/null
  # The first stroke opens the field; what comes before it stands there would be lost.
  xdotool key slash
  sleep 0.5
  xdotool key ctrl+a type --delay 15 "$2"
  xdotool key Return
  tries=0
  while [ -n "$(shown "$1")" ] && [ $tries -lt 15 ]; do tries=$((tries + 1)); sleep 0.2; done
done
