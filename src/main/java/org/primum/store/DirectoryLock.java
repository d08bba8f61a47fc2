package org.primum.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// One writer at a time in a directory, among the threads of this process and among processes. The
/// lock's file lies in the directory itself, so that stores opened at different parents agree, and
/// stays there: removing it would let two processes hold two locks. The lock ends with its process.
final class DirectoryLock implements Closeable {

  static final String FILE = ObjectKey.RESERVED + "lock";

  /// A file lock belongs to the whole process and threads cannot share it out by themselves.
  private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock of(Path directory) throws IOException {
    OF_THIS_PROCESS.lock();
    boolean held = false;
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        channel.lock();
        held = true;
        return new DirectoryLock(channel);
      } finally {
        if (!held) {
          channel.close();
        }
      }
    } finally {
      if (!held) {
        OF_THIS_PROCESS.unlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }
}
