// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named key of a kind, and what its versions are called where keys are stored: {@code
 * sign-checkpoint} is version 1 and {@code sign-checkpoint.v2} the next.
 */
record KeySlot(KeyKind kind, String name) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern LATER = Pattern.compile("\\.v([1-9][0-9]{0,8})");

  KeySlot {
    requireName(name);
  }

  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a key: " + name);
    }
    return name;
  }

  /** A kind that signs; the caller's mistake otherwise. */
  static KeySlot signing(KeyKind kind, String name) {
    if (kind == KeyKind.WRAPPING) {
      throw new IllegalArgumentException("a wrapping key does not sign");
    }
    return new KeySlot(kind, name);
  }

  String alias(int version) {
    return version == 1 ? base() : base() + ".v" + version;
  }

  /** The versions of this key among the aliases, in order. */
  List<Integer> versions(List<String> aliases) {
    return aliases.stream().map(this::version).flatMap(Optional::stream).sorted().toList();
  }

  private Optional<Integer> version(String alias) {
    if (!alias.startsWith(base())) {
      return Optional.empty();
    }
    String rest = alias.substring(base().length());
    var later = LATER.matcher(rest);
    if (later.matches()) {
      return Optional.of(Integer.valueOf(later.group(1)));
    }
    return rest.isEmpty() ? Optional.of(1) : Optional.empty();
  }

  private String base() {
    String prefix =
        switch (kind) {
          case ED25519 -> "sign-";
          case SM2 -> "sm2-";
          case WRAPPING -> "wrap-";
        };
    return prefix + name;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " key " + name;
  }
}
