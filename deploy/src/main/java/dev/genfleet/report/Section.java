package dev.genfleet.report;

import java.util.Set;

/** A part of the report. */
interface Section {

    /** What chooses it on the command line; several sections may share one. */
    String name();

    /** Models without which it cannot be made. */
    Set<String> models();

    /** Has its pictures made, and counts. */
    Findings run(Plan plan, Studio studio) throws InterruptedException;
}
