// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.citywall.audit.log.Hash;
import org.drools.compiler.kie.builder.impl.InternalKieModule;

/**
 * A step of the build: compiles the built-in rules and puts the classes where {@link CompiledRules}
 * finds them. Its argument is the folder of this module's classes. Does nothing where neither the
 * rules nor the classes that they use have changed.
 */
final class BuiltInRulesBuild {

  private static final String PACKAGE = "org/citywall/correlation/";
  private static final String COMPILED = PACKAGE + "rules/";
  private static final String CLASS = ".class";

  private final Path classes;

  private BuiltInRulesBuild(Path classes) {
    this.classes = classes;
  }

  public static void main(String[] arguments) throws IOException {
    new BuiltInRulesBuild(Path.of(arguments[0])).run();
  }

  private void run() throws IOException {
    List<RulePack.Source> sources = RulePack.builtInSources();
    Properties index = new Properties();
    index.setProperty(CompiledRules.SOURCES, RulePack.digest(sources));
    index.setProperty(CompiledRules.API, digestOfApi());
    Path file = classes.resolve(PACKAGE + CompiledRules.INDEX);
    if (isUpToDate(file, index)) {
      return;
    }
    removeOld(file);
    InternalKieModule module = (InternalKieModule) RuleCompiler.build(sources);
    List<String> models = new ArrayList<>();
    for (String name : module.getFileNames().stream().sorted().toList()) {
      if (name.startsWith(COMPILED) && name.endsWith(CLASS)) {
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        Files.write(target, module.getBytes(name));
      } else if (name.endsWith("/drools-model")) {
        new String(module.getBytes(name), UTF_8).lines().skip(1).forEach(models::add);
      }
    }
    index.setProperty(CompiledRules.MODELS, String.join(",", models));
    write(file, index);
  }

  private static boolean isUpToDate(Path file, Properties wanted) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    Properties found = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      found.load(in);
    }
    return wanted.stringPropertyNames().stream()
        .allMatch(name -> wanted.getProperty(name).equals(found.getProperty(name)));
  }

  private void removeOld(Path file) throws IOException {
    Files.deleteIfExists(file);
    try (Stream<Path> old = Files.walk(classes.resolve(COMPILED))) {
      for (Path path : old.filter(each -> each.toString().endsWith(CLASS)).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Rules are compiled against this module's classes, and would fail to link with others. */
  private String digestOfApi() throws IOException {
    List<String> hashes = new ArrayList<>();
    try (Stream<Path> own = Files.list(classes.resolve(PACKAGE))) {
      for (Path path : own.filter(each -> each.toString().endsWith(CLASS)).sorted().toList()) {
        hashes.add(Hash.sha256(Files.readAllBytes(path)).hex());
      }
    }
    return Digest.ofJson(hashes);
  }

  // Properties.store would write the time: two builds of the same sources must not differ.
  private static void write(Path file, Properties index) throws IOException {
    List<String> lines =
        index.stringPropertyNames().stream()
            .sorted()
            .map(name -> name + "=" + index.getProperty(name))
            .toList();
    Files.write(file, lines, UTF_8);
  }
}
