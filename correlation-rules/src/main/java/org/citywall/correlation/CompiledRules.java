// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/**
 * The built-in rules as the build compiled them: classes beside the rule files, and {@value #INDEX}
 * that tells which. Loading them takes a fraction of the time of compiling. They are used only for
 * the very sources that they were compiled from.
 */
final class CompiledRules {

  /** Properties {@link #SOURCES}, {@link #API} and {@link #MODELS}. */
  static final String INDEX = "rules/compiled.properties";

  /** Digest of the rule files and descriptions, as {@link RulePack#digest()}. */
  static final String SOURCES = "sources";

  /** Digest of the classes that rules were compiled against. */
  static final String API = "api";

  /** Names of the classes to load, separated by commas. */
  static final String MODELS = "models";

  private CompiledRules() {}

  /** The rule base of these sources, or empty where the build compiled others or none. */
  static Optional<KieBase> load(String digest) {
    Properties index = index();
    if (!digest.equals(index.getProperty(SOURCES))) {
      return Optional.empty();
    }
    List<Model> models = new ArrayList<>();
    try {
      for (String name : index.getProperty(MODELS).split(",")) {
        models.add((Model) Class.forName(name).getDeclaredConstructor().newInstance());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the build left compiled rules incomplete", e);
    }
    return Optional.of(KieBaseBuilder.createKieBaseFromModel(models));
  }

  private static Properties index() {
    Properties index = new Properties();
    try (InputStream in = CompiledRules.class.getResourceAsStream(INDEX)) {
      if (in != null) {
        index.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return index;
  }
}
