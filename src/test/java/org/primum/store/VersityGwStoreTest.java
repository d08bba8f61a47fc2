package org.primum.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// The contract over S3, with a real versitygw.
@Tag("server")
@Tag("versitygw")
final class VersityGwStoreTest implements CompareAndSetContract {

  private ObjectStore store;

  @BeforeEach
  void open() {
    store = TestServer.VERSITYGW.open();
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
