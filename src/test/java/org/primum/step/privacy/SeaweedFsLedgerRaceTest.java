package org.primum.step.privacy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.primum.store.ObjectStore;
import org.primum.store.TestServer;

/// The race for a budget in a bucket of a real SeaweedFS.
@Tag("server")
final class SeaweedFsLedgerRaceTest implements LedgerRaceContract {

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
