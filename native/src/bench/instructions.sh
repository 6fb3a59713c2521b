#!/usr/bin/env bash
# Instructions for an element, of every kernel that valgrind can run (it has no AVX-512): exact and the same on every machine, so that two builds can be compared.
#   instructions.sh BENCH [WORD...]               prints lines like `instructions avx2 diff2 bf16 0.91`, sorted; of kernels that have every WORD in their name
#   instructions.sh --compare FILE [--strict] BENCH   what differs from an earlier list by more than 2 %; --strict: and fails then
# BENCH is the program lc_kernel_bench. A list depends on the compiler: instructions-gcc12.txt is of gcc 12.
set -euo pipefail
export LC_ALL=C

baseline='' strict=0
while [ $# -gt 0 ]; do
    case $1 in
        --compare) baseline=$2; shift 2 ;;
        --strict) strict=1; shift ;;
        *) break ;;
    esac
done
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    sed -n '2,5s/^# *//p' "$0" >&2
    exit 2
fi
command -v valgrind >/dev/null || { echo "instructions.sh: valgrind is not installed" >&2; exit 2; }
bench=$1
shift
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

# One dump a kernel: what triggered it is its name, and its total is of one call over 8 rows of 4096 elements.
if ! valgrind --tool=callgrind --callgrind-out-file="$room/out" "$bench" --count "$@" >"$room/log" 2>&1; then
    cat "$room/log" >&2
    exit 2
fi
awk '/^desc: Trigger: Client Request: /{ name = $5 " " $6 " " $7 } /^(totals|summary): / && name { printf "instructions %s %.3f\n", name, $2 / 32768; name = "" }' \
    "$room"/out.* | sort >"$room/now"
if [ ! -s "$room/now" ]; then
    echo "instructions.sh: valgrind counted nothing:" >&2
    cat "$room/log" >&2
    exit 2
fi
if [ -z "$baseline" ]; then
    cat "$room/now"
    exit
fi
changed=0
awk '
    NR == FNR { before[$2 " " $3 " " $4] = $5; next }
    { name = $2 " " $3 " " $4; seen[name] = 1; compared++ }
    !(name in before) { print "new: " $0; changed++; next }
    $5 > 1.02 * before[name] || $5 < before[name] / 1.02 { printf "%s: %s, was %s (%+.1f %%)\n", name, $5, before[name], 100 * ($5 / before[name] - 1); changed++ }
    END {
        for (name in before) if (!(name in seen)) { print "gone: " name; changed++ }
        printf "%d kernels compared, %d changed by more than 2 %%\n", compared, changed
        exit changed > 0
    }' <(grep '^instructions ' "$baseline") "$room/now" || changed=1
[ $strict = 0 ] || exit $changed
