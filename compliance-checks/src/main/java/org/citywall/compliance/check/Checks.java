// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;

/** Checks of some files, each id once. */
public final class Checks {

  private static final List<String> BUILT_IN =
      List.of(
          "linux-accounts.yaml",
          "linux-accounts-more.yaml",
          "linux-audit.yaml",
          "linux-audit-more.yaml",
          "linux-files.yaml",
          "linux-files-more.yaml",
          "linux-kernel.yaml",
          "linux-kernel-more.yaml",
          "linux-services.yaml",
          "linux-services-more.yaml",
          "linux-sshd.yaml",
          "linux-sshd-more.yaml",
          "mariadb.yaml",
          "platform.yaml",
          "postgresql.yaml",
          "tls.yaml");

  private final List<Check> each;

  private Checks(List<Check> checks) {
    Set<String> ids = new HashSet<>();
    for (Check check : checks) {
      if (!ids.add(check.id())) {
        throw new PlatformException(
            ComplianceErrorCode.CHECK_INVALID, check.id() + " is there twice");
      }
    }
    each = checks.stream().sorted(Comparator.comparing(Check::id)).toList();
  }

  /** Those that come with the platform. */
  public static Checks builtIn() {
    List<Check> checks = new ArrayList<>();
    for (String file : BUILT_IN) {
      checks.addAll(CheckReader.read(file, text(file)));
    }
    return new Checks(checks);
  }

  private static String text(String file) {
    try (InputStream in = Checks.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Those of files, and of all {@code .yaml} files below folders; {@code CMP-0003} with the place
   * of a mistake, {@code CMP-0004} where a path cannot be read.
   */
  public static Checks read(List<Path> paths) {
    List<Check> checks = new ArrayList<>();
    for (Path path : paths) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file :
            files.filter(Files::isRegularFile).filter(Checks::isYaml).sorted().toList()) {
          checks.addAll(CheckReader.read(file.toString(), Files.readString(file)));
        }
      } catch (IOException | UncheckedIOException e) {
        throw new PlatformException(ComplianceErrorCode.CHECKS_UNREADABLE, path.toString(), e);
      }
    }
    return new Checks(checks);
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  /** In the order of their ids. */
  public List<Check> toList() {
    return each;
  }

  public Optional<Check> find(String id) {
    return each.stream().filter(check -> check.id().equals(id)).findFirst();
  }
}
