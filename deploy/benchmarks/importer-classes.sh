# Sourced by the benchmarks here that run classes of the importer's tests: builds them, then `java_class NAME ARGUMENTS…` runs one.
# Needs $root, the repository, and $folder, where build log and class path go.

"$root/mvnw" -q -B -f "$root/pom.xml" -pl worker/importer -am -Dspotless.check.skip=true test-compile \
    dependency:build-classpath -Dmdep.outputFile="$folder/classpath" >"$folder/build.log" 2>&1 || {
    cat "$folder/build.log" >&2
    exit 1
}
classes=$root/worker/importer/target/test-classes:$root/worker/importer/target/classes
classes=$classes:$root/worker/engine/target/classes:$root/schemas/target/classes
echo "--enable-native-access=ALL-UNNAMED -cp \"$classes:$(cat "$folder/classpath")\"" >"$folder/java.arguments"

java_class() {
    # ONNX Runtime 1.29 crashes on long command lines unless its telemetry is off.
    ORT_DISABLE_TELEMETRY=1 "$("$root/mvnw" --print-java-home)/bin/java" -Dthreads="$threads" "@$folder/java.arguments" "$@"
}
