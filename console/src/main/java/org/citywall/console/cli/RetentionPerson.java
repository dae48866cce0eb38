// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who gives an order. The password never comes from the arguments, which others can see. */
final class RetentionPerson {

  private static final int MAX_PASSWORD = 4096;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description =
          "account of the console that gives the order; its password is asked on the terminal, or"
              + " read as one line from standard input")
  private String user;

  Path data() {
    return data;
  }

  String user() {
    return user;
  }

  /** The password as it was typed; {@code CLI-0036} where none was given. */
  Sensitive<String> password() {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("password of %s: ", user);
      return given(typed == null ? null : new String(typed));
    }
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return given(in.readLine());
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.PASSWORD_MISSING, "standard input", e);
    }
  }

  private static Sensitive<String> given(@Nullable String password) {
    if (password == null || password.isEmpty() || password.length() > MAX_PASSWORD) {
      throw new PlatformException(CliErrorCode.PASSWORD_MISSING, "nothing usable was typed");
    }
    return Sensitive.of(password);
  }
}
