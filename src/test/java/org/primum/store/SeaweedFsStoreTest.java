package org.primum.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// The contract over S3, with a real SeaweedFS.
@Tag("server")
final class SeaweedFsStoreTest implements CompareAndSetContract {

  private ObjectStore store;

  @BeforeEach
  void open() {
    store = TestServer.SEAWEEDFS.open();
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }
}
