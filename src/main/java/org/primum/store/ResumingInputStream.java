package org.primum.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The bytes of an object from one place to another, over as many connections as it takes: a
/// connection that breaks or ends early is opened anew where it stopped, at the same version. The
/// time spent waiting for the next megabyte is bounded; the reader's own time is not counted.
final class ResumingInputStream extends InputStream {

  /// Less than this in the whole time allowed is no progress.
  private static final long PROGRESS = 1 << 20;

  /// Opens the object where the stream goes on.
  @FunctionalInterface
  interface Opening {
    InputStream from(long position, Duration left) throws IOException;
  }

  private final String what;
  private final Retries retries;
  private final Opening opening;
  private final String version;
  private final long end;
  private InputStream body;
  private long position;
  private long sinceProgress;
  private Patience patience;

  /// @param body already open at the position
  ResumingInputStream(
      String what, Retries retries, Opening opening, S3Requests.Body body, long position) {
    this.what = what;
    this.retries = retries;
    this.opening = opening;
    this.body = body.stream();
    this.version = body.version();
    this.position = position;
    this.end = position + body.length();
    this.patience = new Patience(retries, what);
  }

  String version() {
    return version;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || position == end) {
      return length == 0 ? 0 : -1;
    }
    while (true) {
      long start = System.nanoTime();
      try {
        int read = body.read(bytes, offset, (int) Math.min(length, end - position));
        if (read < 0) {
          throw new EOFException("the answer ended " + (end - position) + " bytes early");
        }
        patience.spend(System.nanoTime() - start);
        advance(read);
        return read;
      } catch (TransientStoreException e) {
        throw e;
      } catch (IOException e) {
        patience.spend(System.nanoTime() - start);
        reopen(e);
      }
    }
  }

  private void advance(int read) throws IOException {
    position += read;
    sinceProgress += read;
    if (sinceProgress >= PROGRESS) {
      sinceProgress = 0;
      patience = new Patience(retries, what);
    } else if (patience.left().isNegative()) {
      throw patience.exhausted(new IOException("the bytes come too slowly"));
    }
  }

  private void reopen(IOException fault) throws IOException {
    closeQuietly();
    IOException last = fault;
    while (true) {
      patience.pauseAfter(last);
      long start = System.nanoTime();
      try {
        body = opening.from(position, patience.left());
        return;
      } catch (IOException e) {
        last = e;
      } finally {
        patience.spend(System.nanoTime() - start);
      }
    }
  }

  private void closeQuietly() {
    try {
      body.close();
    } catch (IOException e) {
      // the connection is given up anyway
    }
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(body.available(), end - position);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
