package dev.genfleet.importer.inspect;

import dev.genfleet.importer.census.GraphCensus;
import java.util.Objects;

/** What is known of one of a package's graphs. */
public sealed interface GraphReport {

    /** Path relative to the package. */
    String file();

    /**
     * A graph that was counted.
     *
     * @param file path relative to the package
     * @param census its costs for one sample at the package's default size
     */
    record Counted(String file, GraphCensus census) implements GraphReport {
        public Counted {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(census, "census");
        }
    }

    /**
     * A graph that could not be.
     *
     * @param file path relative to the package
     * @param why one sentence
     */
    record Uncounted(String file, String why) implements GraphReport {
        public Uncounted {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(why, "why");
        }
    }
}
