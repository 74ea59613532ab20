package dev.genfleet.importer.inspect;

import dev.genfleet.importer.census.WeightRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks whether the files are there, and long enough, that a graph reads its weights from. */
final class WeightFaults {

    private WeightFaults() {}

    static List<String> of(Path folder, GraphReport.Counted graph) throws IOException {
        Map<String, Long> ends = new TreeMap<>();
        for (WeightRegion region : graph.census().weights().regions()) {
            ends.merge(beside(graph.file(), region.location()), region.offset() + region.length(), Math::max);
        }
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, Long> file : ends.entrySet()) {
            Optional<Path> path = PackageReport.inside(folder, file.getKey());
            if (path.isEmpty()) {
                faults.add(graph.file() + " reads weights from " + file.getKey() + ", outside the package");
            } else if (!Files.isRegularFile(path.get())) {
                faults.add(graph.file() + " reads weights from " + file.getKey() + ", which is missing");
            } else if (Files.size(path.get()) < file.getValue()) {
                faults.add(graph.file() + " reads " + file.getKey() + " up to byte " + file.getValue()
                        + ", but it is only " + Files.size(path.get()) + " bytes long");
            }
        }
        return faults;
    }

    private static String beside(String graph, String location) {
        return graph.substring(0, graph.lastIndexOf('/') + 1) + location;
    }
}
