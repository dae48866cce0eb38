// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by name as they are when everything sent has succeeded, and as they were before where it
 * has not. Confined to the session's event loop.
 */
final class Assumed<T> {

  private final Map<String, Version<T>> newest = new HashMap<>();

  /** A value, null for none, and what it took the place of until it is known to last. */
  private static final class Version<T> {
    private final @Nullable T value;
    private @Nullable Version<T> before;
    private boolean undone;

    Version(@Nullable T value, @Nullable Version<T> before) {
      this.value = value;
      this.before = before;
    }
  }

  @Nullable T get(String name) {
    Version<T> version = newest.get(name);
    return version == null ? null : version.value;
  }

  /** Gives a name another value, or none. */
  Change set(String name, @Nullable T value) {
    Version<T> version = new Version<>(value, newest.get(name));
    newest.put(name, version);
    return new Change(() -> keep(name, version), () -> undo(name, version));
  }

  private void keep(String name, Version<T> version) {
    version.before = null;
    if (version.value == null) {
      newest.remove(name, version);
    }
  }

  /** Also where later versions were undone before, or will be. */
  private void undo(String name, Version<T> version) {
    version.undone = true;
    Version<T> lasting = newest.get(name);
    while (lasting != null && lasting.undone) {
      lasting = lasting.before;
    }
    if (lasting == null) {
      newest.remove(name);
    } else {
      newest.put(name, lasting);
    }
  }

  List<T> values() {
    List<T> values = new ArrayList<>();
    for (Version<T> version : newest.values()) {
      if (version.value != null) {
        values.add(version.value);
      }
    }
    return values;
  }

  void clear() {
    newest.clear();
  }
}
