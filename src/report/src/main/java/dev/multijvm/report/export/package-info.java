/// A run for other programs: the verdict, JMH's own format, and what github-action-benchmark reads.
@NullMarked
package dev.multijvm.report.export;

import org.jspecify.annotations.NullMarked;
