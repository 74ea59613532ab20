package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts each part and waits for it: chooses ports, tries again with others when somebody else was quicker. */
final class PartStarts {

    private static final int PORT_TRIES = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final StackFolder folder;
    private final Launches launches;
    private final Starter starter;

    PartStarts(StackFolder folder, Launches launches, Starter starter) {
        this.folder = folder;
        this.launches = launches;
        this.starter = starter;
    }

    Part kafka() throws StackException, InterruptedException {
        return onFreePorts(2, ports -> {
            Path ready = readyFile("kafka");
            return starter.start(launches.kafka(ports.get(0), ports.get(1), ready), () -> ReadyFile.read(ready), LIMIT);
        });
    }

    Part redis() throws StackException, InterruptedException {
        String binary = RedisBinary.find(folder.run());
        return onFreePorts(1, ports -> {
            int port = ports.getFirst();
            return starter.start(launches.redis(binary, port), new RedisPing(port), LIMIT);
        });
    }

    Part s3() throws StackException, InterruptedException {
        Path ready = readyFile("s3");
        return starter.start(launches.s3(ready), () -> ReadyFile.read(ready), LIMIT);
    }

    Part gateway(Map<String, String> environment) throws StackException, InterruptedException {
        Path ready = readyFile("gateway");
        return starter.start(launches.gateway(environment, ready), () -> ReadyFile.read(ready), LIMIT);
    }

    Part worker(String name, Map<String, String> environment) throws StackException, InterruptedException {
        Path ready = readyFile(name);
        return starter.start(launches.worker(name, environment, ready), () -> ReadyFile.read(ready), LIMIT);
    }

    private Path readyFile(String part) throws StackException {
        Path file = folder.run().resolve(part + ".ready");
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder.log(part));
        } catch (IOException e) {
            throw new StackException("cannot delete the files of an earlier run: " + e, e);
        }
        return file;
    }

    private static Part onFreePorts(int count, OnPorts start) throws StackException, InterruptedException {
        PortTakenException last = null;
        for (int i = 0; i < PORT_TRIES; i++) {
            try {
                return start.on(FreePorts.choose(count));
            } catch (PortTakenException e) {
                last = e;
            }
        }
        throw last;
    }

    @FunctionalInterface
    private interface OnPorts {
        Part on(List<Integer> ports) throws StackException, InterruptedException;
    }
}
