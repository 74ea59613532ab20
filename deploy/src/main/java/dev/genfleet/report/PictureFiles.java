package dev.genfleet.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The pictures beside a page, as the fleet made them. */
final class PictureFiles {

    private static final String SUBFOLDER = "pictures";

    private final Path folder;

    PictureFiles(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve(SUBFOLDER));
    }

    /** Keeps a picture or clip; returns its path from the page. */
    String keep(Work work, String sheet, int number) throws IOException {
        String words =
                sheet.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String name = String.format(Locale.ROOT, "%s/%s-%03d.%s", SUBFOLDER, words, number, work.extension());
        work.save(folder.resolve(name));
        return name;
    }
}
