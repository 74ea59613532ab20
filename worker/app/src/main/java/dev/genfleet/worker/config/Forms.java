package dev.genfleet.worker.config;

import dev.genfleet.engine.RowChoice;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Forms of environment variables. Each throws IllegalArgumentException for text of another form. */
final class Forms {

    private static final Pattern HOSTS = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern DEVICE = Pattern.compile("cpu|cuda:(0|[1-9]\\d{0,2})");
    private static final Pattern NAME = Pattern.compile("\\S+");
    private static final Pattern WORKER_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");

    private Forms() {}

    static String hosts(String text) {
        return matching(HOSTS, text);
    }

    /** The processor may be named more than once, a GPU may not. */
    static List<String> devices(String text) {
        List<String> devices = Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(device -> matching(DEVICE, device))
                .toList();
        List<String> gpus =
                devices.stream().filter(device -> !device.equals("cpu")).toList();
        if (gpus.stream().distinct().count() < gpus.size()) {
            throw new IllegalArgumentException(text);
        }
        return devices;
    }

    static List<String> names(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(name -> matching(NAME, name))
                .distinct()
                .toList();
    }

    static String workerId(String text) {
        return matching(WORKER_ID, text);
    }

    static RowChoice rows(String text) {
        return switch (text) {
            case "measured" -> RowChoice.MEASURED;
            case "full" -> RowChoice.FULL;
            default -> throw new IllegalArgumentException(text);
        };
    }

    static List<String> pools(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(pool -> matching(POOL, pool))
                .distinct()
                .toList();
    }

    static Function<String, URI> uri(Set<String> schemes) {
        return text -> {
            URI uri = URI.create(text);
            if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
                throw new IllegalArgumentException(text);
            }
            return uri;
        };
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        };
    }

    static Function<String, Duration> seconds(int least, int most) {
        return number(least, most).andThen(Duration::ofSeconds);
    }

    /** From 0, with up to three decimals. */
    static Function<String, Duration> decimalSeconds(int most) {
        return text -> {
            BigDecimal millis = new BigDecimal(matching(DECIMAL, text)).movePointRight(3);
            if (millis.compareTo(BigDecimal.valueOf(most * 1000L)) > 0) {
                throw new IllegalArgumentException(text);
            }
            return Duration.ofMillis(millis.longValueExact());
        };
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
