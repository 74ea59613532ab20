package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Saves a job's outputs as files and checks that they are what the job says. */
final class Pictures {

    private final GatewayClient gateway;

    Pictures(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** Saves every output of {@code job} in {@code folder}, named by what it shows and its seed. */
    List<Path> save(JsonNode job, Path folder) throws CommandFailure, InterruptedException {
        List<Path> saved = new ArrayList<>();
        for (JsonNode output : job.path("outputs")) {
            byte[] picture = gateway.download(URI.create(output.path("url").asText()));
            String hash = sha256(picture);
            if (!hash.equals(output.path("sha256").asText())) {
                throw new CommandFailure("output " + output.path("index").asText() + " of job "
                        + job.path("id").asText()
                        + " was changed on its way: its SHA-256 is " + hash + ", but the job says "
                        + output.path("sha256").asText());
            }
            Path file = folder.resolve(name(job, output));
            try {
                Files.createDirectories(folder);
                Files.write(file, picture);
            } catch (IOException e) {
                throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
            }
            saved.add(file);
        }
        if (saved.isEmpty()) {
            throw new CommandFailure("job " + job.path("id").asText() + " succeeded, but names no output");
        }
        return saved;
    }

    private static String name(JsonNode job, JsonNode output) {
        JsonNode input = job.path("input");
        String subject = input.path("class_label")
                .asText(input.path("prompt").asText(job.path("model").asText()));
        String words =
                subject.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String shortened = words.length() > 60 ? words.substring(0, 60) : words;
        String mediaType = output.path("content_type").asText();
        String extension = mediaType.substring(mediaType.indexOf('/') + 1).replace("jpeg", "jpg");
        return shortened + "-" + output.path("seed").asText() + "." + extension;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
