# shellcheck shell=bash
# Shared by the scripts beside it: which processes are ours, and how one waits for them.

PORTALS=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=../../scripts/lib.sh
source "$PORTALS/../../scripts/lib.sh"

# alive PIDFILE WORD: whether the process of that file runs and is what we started.
alive() {
  [ -s "$1" ] && [ -r "/proc/$(<"$1")/cmdline" ] && tr '\0' ' ' <"/proc/$(<"$1")/cmdline" | grep -q -- "$2"
}

# wait_for SECONDS COMMAND...
wait_for() {
  local turns=$(($1 * 20))
  shift
  until "$@" >/dev/null 2>&1; do
    ((turns-- > 0)) || return 1
    sleep 0.05
  done
}

# end PIDFILE WORD SIGNAL
end() {
  local pid turns=200
  if alive "$1" "$2"; then
    pid=$(<"$1")
    kill "-$3" "$pid"
    while [ -d "/proc/$pid" ] && ((turns-- > 0)); do sleep 0.05; done
    if [ -d "/proc/$pid" ]; then kill -KILL "$pid"; fi
  fi
  rm -f "$1"
}

stop_services() {
  end "$1/run/nginx.pid" nginx QUIT
  end "$1/run/fpm.pid" php-fpm QUIT
  end "$1/run/mariadb.pid" mariadbd TERM
}

# remove_portal FOLDER: only one that was made here.
remove_portal() {
  [ -e "$1/made-by" ] || return 0
  stop_services "$1"
  if [ -s "$1/sockets" ]; then rm -rf "$(<"$1/sockets")"; fi
  rm -rf "$1"
}
