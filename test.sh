#!/usr/bin/env bash
# Everything the tests need, then all tests.
#
#   ./test.sh [arguments of dotnet test, for example --filter Name~Fib]
#
# Needs the .NET SDK. What else is missing is installed with apt-get: RabbitMQ, pika and the Java client of RabbitMQ, a JDK.
# RPC_TEST_AMQP=amqp://...  use that running broker; RabbitMQ is not installed then
# CI=true                   a test that lacks something on this machine fails instead of being skipped
#
# Ends with one line, "N passed, N failed" (and ", N skipped" if any). The exit code is zero only if tests ran and none failed.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

readonly policy=/usr/sbin/policy-rc.d

say() { printf 'test.sh: %s\n' "$1" >&2; }

end() { # passed failed skipped exit-code
  if (($3 > 0)); then printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"; else printf '%d passed, %d failed\n' "$1" "$2"; fi
  exit "$4"
}

missing_packages() {
  if [[ -z ${RPC_TEST_AMQP:-} && ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] && ! command -v rabbitmq-server >/dev/null; then
    echo rabbitmq-server
  fi
  # By its full path: a python3 from elsewhere does not see Debian's pika, and the tests do not use it.
  /usr/bin/python3 -c 'import pika' 2>/dev/null || echo python3-pika
  [[ -e /usr/share/java/amqp-client.jar ]] || echo librabbitmq-client-java
  command -v javac >/dev/null || echo default-jdk-headless
}

# A subshell, so that its EXIT trap takes the policy file away again whatever happens in between.
install_packages() (
  log=$1
  shift
  as_root=()
  if ! command -v apt-get >/dev/null; then
    say "apt-get is not here, so these stay missing: $*"
    return
  fi
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "neither root nor sudo, so these stay missing: $*"
      return
    fi
    as_root=(sudo)
    [[ -t 0 ]] || as_root+=(-n)
  fi

  # Debian starts a service when its package is installed, unless this file says no (101). The tests start nodes of their own.
  if [[ -e $policy || -L $policy ]]; then
    answer=0
    "$policy" rabbitmq-server start >/dev/null 2>&1 || answer=$?
    if ((answer != 101)); then
      say "$policy would let the new package start a broker, so these stay missing: $*"
      return
    fi
  else
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
  fi

  say "installing $*"
  # NEEDRESTART_SUSPEND: Ubuntu would restart other services of the machine after an installation.
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -y -o DPkg::Lock::Timeout=120)
  if ! "${apt[@]}" update >"$log" 2>&1 || ! "${apt[@]}" install --no-install-recommends "$@" >>"$log" 2>&1; then
    say "apt-get failed ($(grep -m1 '^E:' "$log" || tail -n1 "$log")), so some of these stay missing: $*"
    return
  fi
  # The package also asks for a start at the next boot.
  if [[ " $* " == *" rabbitmq-server "* && -d /run/systemd/system ]]; then
    "${as_root[@]}" systemctl disable rabbitmq-server.service >>"$log" 2>&1 || say "could not disable the service rabbitmq-server"
  fi
)

if ! command -v dotnet >/dev/null; then
  say "the .NET SDK is not here"
  end 0 0 0 1
fi

results=$(mktemp -d)
temp=$results/tmp
mkdir "$temp"

# What the test run started and left: a run that hangs loses its test host but not the test program below it, which goes on.
# All of them, and nothing else, have our temporary folder in their environment. A test program's broker goes with it,
# a moment later, and then its folder does.
end_leftovers() {
  local deadline=$((SECONDS + 10)) pids
  while ((SECONDS < deadline)); do
    pids=$(grep -lsF "TMPDIR=$temp" /proc/[0-9]*/environ | tr -dc '0-9\n' || true)
    if [[ -n $pids ]]; then
      # shellcheck disable=SC2086 # a list of numbers
      kill -KILL $pids 2>/dev/null || true
    elif ! compgen -G "$temp/rpc-test-*" >/dev/null; then
      break
    fi
    sleep 0.1
  done
  rm -rf -- "$results"
}
trap end_leftovers EXIT

mapfile -t missing < <(missing_packages)
if ((${#missing[@]} > 0)); then
  install_packages "$results/apt.log" "${missing[@]}" || say "the installation broke off"
fi

# No build servers that stay behind; no escape sequences, of which dotnet prints some around our last line even without colours.
export MSBUILDDISABLENODEREUSE=1 TERM=dumb
if ! dotnet restore Rpc.sln --verbosity quiet || ! dotnet build Rpc.sln --no-restore --verbosity quiet -nologo -p:UseSharedCompilation=false; then
  say "the build failed"
  end 0 0 0 1
fi

# One assembly after the other (-m:1): each may start a broker, and timing matters in both.
# In the background, because a shell that waits for a foreground command does not hear a signal before that has ended.
TMPDIR=$temp dotnet test Rpc.sln --no-build -m:1 --results-directory "$results" --logger trx \
  --blame-hang --blame-hang-timeout 5m --blame-hang-dump-type none "$@" &
code=0
wait $! || code=$?

# VSTest leaves notExecuted at 0 for skipped tests; they are what total has beyond the others.
read -r passed failed skipped < <(
  find "$results" -name '*.trx' -exec grep -ho '<Counters [^>]*' {} + | tr ' ' '\n' | awk -F'"' '
    /^total=/                          { total += $2 }
    /^passed=/                         { passed += $2 }
    /^(failed|error|timeout|aborted)=/ { failed += $2 }
    END                                { print passed + 0, failed + 0, total - passed - failed }'
)
if ((passed + failed == 0)); then
  say "no test ran"
  ((code != 0)) || code=1
elif ((failed > 0)); then
  ((code != 0)) || code=1
elif ((code != 0)); then
  say "dotnet test ended with $code: a test assembly broke off, which counts as one failure"
  failed=1
fi
end "$passed" "$failed" "$skipped" "$code"
