// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.collect.FileState;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.Uncollectable;
import org.jspecify.annotations.Nullable;

/**
 * A host as its bundle tells it. The file is read at the first question, so that a bad one is an
 * error of this host alone. Safe for use by several threads.
 */
public final class BundleHost implements Host {

  private final Path file;
  private final @Nullable String sha256;
  private @Nullable BundleManifest manifest;

  /**
   * A host.
   *
   * @param sha256 of the file as it was noted where it was made, in hexadecimal; null where nobody
   *     did
   */
  public BundleHost(Path file, @Nullable String sha256) {
    this.file = file;
    this.sha256 = sha256;
  }

  private synchronized BundleManifest manifest() throws Uncollectable {
    BundleManifest known = manifest;
    if (known == null) {
      try {
        Map<String, byte[]> members = BundleTar.read(file);
        if (sha256 != null && !Hash.sha256(Files.readAllBytes(file)).hex().equals(sha256)) {
          throw new IOException("its digest is not the one that was noted");
        }
        known = BundleManifest.read(members);
      } catch (IOException e) {
        throw new Uncollectable("the bundle cannot be taken: " + e.getMessage(), e);
      }
      manifest = known;
    }
    return known;
  }

  @Override
  public Optional<FileState> stat(String path) throws Uncollectable {
    BundleManifest all = manifest();
    FileState state = all.states().get(path);
    if (state == null) {
      requireAbsent(all, path);
    }
    return Optional.ofNullable(state);
  }

  @Override
  public Optional<String> read(String path) throws Uncollectable {
    BundleManifest all = manifest();
    String text = all.texts().get(path);
    if (text == null) {
      FileState state = all.states().get(path);
      if (state != null && state.type() != FileState.Type.FILE) {
        throw new Uncollectable(path + " is no regular file");
      }
      requireAbsent(all, path);
    }
    return Optional.ofNullable(text);
  }

  @Override
  public List<String> list(String path) throws Uncollectable {
    BundleManifest all = manifest();
    List<String> names = all.folders().get(path);
    if (names == null || all.shut().contains(path)) {
      FileState state = all.states().get(path);
      if (state == null || state.type() == FileState.Type.FOLDER) {
        requireAbsent(all, path);
      }
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  /** What was not looked at may be there. */
  private static void requireAbsent(BundleManifest all, String path) throws Uncollectable {
    if (all.shut().contains(path)) {
      throw new Uncollectable(path + " could not be read where the bundle was made");
    }
    for (String at = path; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      if (all.absent().contains(at)) {
        return;
      }
      int slash = at.lastIndexOf('/');
      String folder = at.substring(0, slash);
      List<String> names = all.shut().contains(folder) ? null : all.folders().get(folder);
      if (names != null && !names.contains(at.substring(slash + 1))) {
        return;
      }
    }
    throw new Uncollectable("the bundle does not say anything of " + path);
  }

  @Override
  public LocalDate today() {
    return LocalDate.ofInstant(asOf().orElse(Instant.EPOCH), ZoneOffset.UTC);
  }

  @Override
  public Optional<Instant> asOf() {
    try {
      return Optional.of(manifest().taken());
    } catch (Uncollectable e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean live() {
    try {
      return manifest().live();
    } catch (Uncollectable e) {
      return false;
    }
  }
}
