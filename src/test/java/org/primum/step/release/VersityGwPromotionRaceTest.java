package org.primum.step.release;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.primum.store.Stores;
import org.primum.store.TestServer;

/// The race for a registry in a bucket of a real versitygw.
@Tag("server")
@Tag("versitygw")
@Tag("slow")
final class VersityGwPromotionRaceTest implements PromotionRaceContract {

  @TempDir Path root;

  @Override
  public RegistryWorld world() {
    TestServer server = TestServer.VERSITYGW;
    return RegistryWorld.in(root, server.location(), new Stores(server.environment()));
  }
}
