// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A crypto machine in software (Debian package {@code softhsm2}) with one token. The library reads
 * its configuration once per process, so there is one for all tests.
 */
final class SoftHsm {

  static final String TOKEN = "citywall-test";
  static final String PIN = "1234";

  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));

  private static boolean started;

  private SoftHsm() {}

  static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  /** Makes the token, once per process. */
  static synchronized void start() {
    if (started) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("softhsm");
      Path tokens = Files.createDirectory(folder.resolve("tokens"));
      Path configuration =
          Files.writeString(
              folder.resolve("softhsm2.conf"),
              "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
      ProcessBuilder initialize =
          new ProcessBuilder("softhsm2-util", "--init-token", "--free", "--label", TOKEN)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile());
      initialize.command().addAll(List.of("--so-pin", "12345678", "--pin", PIN));
      initialize.environment().put("SOFTHSM2_CONF", configuration.toString());
      if (initialize.start().waitFor() != 0) {
        throw new AssertionError(Files.readString(folder.resolve("output")));
      }
      setEnvironment("SOFTHSM2_CONF", configuration.toString());
      started = true;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The library asks the C environment, which Java cannot change otherwise. */
  @SuppressWarnings("restricted")
  private static void setEnvironment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int returned =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("setenv"),
                      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (returned != 0) {
        throw new AssertionError("setenv returned " + returned);
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
