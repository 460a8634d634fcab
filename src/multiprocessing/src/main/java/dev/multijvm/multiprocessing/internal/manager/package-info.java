/// Objects that live in a process of their own, and the proxies by which others use them.
@NullMarked
package dev.multijvm.multiprocessing.internal.manager;

import org.jspecify.annotations.NullMarked;
