package io.github.latentconvergence.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What this jar was built from, as the build wrote it down.
 *
 * @param commit null where the sources were not in a git repository of their own
 * @param dirty whether they had changes beside the commit
 */
record Build(@Nullable String commit, boolean dirty) {
    private static final String RESOURCE = "build.properties";

    /** Of the jar this class is in. */
    static Build here() throws IOException {
        try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the resource " + RESOURCE + " is missing: build the jar with Maven");
            }
            Properties properties = new Properties();
            properties.load(in);
            return of(properties);
        }
    }

    static Build of(Properties properties) {
        String commit = properties.getProperty("commit", "").strip();
        return new Build(commit.isEmpty() ? null : commit, !properties.getProperty("changes", "").isBlank());
    }
}
