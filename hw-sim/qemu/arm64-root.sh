#!/bin/sh
# Makes a folder with Debian trixie's Java 25 for arm64 and the libraries that it needs, by download and unpacking: nothing is installed on this host.
#
#   apt-get install qemu-user-static
#   hw-sim/qemu/arm64-root.sh              # COUNTERFOIL_QEMU_CACHE names another cache than ~/.cache/counterfoil-qemu
set -eu
cache=${COUNTERFOIL_QEMU_CACHE:-$HOME/.cache/counterfoil-qemu}
root=$cache/arm64
packages="openjdk-25-jre-headless libc6 zlib1g libgcc-s1 libstdc++6 libjpeg62-turbo liblcms2-2 libfontconfig1 libfreetype6 libharfbuzz0b libpcsclite1 libcups2t64 libasound2t64 libnss3 libpng16-16t64 libbrotli1 libexpat1 libglib2.0-0t64 libgraphite2-3 libpcre2-8-0 ca-certificates-java bash dash coreutils"

[ -f "$root/made" ] && { echo "Java for arm64 is in $root"; exit 0; }
state=$cache/apt-arm64
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/debs" "$root"
: > "$state/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" > "$state/sources.list"
apt() {
    command=$1
    shift
    apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::Etc::preferencesparts=- -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache" \
        -o APT::Sandbox::User=root "$command" "$@"
}
apt update
# shellcheck disable=SC2086 # several words
(cd "$state/debs" && apt download $packages)
for package in "$state"/debs/*.deb; do
    dpkg-deb -x "$package" "$root"
done
# Since trixie everything lies below usr.
for name in bin sbin lib; do
    [ -e "$root/$name" ] || ln -s "usr/$name" "$root/$name"
done
# Debian keeps Java's settings below /etc, by absolute links, which would lead to this host's.
find "$root/usr/lib/jvm" -type l -lname '/etc/*' | while read -r link; do
    ln -sfn "$root$(readlink "$link")" "$link"
done
touch "$root/made"
echo "Java for arm64 is in $root"
