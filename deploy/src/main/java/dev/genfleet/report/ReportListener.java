package dev.genfleet.report;

/** Is told how far a report is, by several threads. */
public interface ReportListener {

    /**
     * One more picture or clip is there.
     *
     * @param what of which kind
     * @param done how many of them are there
     * @param all how many there will be
     */
    void made(String what, int done, int all);

    /** A section is left out. */
    void leftOut(String section, String why);

    /** Nobody looks. */
    static ReportListener silent() {
        return new ReportListener() {
            @Override
            public void made(String what, int done, int all) {
                // Nobody looks.
            }

            @Override
            public void leftOut(String section, String why) {
                // Nobody looks.
            }
        };
    }
}
