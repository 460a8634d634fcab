package dev.multijvm.multiprocessing.internal.launch;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;

/// The pipe by which a parent tells its child what to do and wakes it.
///
/// It begins as the child's standard input, which every program that the child starts may inherit
/// and read from. So the shell that starts the child puts it aside, as a descriptor that the JDK
/// closes in such programs, and leaves standard input empty.
public final class ParentsPipe {
  static final File SHELL = new File("/bin/sh");

  /// For the shell, after the command that becomes the child.
  static final String ASIDE = "3<&0 </dev/null";

  private static final String PATH = "/dev/fd/3";

  private ParentsPipe() {}

  /// In a child: its end.
  public static FileInputStream open() throws IOException {
    return SHELL.canExecute() ? new FileInputStream(PATH) : new FileInputStream(FileDescriptor.in);
  }
}
