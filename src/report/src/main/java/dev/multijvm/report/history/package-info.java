/// Runs over months: a small file for each, and one page that draws what became of every variant.
@NullMarked
package dev.multijvm.report.history;

import org.jspecify.annotations.NullMarked;
