/// Draws charts that need no legend, the same way on every machine: as SVG and as PNG, light and
/// dark.
///
/// A [Chart][dev.multijvm.report.chart.Chart] frames a body (rows, lines, the order of a run) with
/// its title and its footer. Axes, grids and points are JFreeChart's; labels are placed here,
/// beside what they name.
@NullMarked
package dev.multijvm.report.chart;

import org.jspecify.annotations.NullMarked;
