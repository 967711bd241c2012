#!/bin/sh
# Builds the guest kernel of the driver lane: Debian's linux-source-6.1, `make tinyconfig` and kernel.config.
# Takes about ten minutes on two cores; the result (bzImage, i2c-stub.ko, config) stays in the cache and is rebuilt when kernel.config changes.
#
#   apt-get install linux-source-6.1 flex bison bc libelf-dev libssl-dev gcc make xz-utils
#   hw-sim/qemu/build-kernel.sh            # COUNTERFOIL_QEMU_CACHE names another cache than ~/.cache/counterfoil-qemu
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${COUNTERFOIL_QEMU_CACHE:-$HOME/.cache/counterfoil-qemu}
source=${COUNTERFOIL_KERNEL_SOURCE:-/usr/src/linux-source-6.1.tar.xz}
want=$(sha256sum < "$here/kernel.config" | cut -c1-16)

if [ -f "$cache/bzImage" ] && [ "$(cat "$cache/made-of" 2>/dev/null || true)" = "$want" ]; then
    echo "kernel $want is in $cache"
    exit 0
fi
[ -f "$source" ] || { echo "$source is missing: apt-get install linux-source-6.1" >&2; exit 2; }
mkdir -p "$cache"
tree="$cache/linux"
if [ ! -f "$tree/Makefile" ]; then
    mkdir -p "$tree"
    tar -C "$tree" --strip-components=1 -xf "$source"
fi
cd "$tree"
make -s tinyconfig
./scripts/kconfig/merge_config.sh -m .config "$here/kernel.config" > "$cache/merge.log"
make -s olddefconfig
missing=0
# shellcheck disable=SC2013 # lines without blanks
for line in $(grep -v '^#' "$here/kernel.config"); do
    grep -qx "$line" .config || { echo "the kernel did not take $line" >&2; missing=1; }
done
[ "$missing" = 0 ] || exit 3
make -s -j"${JOBS:-2}" bzImage modules
cp arch/x86/boot/bzImage drivers/i2c/i2c-stub.ko .config "$cache/"
echo "$want" > "$cache/made-of"
echo "kernel $want built into $cache"
