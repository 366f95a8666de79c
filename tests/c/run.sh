#!/bin/sh
# Runs test programs in the root of the tree, each under $TEST_WRAPPER if that is
# set, and adds up what they say. A program that does not end with its count, ends
# with another status than its count tells, or takes minutes, has failed.
set -u
failed=0
tests=0
output=$(mktemp) || exit 1
trap 'rm -f "$output"' EXIT
for program in "$@"; do
	# The wrapper is a command with options.
	# shellcheck disable=SC2086
	timeout --kill-after=10 180 ${TEST_WRAPPER-} "$program" > "$output"
	status=$?
	count=$(tail -n 1 "$output")
	sed '$d' "$output"
	printf '%s: %s\n' "${program##*/}" "$count"
	case $count in
	*" passed, 0 failed") tests=$((tests + ${count%% *})) ;;
	*) status=1 ;;
	esac
	if [ "$status" -ne 0 ]; then
		printf '%s: failed, exit status %s\n' "$program" "$status" >&2
		failed=$((failed + 1))
	fi
done
printf '%s programs, %s tests passed, %s programs failed\n' "$#" "$tests" "$failed"
[ "$failed" -eq 0 ] && [ "$tests" -gt 0 ]
