package org.primum.step.release;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.primum.store.Stores;
import org.primum.store.TestServer;

/// The race for a registry in a bucket of a real SeaweedFS.
@Tag("server")
@Tag("slow")
final class SeaweedFsPromotionRaceTest implements PromotionRaceContract {

  @TempDir Path root;

  @Override
  public RegistryWorld world() {
    TestServer server = TestServer.SEAWEEDFS;
    return RegistryWorld.in(root, server.location(), new Stores(server.environment()));
  }
}
