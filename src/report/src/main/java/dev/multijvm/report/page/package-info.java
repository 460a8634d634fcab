/// A run in words: for the terminal, for Markdown and as one HTML page.
@NullMarked
package dev.multijvm.report.page;

import org.jspecify.annotations.NullMarked;
