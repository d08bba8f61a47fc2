package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// What a store does that pointers and ledgers may live in: writers that meet lose nothing.
interface CompareAndSetContract extends ObjectStoreContract {

  @Test
  default void noUpdateOfManyIsLost() throws Exception {
    store().create("counter", Content.of("0"));
    ObjectStoreContract.race(i -> increment(store()));
    assertThat(ObjectStoreContract.text(store(), "counter")).isEqualTo(Integer.toString(RACERS));
  }

  static WriteResult increment(ObjectStore store) throws IOException {
    while (true) {
      var read = store.read("counter", 100).orElseThrow();
      int next = Integer.parseInt(new String(read.bytes(), StandardCharsets.UTF_8)) + 1;
      var result = store.replace("counter", Content.of(Integer.toString(next)), read.version());
      if (result instanceof WriteResult.Written) {
        return result;
      }
    }
  }
}
