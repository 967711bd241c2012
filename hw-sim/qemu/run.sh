#!/bin/sh
# Runs one command in a guest with the kernel of build-kernel.sh, on this host's files (read only), and gives back its output and exit code.
#
#   hw-sim/qemu/run.sh RESULTS COMMAND     RESULTS is an empty folder that the command may write to as /tmp/out
#
# Exit code: the command's; 124 if the guest did not end within SECONDS_TO_LIVE (default 240), 125 if it ended without a status.
# REBOOTS=1 lets the guest start again when its watchdog wants it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${COUNTERFOIL_QEMU_CACHE:-$HOME/.cache/counterfoil-qemu}
results=$(cd "$1" && pwd)
shift
{
    echo "CACHE='$cache'"
    echo "COMMAND='$*'"
} > "$results/env"
[ "${REBOOTS:-}" = 1 ] && ends="-action reboot=reset" || ends="-no-reboot"
code=0
# shellcheck disable=SC2086 # two words
timeout "${SECONDS_TO_LIVE:-240}" qemu-system-x86_64 -accel tcg,thread=multi -cpu max -m 1500 -smp 2 -nographic -nodefaults \
    -serial file:"$results/console" -monitor none $ends \
    -device i6300esb -action watchdog=reset \
    -kernel "$cache/bzImage" \
    -append "console=ttyS0 quiet root=host rootfstype=9p rootflags=trans=virtio,version=9p2000.L,msize=524288,cache=loose ro init=$here/init.sh panic=-1" \
    -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
    -virtfs local,path="$results",mount_tag=out,security_model=none,multidevs=remap < /dev/null || code=$?
[ "$code" = 124 ] && exit 124
[ -f "$results/status" ] || exit 125
exit "$(cat "$results/status")"
