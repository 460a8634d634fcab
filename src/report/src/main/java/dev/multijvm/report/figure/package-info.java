/// The questions of a report: each a chart with the table of its numbers and the command that asks
/// it again.
@NullMarked
package dev.multijvm.report.figure;

import org.jspecify.annotations.NullMarked;
