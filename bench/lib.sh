# Shared by bench/run and bench/quick: ports, processes, the bodies, and the measures. To be sourced.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The regions listen on the three ports after BENCH_PORT, the stream source on the fourth, gateways from the eleventh on.
export BENCH_PORT="${BENCH_PORT:-18100}"
export OUT="$PWD/target/bench"
export STAGING="$PWD/target/azure-functions/region-router-streaming"
GATEWAYS=(router bare nginx haproxy spring-cloud-gateway portkey direct)
REGIONS=($((BENCH_PORT + 1)) $((BENCH_PORT + 2)) $((BENCH_PORT + 3)))
TICKS="$(getconf CLK_TCK)"
declare -A PID=()

mkdir -p "$OUT"
trap 'say "$0 failed at line $LINENO"' ERR
ulimit -n "$(ulimit -Hn)" # a thousand streams take two thousand descriptors of a gateway

say() { printf '%s\n' "$*" >&2; }

# need COMMAND PACKAGE...: the Debian packages of a command, if it is not there.
need() {
  command -v "$1" >/dev/null && return
  say "installing ${*:2}"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${@:2}"; } >&2
}

# The laboratory's classes, in a copy: a build beside a run would take them away from under it.
lab_classes() {
  [ -d target/test-classes/io/github/regionrouter/lab/bench ] || mvn -q test-compile
  rm -rf "$OUT/classes"
  mkdir -p "$OUT/classes/io/github/regionrouter/lab"
  cp -r target/test-classes/io/github/regionrouter/lab/bench "$OUT/classes/io/github/regionrouter/lab/"
}

# begin NAME COMMAND...: a process, or several, in a session of its own, with what it writes in a file.
begin() {
  local name="$1"
  shift
  : >"$OUT/$name.log"
  setsid "$@" >>"$OUT/$name.log" 2>&1 </dev/null &
  PID[$name]=$!
}

# end NAME: all of that session, waiting for it.
end() {
  local pid="${PID[$1]:-}"
  [ -n "$pid" ] || return 0
  unset "PID[$1]"
  kill -TERM -- "-$pid" 2>/dev/null || true
  for _ in $(seq 50); do
    kill -0 -- "-$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

end_all() {
  local name
  for name in "${!PID[@]}"; do end "$name"; done
}
trap end_all EXIT
trap 'exit 130' INT TERM

# The stat lines of a session's processes, without the first two fields: a process name may hold spaces. Processes come and go
# while cat looks.
stats() { { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/^.*) //' | awk -v session="${PID[$1]}" '$4 == session'; }

# CPU time of a gateway so far, user and system, in microseconds.
cpu_micros() {
  [ "$1" = direct ] && echo 0 && return
  stats "$1" | awk -v ticks="$TICKS" '{ sum += $12 + $13 } END { printf "%d\n", sum * 1000000 / ticks }'
}

# Resident memory of a gateway, in KiB; pages that its processes share count once.
memory_kib() {
  local pid
  for pid in $(ps -o pid= -s "${PID[$1]}"); do cat "/proc/$pid/smaps_rollup" 2>/dev/null || true; done |
    awk '$1 == "Pss:" { sum += $2 } END { print sum + 0 }'
}

port_of() {
  local i
  for i in "${!GATEWAYS[@]}"; do [ "${GATEWAYS[$i]}" = "$1" ] && echo $((BENCH_PORT + 11 + i)); done
}

# gateway NAME WHAT...: its adapter.
gateway() { PORT="$(port_of "$1")" "bench/gateways/$1" "${@:2}"; }

# Where a caller of GATEWAY posts to for a MODEL; direct is the second region, which is always well.
url() {
  case "$1" in
    direct) echo "http://127.0.0.1:${REGIONS[1]}/openai/deployments/$2/chat/completions?api-version=2024-10-21" ;;
    portkey) echo "http://127.0.0.1:$(port_of portkey)/v1/chat/completions" ;;
    *) echo "http://127.0.0.1:$(port_of "$1")/openai/deployments/$2/chat/completions?api-version=2024-10-21" ;;
  esac
}

# Headers that a GATEWAY wants of its callers for a MODEL, one a line.
headers() { if [ -x "bench/gateways/$1" ]; then gateway "$1" headers "$2"; fi; }

