package dev.genfleet.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of each part. */
final class Launches {

    static final String BUCKET = "genfleet";

    private static final List<String> SMALL_JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

    private final StackFolder folder;
    private final Installation installation;
    private final Credentials credentials;

    Launches(StackFolder folder, Installation installation, Credentials credentials) {
        this.folder = folder;
        this.installation = installation;
        this.credentials = credentials;
    }

    Launch kafka(int brokerPort, int controllerPort, Path ready) throws StackException {
        List<String> command = java(List.of("-Xms64m", "-Xmx256m"), "-cp", installation.localJar());
        command.add(KafkaMain.class.getName());
        command.add(folder.data("kafka").toString());
        command.add(String.valueOf(brokerPort));
        command.add(String.valueOf(controllerPort));
        command.add(ready.toString());
        return new Launch("kafka", command, Map.of(), folder.log("kafka"));
    }

    Launch redis(String binary, int port) {
        List<String> command = List.of(
                binary,
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dir",
                folder.data("redis").toString(),
                "--appendonly",
                "yes",
                "--save",
                "",
                "--maxmemory",
                "256mb",
                "--daemonize",
                "no");
        return new Launch("redis", command, Map.of(), folder.log("redis"));
    }

    Launch s3(Path ready) throws StackException {
        List<String> command = java(List.of("-Xms16m", "-Xmx96m"), "-cp", installation.localJar());
        command.add(S3Main.class.getName());
        command.add(folder.data("s3").toString());
        command.add(BUCKET);
        command.add(ready.toString());
        Map<String, String> environment =
                Map.of(S3Main.ACCESS_KEY, credentials.s3AccessKey(), S3Main.SECRET_KEY, credentials.s3SecretKey());
        return new Launch("s3", command, environment, folder.log("s3"));
    }

    Launch gateway(Map<String, String> environment, Path ready) throws StackException {
        return new Launch("gateway", gatewayCommand(installation), with(environment, ready), folder.log("gateway"));
    }

    static List<String> gatewayCommand(Installation installation, String... arguments) throws StackException {
        List<String> command = java(List.of("-Xms32m", "-Xmx256m"), "-jar", installation.gatewayJar());
        command.addAll(List.of(arguments));
        return command;
    }

    Launch worker(String name, Map<String, String> environment, Path ready) throws StackException {
        return new Launch(name, workerCommand(installation), with(environment, ready), folder.log(name));
    }

    static List<String> workerCommand(Installation installation) throws StackException {
        return List.of(
                javaProgram(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                installation.workerJar().toString());
    }

    private static Map<String, String> with(Map<String, String> environment, Path ready) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("GENFLEET_READY_FILE", ready.toString());
        return all;
    }

    private static List<String> java(List<String> memory, String how, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(javaProgram());
        command.addAll(SMALL_JVM);
        command.addAll(memory);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add(how);
        command.add(jar.toString());
        return command;
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
