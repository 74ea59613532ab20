package dev.genfleet.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the forwards of each lane take, also of lanes that were closed since. The table that a model had first, of its usual shape,
 * is the first guess for its other shapes, row for row in proportion to the numbers in one, and stays; of all others the eldest go
 * when there are many. Safe on any thread.
 */
final class RowTables {

    private static final int MOST = 256;

    private final int maxRows;
    private final Map<String, LaneKey> first = new LinkedHashMap<>();
    private final Map<LaneKey, RowCosts> tables = new LinkedHashMap<>();

    RowTables(int maxRows) {
        this.maxRows = maxRows;
    }

    /** The table of a lane. */
    synchronized RowCosts of(LaneKey lane) {
        RowCosts known = tables.get(lane);
        if (known != null) {
            return known;
        }
        LaneKey model = first.computeIfAbsent(lane.digest(), _ -> lane);
        RowCosts made = model.equals(lane)
                ? new RowCosts(maxRows)
                : tables.get(model)
                        .guessFor(
                                (double) lane.shape().elements() / model.shape().elements());
        tables.put(lane, made);
        dropEldest();
        return made;
    }

    /** All tables now. */
    synchronized List<RowTable> snapshot() {
        List<RowTable> all = new ArrayList<>();
        tables.forEach((lane, costs) -> all.add(new RowTable(lane.digest(), lane.shape(), costs.milliseconds())));
        return List.copyOf(all);
    }

    private void dropEldest() {
        Iterator<LaneKey> eldest = tables.keySet().iterator();
        while (tables.size() > MOST && eldest.hasNext()) {
            if (!first.containsValue(eldest.next())) {
                eldest.remove();
            }
        }
    }
}
