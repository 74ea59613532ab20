package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;

/** Folders of stacks that leave nothing behind. */
public final class TemporaryFolder {

    private TemporaryFolder() {}

    /** A new, empty folder under the system's temporary one. */
    public static StackFolder create() throws StackException {
        try {
            return new StackFolder(Files.createTempDirectory("genfleet-"));
        } catch (IOException e) {
            throw new StackException("cannot create a temporary folder: " + e.getMessage(), e);
        }
    }

    /** Deletes the folder with all that is in it. */
    public static void delete(StackFolder folder) throws StackException {
        try {
            SampleModels.delete(folder.root());
        } catch (IOException e) {
            throw new StackException("cannot delete " + folder.root() + ": " + e.getMessage(), e);
        }
    }
}
