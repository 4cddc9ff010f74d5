#!/bin/sh
# Installs those of the named Debian packages that are missing, and says so.
# Usage: deps.sh WHAT PACKAGE…   (WHAT is a word for the message)
set -eu
what=$1
shift
if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "This is not Debian: please see to it that these are installed ($what): $*" >&2
	exit 0
fi
missing=
for package in "$@"; do
	state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing what is missing ($what):$missing"
sudo=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "These packages are needed; as root: apt-get install$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
export DEBIAN_FRONTEND=noninteractive
install() {
	# shellcheck disable=SC2086
	$sudo apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install; then
	$sudo apt-get update -q >>"$log" 2>&1 || true
	install || {
		tail -n 15 "$log" >&2
		echo "Installing failed; by hand: apt-get update && apt-get install$missing" >&2
		exit 1
	}
fi
