#!/bin/bash
# Runs the fuzzers in the root of the tree: those in Go, or the one in C. Prints a row
# for each, and on a failure the end of what it said; all of that is in build/fuzz.
#
# usage: tests/fuzz/run.sh go|c 60s
set -euo pipefail
language=$1 time=$2
mkdir -p build/fuzz/found
failed=0

# Counts what a fuzzer ran, by the last line that tells; $1 is its name, the rest the
# command.
run() {
	local name=$1 log=build/fuzz/$1.log count
	shift
	if ! "$@" >"$log" 2>&1; then
		tail -n 40 "$log"
		failed=1
	fi
	count=$(sed -nE 's/.*execs: ([0-9]+).*/\1/p; s/^Done ([0-9]+) runs.*/\1/p' "$log" | tail -n 1)
	echo "row ${count:-0} an input of $name, in $time"
}

case $language in
go)
	while IFS=: read -r file line; do
		target=${line#func }
		target=${target%%(*}
		run "$target" go test "./${file%/*}" -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x
	done < <(grep -rE '^func Fuzz' --include='*_test.go' backends capi gen)
	;;
c)
	# LeakSanitizer does not look at the heap of Go, which knows of what C allocated.
	ASAN_OPTIONS=detect_leaks=0 run libFuzzer build/fuzz/calls -max_total_time="${time%s}" -max_len=512 \
		-artifact_prefix=build/fuzz/ build/fuzz/found tests/fuzz/corpus
	;;
esac
if [ "$failed" -eq 0 ]; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; fi
exit "$failed"
