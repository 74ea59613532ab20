package dev.genfleet.gateway.jobs;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.job.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of jobs ended, in a form that callers hand back and do not look into. */
final class Cursor {

    private static final String FORM = "v1:";

    private Cursor() {}

    static String after(JobId last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + last).getBytes(StandardCharsets.US_ASCII));
    }

    static JobId read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.startsWith(FORM)) {
                return JobId.parse(text.substring(FORM.length()));
            }
        } catch (IllegalArgumentException notOurs) {
            // told below, in one form for every way of being wrong
        }
        throw new ProblemException(
                ErrorCode.INVALID_REQUEST,
                "cursor is '" + cursor + "', but must be the next_cursor of an earlier page.");
    }
}
