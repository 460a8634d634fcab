/// What a run's directory holds, as values; a file that cannot be read becomes a trouble with its
/// place.
@NullMarked
package dev.multijvm.report.run;

import org.jspecify.annotations.NullMarked;
