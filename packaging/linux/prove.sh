#!/usr/bin/env bash
# Proves a package on a bare Debian without Python: installed, tried offscreen and on a screen as an
# ordinary person, its links opened by the desktop, removed without a trace.
#
#     sudo packaging/linux/prove.sh [dist/veille_….deb]
#
# Needs root, debootstrap, and a mirror of Debian. Takes two to three minutes; not part of CI.
# PICTURES=DIR keeps what was on the screen, BASE=DIR the bare system, for the next time; SUITE names
# another Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."
package=$(realpath "${1:-$(ls -t dist/veille_*.deb | head -1)}")
room=$(mktemp -d /var/tmp/veille-prove.XXXXXX)
chmod 755 "$room"
screen=:97
trap 'status=$?; stop; exit $status' EXIT

say() { printf '\n— %s\n' "$*"; }
inside() { chroot "$room" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# An ordinary person, on the screen.
claire() {
  chroot --userspec=claire "$room" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME=/home/claire \
    DISPLAY=$screen VEILLE_LANG=fr "$@"
}
# How many windows of it are to be seen; one that closes meanwhile makes the search fail.
windows() { (claire xdotool search --onlyvisible --class veille 2>/dev/null || true) | wc -l; }
# What the package may have left: all files but those of the system's own records and caches.
files() {
  (cd "$room" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./sys -o -path ./tmp -o -path ./home \
    -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune \
    -o -print | grep -vE '(mimeinfo|icon-theme)\.cache$' | sort)
}
stop() {
  for one in "$room"/proc/[0-9]*; do
    if [ "$(readlink "$one/root" 2>/dev/null)" = "$room" ]; then kill "${one##*/}" 2>/dev/null || true; fi
  done
  sleep 1
  for one in dev/pts proc; do if mountpoint -q "$room/$one"; then umount "$room/$one"; fi; done
  rm -rf --one-file-system "$room" "$room.before" "$room.after" "$room.log"
}

suite=${SUITE:-bookworm}
say "a bare Debian, $suite"
base=${BASE:-$room}
if [ ! -e "$base/etc/debian_version" ]; then
  debootstrap --variant=minbase "$suite" "$base" "${MIRROR:-http://deb.debian.org/debian}" >"$room.log" 2>&1 ||
    { tail -5 "$room.log"; exit 1; }
fi
if [ "$base" != "$room" ]; then cp -a "$base/." "$room/"; chmod 755 "$room"; fi
mount -t proc proc "$room/proc"
mkdir -p "$room/dev/pts" && mount -t devpts devpts "$room/dev/pts"
for name in /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/*cert*; do
  [ -e "$name" ] && cp "$name" "$room/etc/apt/apt.conf.d/"
done
if inside sh -c 'command -v python3'; then echo "Python is there already"; exit 1; fi
inside useradd --create-home claire
inside apt-get update -qq

say "installed, with what it depends on and nothing else"
cp "$package" "$room/tmp/veille.deb"
inside apt-get install -y -qq --no-install-recommends /tmp/veille.deb >/dev/null 2>"$room.log"
if inside sh -c 'command -v python3'; then echo "the package brought Python"; exit 1; fi
inside veille --version

say "tried offscreen, as an ordinary person"
python3 packaging/smoke.py /usr/lib/veille --root "$room" --user claire

say "tried on a screen"
inside apt-get purge -y -qq veille >/dev/null
inside apt-get install -y -qq --no-install-recommends xvfb xauth openbox xdotool imagemagick xdg-utils \
  desktop-file-utils hicolor-icon-theme >/dev/null
files >"$room.before"
inside apt-get install -y -qq --no-install-recommends /tmp/veille.deb >/dev/null 2>"$room.log"
mkdir -p "$room/tmp/.X11-unix" && chmod 1777 "$room/tmp/.X11-unix"
claire Xvfb $screen -screen 0 1280x800x24 >/dev/null 2>&1 &
for _ in $(seq 50); do [ -e "$room/tmp/.X11-unix/X${screen#:}" ] && break; sleep 0.2; done
claire openbox >/dev/null 2>&1 &
claire veille check

say "the desktop hands it veille: links"
[ "$(claire xdg-mime query default x-scheme-handler/veille)" = veille.desktop ]
claire veille demo >/dev/null
claire veille >/dev/null 2>&1 &
for _ in $(seq 300); do if [ "$(windows)" -gt 0 ]; then break; fi; sleep 0.2; done
sleep 2
before=$(windows)
claire xdg-open 'veille:clip?url=https://mairie.example/crue&text=La%20Vauvre' &
asked=
for _ in $(seq 300); do
  if [ "$(windows)" -gt "$before" ]; then asked=yes; break; fi
  sleep 0.2
done
if [ -n "${PICTURES:-}" ]; then
  sleep 1
  claire import -window root /tmp/screen.png && cp "$room/tmp/screen.png" "$PICTURES/deb-link.png"
fi
[ -n "$asked" ] || { echo "the link asked nothing"; exit 1; }
echo "the window that was open asks whether to clip it"

say "removed without a trace"
for one in "$room"/proc/[0-9]*; do
  if [ "$(readlink "$one/exe" 2>/dev/null)" = "$room/usr/lib/veille/veille" ]; then kill "${one##*/}" 2>/dev/null || true; fi
done
inside apt-get purge -y -qq veille >/dev/null
files >"$room.after"
diff "$room.before" "$room.after"
[ -z "$(inside grep -rl veille /usr/share/applications || true)" ]
echo "nothing is left but what claire wrote"
