// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Checks that every Java source below a folder is formatted and carries the licence header; with
 * {@code apply} rewrites them. Run by the build in a process of its own on JDK 25, because the
 * formatter needs a newer JDK than the one that may run Maven.
 *
 * <p>{@code java -cp google-java-format-all-deps.jar Sources.java FOLDER check|apply}
 */
final class Sources {

  private static final String HEADER =
      """
      // SPDX-FileCopyrightText: The Citywall authors
      // SPDX-License-Identifier: Apache-2.0

      """;

  private static final Set<String> NOT_SOURCES = Set.of("target", ".git");

  private static final Formatter FORMATTER = new Formatter(JavaFormatterOptions.defaultOptions());

  private Sources() {}

  public static void main(String... arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    boolean apply = arguments[1].equals("apply");
    List<Path> files = javaFilesBelow(root);
    if (files.isEmpty()) {
      throw new IllegalStateException("no Java source below " + root.toAbsolutePath());
    }
    List<String> faults =
        files.parallelStream().map(file -> fault(file, apply)).filter(Objects::nonNull).toList();
    faults.forEach(System.err::println);
    if (!faults.isEmpty()) {
      System.err.println(
          faults.size() + " of " + files.size() + " sources; -Dformat.apply formats them");
      System.exit(1);
    }
  }

  private static List<Path> javaFilesBelow(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = NOT_SOURCES.contains(String.valueOf(folder.getFileName()));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String fault(Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String after = format(before);
      if (!after.startsWith(HEADER)) {
        return file + ": lacks the two SPDX lines at the top";
      }
      if (after.equals(before)) {
        return null;
      }
      if (apply) {
        Files.writeString(file, after);
        return null;
      }
      return file + ": is not formatted";
    } catch (FormatterException e) {
      return file + ": cannot be read as Java: " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the formatter's own command line does, in the same order. */
  private static String format(String source) throws FormatterException {
    String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }
}
