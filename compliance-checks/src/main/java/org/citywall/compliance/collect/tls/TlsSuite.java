// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A cipher suite.
 *
 * @param weak it does not encrypt, does not say who the peer is, or its cipher is broken
 * @param forwardSecret what is recorded stays secret when the key is stolen later
 */
public record TlsSuite(
    int code, String name, boolean weak, boolean forwardSecret, TlsVersion.Family family) {

  private static final String FILE = "suites.txt";
  private static final int HEX = 16;
  private static final List<TlsSuite> ALL = read();

  /** Whether its cipher is SM4. */
  public boolean sm() {
    return name.contains("SM4");
  }

  static List<TlsSuite> of(TlsVersion version) {
    return ALL.stream().filter(suite -> suite.family == version.family()).toList();
  }

  private static List<TlsSuite> read() {
    List<TlsSuite> suites = new ArrayList<>();
    try (InputStream in = TlsSuite.class.getResourceAsStream(FILE)) {
      String text =
          new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] parts = line.split(" ");
        Set<String> words = Set.of(parts);
        suites.add(
            new TlsSuite(
                Integer.parseInt(parts[0], HEX),
                parts[1],
                words.contains("weak"),
                words.contains("secret"),
                TlsVersion.Family.of(parts[2])));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(suites);
  }
}
