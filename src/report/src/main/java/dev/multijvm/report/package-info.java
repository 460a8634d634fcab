/// Reads the files of a run, writes charts, pages and a verdict.
@NullMarked
package dev.multijvm.report;

import org.jspecify.annotations.NullMarked;
