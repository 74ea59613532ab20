package dev.genfleet.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of the gateway; {@code genfleet.kafka} is {@code GENFLEET_KAFKA} in the environment, and so on. */
@ConfigMapping(prefix = "genfleet")
public interface GatewayConfig {

    /** Kafka's bootstrap servers, {@code host:port,…}. */
    @WithDefault("localhost:9092")
    String kafka();

    /** Address of Redis, {@code redis://host:port}. */
    @WithDefault("redis://localhost:6379")
    String redis();

    /** Folder whose direct sub-folders are model packages. */
    @WithDefault("models")
    Path modelsDir();

    /** Pools whose topics exist from the start, besides those of the models. */
    @WithDefault("default")
    List<String> pools();

    /** Partitions of the topics that the gateway makes, but for those of jobs, which have one. */
    @WithDefault("8")
    int topicPartitions();

    /** Replicas of every topic that the gateway makes; at most the number of brokers. */
    @WithDefault("1")
    short topicReplicas();

    /** How long a worker's lease lasts without renewal, in seconds; the broker's bounds are 15 to 60 by default. */
    @WithDefault("30")
    int leaseSeconds();

    /** How long a job can be read after it was submitted. */
    @WithDefault("30d")
    Duration retention();

    /** How long a link to an output works. */
    @WithDefault("1h")
    Duration linkLifetime();

    /** File that gets the base URL, one line, once the gateway is ready. */
    Optional<Path> readyFile();

    /** Address under which callers reach the gateway, for links in webhooks; the listening address when absent. */
    Optional<String> publicUrl();

    /** Object storage. */
    S3 s3();

    /** Webhooks. */
    Webhook webhook();

    /** Where outputs are. */
    interface S3 {

        /** Endpoint as the gateway reaches it. */
        @WithDefault("http://localhost:9000")
        String endpoint();

        /** Endpoint as callers reach it, for links; {@link #endpoint} when absent. */
        Optional<String> publicEndpoint();

        @WithDefault("genfleet")
        String accessKey();

        @WithDefault("genfleet-secret")
        String secretKey();

        @WithDefault("genfleet")
        String bucket();

        /** Region in signatures; a fixed one saves a request. */
        @WithDefault("us-east-1")
        String region();
    }

    /** How callers are told. */
    interface Webhook {

        /** Signing secrets, {@code whsec_…}, several while one is rotated; webhooks are off when absent. */
        Optional<List<String>> secret();

        /** Development only: deliver also to loopback addresses and over plain http. */
        @WithDefault("false")
        boolean allowLoopback();

        /** Waits before each attempt, counted from the attempt before. */
        @WithDefault("0s,5s,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retrySchedule();

        /** Longest time for one attempt. */
        @WithDefault("15s")
        Duration timeout();
    }
}
