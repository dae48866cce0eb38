// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citywall.compliance.catalogue.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * A framework that officers write.
 *
 * @param version counts changes of the draft; a change names the one it saw
 * @param draft what is being written, or null
 * @param editors who changed the draft since it was begun
 * @param versions what is published, the newest first
 */
public record OwnFramework(
    String id,
    long version,
    @Nullable Catalogue draft,
    Set<String> editors,
    List<Published> versions) {

  public OwnFramework {
    editors = Set.copyOf(editors);
    versions = List.copyOf(versions);
  }

  /** A version that stays as it is. */
  public record Published(int number, String digest, Instant at, String by) {}

  /** The newest version, 0 where none is published. */
  public int published() {
    return versions.isEmpty() ? 0 : versions.getFirst().number();
  }

  /** Whether this account may publish the draft: it did not edit it. */
  public boolean publishableBy(String user) {
    return draft != null && !editors.contains(user);
  }
}
