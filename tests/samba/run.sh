#!/usr/bin/env bash
# The stories of sharing, on a folder that a real Samba server serves and a real kernel mounts.
#
#   sudo tests/samba/run.sh [pytest arguments]
#
# smbd runs on a port of its own with all its state in one temporary folder; the client is a second
# kernel (user-mode Linux, with cifs.ko) that sees this machine's files, boots in two seconds, and
# runs the tests with VEILLE_TEST_SHARE on the mounted share. Needs root on Debian or Ubuntu; says
# "cannot be had here" and ends with 77 where a second kernel cannot be started.
# DELAY=20ms adds a round trip to every packet.
set -euo pipefail
cd "$(dirname "$0")/../.."
cannot() { echo "A Samba share cannot be had here: $1"; exit 77; }

[ "$(id -u)" = 0 ] || cannot "root is needed"
command -v apt-get >/dev/null || cannot "Debian's packages are needed"
export DEBIAN_FRONTEND=noninteractive
need="samba smbclient cifs-utils user-mode-linux kmod iproute2 ethtool"
if ! command -v smbd linux.uml mount.cifs ethtool >/dev/null 2>&1; then
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $need >/dev/null \
    || cannot "its packages could not be installed"
fi
[ -c /dev/net/tun ] || cannot "there is no /dev/net/tun"

state=$(mktemp -d /tmp/veille-samba.XXXXXX)
chmod 755 "$state"
tap="vl$$"; net="10.98.$(($$ % 200 + 20))"; port=$((4450 + $$ % 500)); client=""
finish() {
  trap - EXIT INT TERM
  [ -n "$client" ] && kill -KILL -- "-$client" 2>/dev/null || true
  [ -s "$state/pid/smbd.pid" ] && kill "$(cat "$state/pid/smbd.pid")" 2>/dev/null || true
  ip link del "$tap" 2>/dev/null || true
  sleep 0.3
  rm -rf --one-file-system "$state"
}
trap finish EXIT; trap 'exit 130' INT TERM

ip tuntap add dev "$tap" mode tap 2>/dev/null || cannot "no network device can be made"
ip addr add "$net.1/24" dev "$tap"; ip link set "$tap" up
# A second kernel drops the large frames that offloading makes.
ethtool -K "$tap" tso off gso off gro off sg off tx off >/dev/null 2>&1 || true

mkdir -p "$state"/{share,state,lock,cache,private,pid,ncalrpc,log,modules/lib}
chmod 777 "$state/share"
cat > "$state/smb.conf" <<CONF
[global]
 server role = standalone server
 smb ports = $port
 bind interfaces only = yes
 interfaces = 127.0.0.1/8 $net.1/24
 disable netbios = yes
 disable spoolss = yes
 load printers = no
 passdb backend = tdbsam:$state/private/passdb.tdb
 private dir = $state/private
 state directory = $state/state
 cache directory = $state/cache
 lock directory = $state/lock
 pid directory = $state/pid
 ncalrpc dir = $state/ncalrpc
 log file = $state/log/smbd.log
[veille]
 path = $state/share
 read only = no
 valid users = games
 force user = root
CONF
printf 'pw\npw\n' | smbpasswd -c "$state/smb.conf" -s -a games >/dev/null
smbd -D -s "$state/smb.conf" -l "$state/log" || cannot "smbd did not start"
for _try in $(seq 50); do
  smbclient -p "$port" //127.0.0.1/veille -U games%pw -c ls >/dev/null 2>&1 && break
  sleep 0.1
done

ln -s /usr/lib/uml/modules "$state/modules/lib/modules"
printf '#!/bin/sh\nexec /sbin/modprobe -d %s/modules "$@"\n' "$state" > "$state/modprobe"
printf '%q ' "$@" > "$state/arguments"
cat > "$state/init" <<INIT
#!/bin/bash
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/shm; mount -t tmpfs shm /dev/shm; ln -sfn /proc/self/fd /dev/fd
exec </dev/console >/dev/console 2>&1; stty -onlcr -echo
export PATH=$PATH HOME=/root LC_ALL=C.UTF-8 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 QT_QPA_PLATFORM=offscreen
mount -t tmpfs tmp /mnt; mkdir -m 1777 /mnt/tmp /mnt/s; export TMPDIR=/mnt/tmp
echo $state/modprobe > /proc/sys/kernel/modprobe
ip link set lo up; ip addr add $net.2/24 dev vec0; ip link set vec0 up
if [ -n "${DELAY:-}" ]; then $state/modprobe sch_netem; tc qdisc add dev vec0 root netem delay ${DELAY:-0ms} limit 10000; fi
$state/modprobe cifs
if mount -t cifs //$net.1/veille /mnt/s -o port=$port,username=games,password=pw,vers=3.1.1,iocharset=utf8; then
  cd "$PWD"
  export VEILLE_TEST_SHARE=/mnt/s
  eval ".venv/bin/python -m pytest -p no:cacheprovider \$(cat $state/arguments)"
  echo \$? > $state/status
  cd /; umount /mnt/s
else
  echo 77 > $state/status
fi
echo done > $state/done; sync; exec sleep 1000
INIT
chmod +x "$state/init" "$state/modprobe"
set +e
setsid linux.uml mem=1500M rootfstype=hostfs rootflags=/ rw init="$state/init" con=null con0=fd:0,fd:1 \
  uml_dir="$state/" umid=u vec0:transport=tap,ifname="$tap" quiet loglevel=1 </dev/null 2>"$state/kernel.log" &
client=$!
for _try in $(seq "${PATIENCE:-6000}"); do
  [ -e "$state/done" ] && break
  kill -0 "$client" 2>/dev/null || break
  sleep 0.1
done
[ -e "$state/status" ] || cannot "the second kernel did not start"
exit "$(cat "$state/status")"
