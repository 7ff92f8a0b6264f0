# Sourced by the scripts under tools/: what they need of the machine, and how to say that it is missing.
#
# Exit status of a machine that lacks something: 69, as everywhere in relm ("cannot be reached").

relm_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
relm_swift_least=6.3

# remark WORDS…: one line for the person, never mixed with results.
remark() { printf '%s\n' "$*" >&2; }

# listed_packages: the names in tools/packages, one a line.
listed_packages() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$relm_root/tools/packages"; }

# missing_packages: those of the list that dpkg does not have installed.
missing_packages() {
  local name
  for name in $(listed_packages); do
    [ "$(dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | sort -u | grep -x installed)" = installed ] ||
      printf '%s\n' "$name"
  done
}

# as_root COMMAND…: runs it as root, through sudo where this is another user.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# setup_packages: installs through apt what is missing, and says what; says nothing where all is there.
setup_packages() {
  local missing log
  if ! command -v dpkg-query >/dev/null; then
    remark "This machine has no dpkg, so what relm needs cannot be checked. Debian calls it:" $(listed_packages)
    return 0
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  # One line of words from one name a line.
  missing=$(printf '%s' "$missing" | tr '\n' ' ')
  local advice="Install it yourself, then try again: apt-get install $missing"
  if ! command -v apt-get >/dev/null; then
    remark "Missing, and there is no apt-get here: $missing"
    remark "$advice"
    return 69
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    remark "This user is not root, there is no sudo, and these packages are missing: $missing"
    remark "$advice"
    return 69
  fi
  remark "Installing with apt: $missing"
  log=$(mktemp)
  # Where the lists cannot be brought up to date, those that are there may still do.
  as_root apt-get update >"$log" 2>&1
  # shellcheck disable=SC2086  # the names are words
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  remark "apt could not install: $missing"
  remark "$advice"
  return 69
}

# is_new_enough VERSION: whether a Swift of that version will do.
is_new_enough() {
  [ "$(printf '%s\n%s\n' "$relm_swift_least" "$1" | sort -V | head -n 1)" = "$relm_swift_least" ]
}

# setup_swift: puts a Swift toolchain that is new enough on PATH, or says how to get one.
setup_swift() {
  local folder version found=""
  for folder in "$(dirname "$(command -v swift || echo /nowhere/swift)")" "$HOME/.local/share/swiftly/bin" \
    /opt/swift/usr/bin /usr/share/swift/usr/bin /usr/libexec/swift/bin; do
    [ -x "$folder/swift" ] || continue
    version=$("$folder/swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [ -n "$version" ] || continue
    if is_new_enough "$version"; then
      case ":$PATH:" in *":$folder:"*) ;; *) PATH="$folder:$PATH" ;; esac
      export PATH
      return 0
    fi
    case "$found" in *" $folder,"*) ;; *) found="$found $version in $folder," ;; esac
  done
  remark "relm needs the Swift toolchain, version $relm_swift_least or newer.${found:+ Found:${found%,}.}"
  remark "Debian does not have it. Get it from https://www.swift.org/install/linux/ (swiftly installs it for one user),"
  remark "see that 'swift --version' answers, and try again."
  return 69
}

# run_logged LOG COMMAND…: keeps the output in LOG; on a terminal shows the last line while it runs.
run_logged() {
  local log=$1 status=0
  shift
  if [ ! -t 2 ]; then
    "$@" >"$log" 2>&1 </dev/null || status=$?
    return "$status"
  fi
  "$@" >"$log" 2>&1 </dev/null &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    printf '\r\033[K  %s' "$(tail -n 1 "$log" | cut -c 1-76)" >&2
    sleep 0.5
  done
  wait "$job" || status=$?
  printf '\r\033[K' >&2
  return "$status"
}
