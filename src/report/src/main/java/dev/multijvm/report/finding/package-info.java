/// What a run's numbers say: times, ratios and answers, without a word on how they are shown.
@NullMarked
package dev.multijvm.report.finding;

import org.jspecify.annotations.NullMarked;
