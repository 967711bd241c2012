#!/bin/sh
# The guest's first process: makes the devices, runs one command of the host's, ends the machine. Everything is the host's, read only, but /tmp, /run
# and the folder that the host gave for results.
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2> /dev/null || true
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /run
mkdir -p /tmp/out
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288 out /tmp/out
mount -t configfs configfs /sys/kernel/config
# shellcheck source=/dev/null
. /tmp/out/env

# gpiochip0 is a chip that must not be taken; gpiochip1 has the lines of a Raspberry Pi's header under the label of a Pi 5's driver.
chip() { # DEVICE LINES LABEL
    bank=/sys/kernel/config/gpio-sim/$1/bank
    mkdir -p "$bank"
    echo "$2" > "$bank/num_lines"
    echo "$3" > "$bank/label"
    echo 1 > "/sys/kernel/config/gpio-sim/$1/live"
}
chip other 8 something-else
chip header 54 pinctrl-rp1
insmod "$CACHE/i2c-stub.ko" chip_addr=0x27,0x3c

cd /tmp || exit
sh -c "$COMMAND" > /tmp/out/stdout 2> /tmp/out/stderr
echo $? > /tmp/out/status
sync
echo o > /proc/sysrq-trigger
# Switched off a moment from now; the first process must not end before.
while :; do sleep 1; done
