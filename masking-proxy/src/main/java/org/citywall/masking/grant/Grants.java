// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.yaml.YamlFile;

/**
 * The grants of a file.
 *
 * @param byPerson in the order of the file
 * @param version SHA-256 of the file in hexadecimal; empty where there is none
 */
public record Grants(Map<String, List<Grant>> byPerson, String version) {

  /** Nobody was granted anything. */
  public static final Grants NONE = new Grants(Map.of(), "");

  public Grants {
    byPerson = Map.copyOf(byPerson);
  }

  /**
   * Reads a file: {@code MSK-0080} where that fails, {@code MSK-0036} or {@code MSK-0081} to {@code
   * MSK-0088} where it is wrong, with file and line.
   *
   * @param catalogue that has to know what is granted
   */
  public static Grants read(Path file, Catalogue catalogue) {
    return parse(file.toString(), YamlFile.text(file), catalogue);
  }

  /** Reads the text of a file that messages call by this name. */
  public static Grants parse(String name, String text, Catalogue catalogue) {
    Map<String, List<Grant>> byPerson = new HashMap<>();
    for (Grant grant : new GrantsReader(catalogue).read(YamlFile.parse(name, text))) {
      byPerson.computeIfAbsent(grant.person(), person -> new ArrayList<>()).add(grant);
    }
    return new Grants(byPerson, Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex());
  }

  /** What holds for a person, purpose and moment, whatever the statement. */
  public List<Grant> holding(StatementContext context, Instant now) {
    List<Grant> all = byPerson.get(context.person().name());
    return all == null
        ? List.of()
        : all.stream().filter(grant -> grant.holds(context, now)).toList();
  }
}
