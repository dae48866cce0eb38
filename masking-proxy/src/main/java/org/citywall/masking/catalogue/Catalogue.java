// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.log.Hash;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.yaml.YamlFile;

/**
 * Which tables and columns there are, how sensitive each is, and what they see of it who may not
 * see it. Read from {@code catalogue.yaml}; see {@code docs/reference/proxy}.
 *
 * @param categories by name
 * @param tables by name, in the order of the file
 * @param version SHA-256 of the file in hexadecimal
 */
public record Catalogue(
    LevelScheme scheme,
    Map<String, Category> categories,
    Map<TableName, CataloguedTable> tables,
    String version) {

  public Catalogue {
    categories = Map.copyOf(categories);
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /**
   * Reads a file: {@code MSK-0080} where that fails, {@code MSK-0081} to {@code MSK-0089} where it
   * is wrong, with file and line.
   *
   * @param secrets of this file: the keys of hashes
   */
  public static Catalogue read(Path file, SecretReferences secrets) {
    return parse(file.toString(), YamlFile.text(file), secrets);
  }

  /** Reads the text of a file that messages call by this name. */
  public static Catalogue parse(String name, String text, SecretReferences secrets) {
    String version = Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    return new CatalogueReader(YamlFile.parse(name, text), new MaskReader(secrets)).read(version);
  }

  public Optional<CataloguedTable> table(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }
}
