#!/bin/sh
# The kernels beside libigraph: same graphs, interleaved in one run, results
# compared first.  Seconds on the wall (median, least) and of the processors, then
# the ratios of each; the last column is the largest difference as a share of the
# largest value.
#
#   tests/bench/kernels.sh [N ...]     200 2000 unless given; 20000 takes minutes
#   LANES=avx2 THREADS=1 RUNS=5 ONLY=distances SHAPES=grid tests/bench/kernels.sh
#   ONLY=cancel tests/bench/kernels.sh 20000      how soon a cancel is obeyed
#   ONLY=quality tests/bench/kernels.sh 20000     samples beside exact values
set -eu
cd "$(dirname "$0")/../.."
B=${B:-build/release}
objects=$(echo graph/kernel/*.c tests/bench/kernel_bench.c | sed "s|\([^ ]*\)\.c|$B/\1.o|g")
# shellcheck disable=SC2086
make --no-print-directory B="$B" $objects "$B/libbase.a" >&2
# shellcheck disable=SC2046,SC2086
${CC:-cc} -o "$B/tests/bench/kernel_bench" $objects "$B/libbase.a" \
	$(pkg-config --libs igraph glib-2.0 gio-2.0 json-glib-1.0) -lm
# What a small graph takes is repeated more often; libigraph's minutes once.
runs() {
	if [ -n "${RUNS:-}" ]; then echo "$RUNS"
	elif [ "$1" -le 500 ]; then echo 25
	elif [ "$1" -le 5000 ]; then echo 7
	else echo 1; fi
}
bench() { # shape n only
	"$B/tests/bench/kernel_bench" "$1" "$2" "$(runs "$2")" --only="$3" \
		${LANES:+--lanes="$LANES"} ${THREADS:+--threads="$THREADS"}
}
echo "$(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1)"
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
echo "shape            n       m what         libigraph     least processor    kernel     least processor  ratio  least  proc. difference"
[ $# -gt 0 ] || set -- 200 2000
for n in "$@"; do
	# One run of libigraph's betweenness is enough waiting for large ones.
	if [ "$n" -le 5000 ]; then all=distances,betweenness,edges,sampled; else all=distances,betweenness; fi
	for shape in ${SHAPES:-territories grid stars}; do
		bench "$shape" "$n" "${ONLY:-$all}"
	done
done
echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
