package dev.genfleet.importer.checkpoint;

/** The end of a zip archive: where its directory lies, how long it is, and how many entries it has. */
record ZipEnd(long directoryOffset, long directoryBytes, long entries) {}
