@NullMarked
package dev.multijvm.examples;

import org.jspecify.annotations.NullMarked;
