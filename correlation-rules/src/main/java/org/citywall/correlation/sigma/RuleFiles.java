// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.SigmaRules.Remark;
import org.citywall.correlation.sigma.SigmaRules.Source;

/** Finds files of rules. */
final class RuleFiles {

  /** Tests of rules lie beside them. */
  static final String TEST_SUFFIX = ".test.yml";

  private static final long MAX_BYTES = 4L << 20;

  private RuleFiles() {}

  static List<Source> read(List<Path> paths, List<Remark> unreadable) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      try {
        files.addAll(below(path, RuleFiles::isRuleFile));
      } catch (IOException | UncheckedIOException e) {
        unreadable.add(unreadable(path, "there is no such file or folder"));
      }
    }
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        if (Files.size(file) > MAX_BYTES) {
          unreadable.add(unreadable(file, "larger than " + MAX_BYTES + " bytes"));
        } else {
          sources.add(new Source(file.toString(), Files.readString(file)));
        }
      } catch (IOException e) {
        unreadable.add(unreadable(file, "not readable, or not UTF-8"));
      }
    }
    return sources;
  }

  /** Such files below a folder, in the order of their names; the path itself where it is a file. */
  static List<Path> below(Path path, Predicate<Path> wanted) throws IOException {
    Path normal = path.normalize();
    if (Files.isRegularFile(normal)) {
      return List.of(normal);
    }
    try (Stream<Path> all = Files.walk(normal)) {
      return all.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    }
  }

  private static boolean isRuleFile(Path file) {
    String name = file.toString();
    return (name.endsWith(".yml") || name.endsWith(".yaml")) && !name.endsWith(TEST_SUFFIX);
  }

  private static Remark unreadable(Path path, String reason) {
    return new Remark(
        new Place(path.toString(), 1), "", CorrelationErrorCode.SIGMA_FILE_UNREADABLE, reason);
  }
}
