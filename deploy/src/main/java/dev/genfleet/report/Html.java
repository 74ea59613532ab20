package dev.genfleet.report;

/** Text inside HTML and SVG. */
final class Html {

    private Html() {}

    /** Text as it is, for between tags and inside quoted attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