# A chat completion's request of at least so many bytes.
body() {
  awk -v size="$1" 'BEGIN {
    head = "{\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},{\"role\":\"user\",\"content\":\""
    tail = "\"}],\"max_tokens\":64,\"temperature\":0.2" ARGV[1] "}"
    words = "Which region answers when another one is throttled, and how long does it take? "
    printf "%s", head
    for (sent = length(head) + length(tail); sent < size; sent += length(words)) printf "%s", words
    printf "%s", tail }' "${2:-}"
}

bodies() {
  body 600 >"$OUT/small.json"
  body 102400 >"$OUT/100k.json"
  body 1048576 >"$OUT/1m.json"
  body 600 ',"stream":true' >"$OUT/stream.json"
}

# ready GATEWAY [MODEL [BODY]]: waits for its first 200; false after three minutes without.
ready() {
  local model="${2:-gpt-4o}" line
  local -a sent=()
  while read -r line; do sent+=(-H "$line"); done < <(headers "$1" "$model")
  local until=$((SECONDS + 180))
  while [ "$SECONDS" -lt "$until" ]; do
    [ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 5 -H 'content-type: application/json' ${sent[@]+"${sent[@]}"} \
      --data-binary "@$OUT/${3:-small}.json" "$(url "$1" "$model")")" = 200 ] && return
    sleep 0.02
  done
  say "$1 did not answer within three minutes; see $OUT/$1.log"
  return 1
}

start() {
  [ "$1" = direct ] && return
  begin "$1" env PORT="$(port_of "$1")" "bench/gateways/$1" run
  ready "$1"
}

start_upstream() {
  bodies
  lab_classes
  begin streams java -cp "$OUT/classes:$STAGING/lib/*" io.github.regionrouter.lab.bench.StreamSource $((BENCH_PORT + 4))
  begin upstream bench/upstream
  ready direct
  ready direct gpt-4o-paced stream
}

# "used all": CPU of the machine so far, in ticks.
machine_ticks() { awk '/^cpu / { for (i = 2; i <= 9; i++) all += $i; print all - $5 - $6, all }' /proc/stat; }

# Per cent of the machine's CPU that others use, seen for two seconds.
busy() {
  local used all used_later all_later
  read -r used all < <(machine_ticks)
  sleep 2
  read -r used_later all_later < <(machine_ticks)
  echo $((100 * (used_later - used) / (all_later - all)))
}

# saturate GATEWAY MODEL BODY CONNECTIONS SECONDS: "requests seconds failed cpu_micros", by wrk.
saturate() {
  local before after result
  : >"$OUT/$1.log" # what a gateway writes of each request is kept, but not for ever
  before="$(cpu_micros "$1")"
  result="$(URL="$(url "$1" "$2")" HEADERS="$(headers "$1" "$2")" BODY="$OUT/$3.json" \
    wrk -t1 -c"$4" -d"$5s" --timeout 30s -s bench/post.lua "http://127.0.0.1:$(port_in "$(url "$1" "$2")")" | tail -n 1)"
  after="$(cpu_micros "$1")"
  echo "$result $((after - before))"
}

# CPU time of a JVM's compilers so far, in microseconds; 0 for what is no JVM.
compiler_micros() {
  { [ "$1" = direct ] || cat "/proc/${PID[$1]}/task/"*/stat 2>/dev/null || true; } |
    sed -n '/CompilerThre/s/^.*) //p' | awk -v ticks="$TICKS" '{ sum += $12 + $13 } END { printf "%d\n", sum * 1000000 / ticks }'
}

# warm GATEWAY MODEL BODY CONNECTIONS SECONDS_AT_MOST WINDOWS: until compiling takes less than 3 % of the CPU in so many windows of
# 4 s in a row. A time alone would not do: how far a JVM is after 20 s depends on what else the machine does.
warm() {
  local still=0 compiled cpu until=$((SECONDS + $5))
  while [ "$still" -lt "$6" ] && [ "$SECONDS" -lt "$until" ]; do
    compiled="$(compiler_micros "$1")"
    read -r _ _ _ cpu < <(saturate "$1" "$2" "$3" "$4" 4)
    if [ $(($(compiler_micros "$1") - compiled)) -lt $((cpu * 3 / 100 + 1)) ]; then still=$((still + 1)); else still=0; fi
  done
}

port_in() { local rest="${1#http://127.0.0.1:}"; echo "${rest%%/*}"; }
