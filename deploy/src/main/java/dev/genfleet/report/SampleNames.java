package dev.genfleet.report;

/** What jobs call the models that a report looks at. */
final class SampleNames {

    static final String DIT = "shapes-dit";
    static final String DIFFUSSM = "shapes-diffussm";
    static final String GENTRON = "shapes-gentron";
    static final String GENTRON_INT8 = "shapes-gentron-int8";
    static final String GENTRON_FP16 = "shapes-gentron-fp16";
    static final String VIDEO = "shapes-gentron-video";

    /** The video model without attention between frames. */
    static final String VIDEO_NO_MOTION = "shapes-gentron-video-no-motion";

    private SampleNames() {}
}
