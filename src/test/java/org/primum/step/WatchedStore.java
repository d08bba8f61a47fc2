package org.primum.step;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.primum.store.ObjectStore;

/// A store that lets a test see each request after it was answered, and change the answer or break
/// off.
public abstract class WatchedStore implements ObjectStore {

  private final ObjectStore inner;

  protected WatchedStore(ObjectStore inner) {
    this.inner = inner;
  }

  /// Called after the store has done what was asked.
  ///
  /// @param request the method's name
  protected void answered(String request, String key) throws IOException {}

  /// Called before the store does what is asked.
  protected void asked(String request, String key) throws IOException {}

  /// The answer of a conditional write.
  protected WriteResult answer(String request, String key, WriteResult result) throws IOException {
    return result;
  }

  @Override
  public Optional<Stat> stat(String key) throws IOException {
    asked("stat", key);
    Optional<Stat> stat = inner.stat(key);
    answered("stat", key);
    return stat;
  }

  @Override
  public Optional<Read> read(String key, int limit) throws IOException {
    asked("read", key);
    Optional<Read> read = inner.read(key, limit);
    answered("read", key);
    return read;
  }

  @Override
  public InputStream open(String key) throws IOException {
    asked("open", key);
    InputStream in = inner.open(key);
    answered("open", key);
    return in;
  }

  @Override
  public InputStream open(String key, String version, long offset, long length) throws IOException {
    return inner.open(key, version, offset, length);
  }

  @Override
  public WriteResult create(String key, Content content) throws IOException {
    asked("create", key);
    WriteResult result = answer("create", key, inner.create(key, content));
    answered("create", key);
    return result;
  }

  @Override
  public WriteResult replace(String key, Content content, String version) throws IOException {
    asked("replace", key);
    WriteResult result = answer("replace", key, inner.replace(key, content, version));
    answered("replace", key);
    return result;
  }

  @Override
  public void put(String key, Content content) throws IOException {
    asked("put", key);
    inner.put(key, content);
    answered("put", key);
  }

  @Override
  public List<Stat> list(String prefix) throws IOException {
    return inner.list(prefix);
  }

  @Override
  public void delete(String key) throws IOException {
    asked("delete", key);
    inner.delete(key);
    answered("delete", key);
  }

  @Override
  public void probeConditionalWrites() throws IOException {
    inner.probeConditionalWrites();
    answered("probe", "");
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
