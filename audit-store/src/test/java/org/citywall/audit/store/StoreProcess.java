// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A store in a process of its own, which prints its port and serves until it is killed. */
final class StoreProcess {

  private StoreProcess() {}

  /**
   * @param arguments data folder, port or 0
   */
  public static void main(String[] arguments) throws InterruptedException {
    TestStore store =
        TestStore.start(Path.of(arguments[0]), StoreLimits.DEFAULT, Integer.parseInt(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    out.println(store.port());
    new CountDownLatch(1).await();
  }
}
