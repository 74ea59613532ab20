package dev.genfleet.wire;

import dev.genfleet.job.JobId;
import dev.genfleet.job.OutputFormat;
import java.util.Locale;

/** Names of objects in the outputs bucket. */
public final class ObjectKeys {

    /** Every key of a checkpoint starts with it. */
    public static final String CHECKPOINTS = "checkpoints/";

    private ObjectKeys() {}

    /**
     * Key of an output. It holds the start of the content's hash, so a second writer of the same job cannot spoil what the
     * winner announced.
     *
     * @param tenant who submitted the job
     * @param id the job
     * @param index position among the job's outputs
     * @param sha256 SHA-256 of the content, 64 hexadecimal digits
     * @param format decides the extension
     */
    public static String output(String tenant, JobId id, int index, String sha256, OutputFormat format) {
        return "outputs/" + tenant + "/" + id + "/" + index + "-" + sha256.substring(0, 16) + "." + format.extension();
    }

    /** Key of the picture that stands for a video before it plays: the video's key with the extension {@code png}. */
    public static String poster(String videoKey) {
        return videoKey.substring(0, videoKey.lastIndexOf('.') + 1) + OutputFormat.PNG.extension();
    }

    /** Start of the keys of a job's checkpoints. */
    public static String checkpoints(JobId id) {
        return CHECKPOINTS + id + "/";
    }

    /**
     * Key of a checkpoint. Each has its own, so that a late writer cannot spoil a later one; of those that fit, the greatest key
     * is the latest.
     *
     * @param fit what it fits, in hexadecimal digits
     * @param steps steps of all outputs together that it holds
     */
    public static String checkpoint(JobId id, String fit, long steps) {
        return checkpoints(id) + fit + "/" + String.format(Locale.ROOT, "%012d", steps);
    }
}
