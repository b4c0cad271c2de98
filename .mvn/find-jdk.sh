# Sourced by ./mvnw and ./waybill. Sets JAVA_HOME to a JDK of at least version 21:
# $WAYBILL_JAVA_HOME or $JAVA_HOME if they will do, else the newest found in the usual places.
# Written for a plain POSIX shell, because it runs before anything else is known of the machine.

waybill_required_java=21

# Prints the feature version (17, 21, 25 …) of the JDK in folder $1, or nothing if it is none.
waybill_java_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1
}

waybill_find_jdk() {
  for home in "${WAYBILL_JAVA_HOME-}" "${JAVA_HOME-}"; do
    [ -n "$home" ] || continue
    version=$(waybill_java_version "$home")
    if [ "${version:-0}" -ge "$waybill_required_java" ]; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  newest=0
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  for home in "$on_path" /usr/lib/jvm/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    version=$(waybill_java_version "$home")
    if [ "${version:-0}" -ge "$waybill_required_java" ] && [ "$version" -gt "$newest" ]; then
      newest=$version
      JAVA_HOME=$home
    fi
  done
  if [ "$newest" -eq 0 ]; then
    echo "Waybill needs a JDK of version $waybill_required_java or newer, and none was found." >&2
    echo "Looked at WAYBILL_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks." >&2
    echo "Install one (https://adoptium.net has them for every system), or set WAYBILL_JAVA_HOME to its folder." >&2
    return 1
  fi
  export JAVA_HOME
}

waybill_find_jdk || exit 1
