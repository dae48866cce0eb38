// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Mapping.Joins;
import org.citywall.compliance.catalogue.Mapping.Link;

/**
 * The catalogues and mappings of some files; several versions of a catalogue may stand side by
 * side.
 */
public final class Catalogues {

  private static final List<String> BUILT_IN =
      List.of(
          "gbt22239-l1.yaml",
          "gbt22239-l2.yaml",
          "gbt22239-l3.yaml",
          "gbt22239-l3-cloud.yaml",
          "gbt22239-l4.yaml",
          "gbt39786-l1.yaml",
          "gbt39786-l2.yaml",
          "gbt39786-l3.yaml",
          "gbt39786-l4.yaml",
          "data-security-index.yaml",
          "gbt45577-risk.yaml",
          "extranet-template.yaml",
          "new-technology-template.yaml",
          "evidence-mapping.yaml",
          "level-mapping.yaml");

  private static final Comparator<Catalogue> ORDER =
      Comparator.comparing(Catalogue::id)
          .thenComparing(Comparator.comparing(Catalogue::version).reversed());

  private final List<Catalogue> catalogues = new ArrayList<>();
  private final List<Mapping> mappings = new ArrayList<>();

  private Catalogues(Catalogues files, List<Catalogue> more) {
    catalogues.addAll(files.catalogues);
    mappings.addAll(files.mappings);
    more.stream().filter(one -> find(one.reference()).isEmpty()).toList().forEach(catalogues::add);
    catalogues.sort(ORDER);
  }

  private Catalogues(Map<String, String> files) {
    Map<String, YamlPlace> maps = new LinkedHashMap<>();
    files.forEach(
        (name, yaml) -> {
          YamlPlace root = YamlPlace.parse(name, yaml);
          if (root.has("mapping")) {
            maps.put(name, root);
          } else {
            add(root, CatalogueReader.catalogue(root, yaml));
          }
        });
    maps.values().forEach(root -> mappings.add(MappingReader.mapping(root, this::exists)));
    catalogues.sort(ORDER);
  }

  /** Those that come with the platform. */
  public static Catalogues builtIn() {
    return new Catalogues(shipped());
  }

  /**
   * Those that come with the platform, and those of all {@code .yaml} files below folders; {@code
   * CMP-0040} or {@code CMP-0041} with file and line of a mistake, {@code CMP-0042} where a path
   * cannot be read.
   */
  public static Catalogues with(List<Path> paths) {
    Map<String, String> files = shipped();
    for (Path path : paths) {
      try (Stream<Path> below = Files.walk(path)) {
        for (Path file : below.filter(Catalogues::isYaml).sorted().toList()) {
          files.put(file.toString(), Files.readString(file));
        }
      } catch (IOException | UncheckedIOException e) {
        throw new PlatformException(ComplianceErrorCode.CATALOGUES_UNREADABLE, path.toString(), e);
      }
    }
    return new Catalogues(files);
  }

  /**
   * These and more that stand in no file; a file's version comes before another of its reference.
   */
  public Catalogues plus(List<Catalogue> more) {
    return new Catalogues(this, more);
  }

  /** By id, the newest version of each first. */
  public List<Catalogue> all() {
    return List.copyOf(catalogues);
  }

  public List<Mapping> mappings() {
    return List.copyOf(mappings);
  }

  /** The newest version of a catalogue, or the one of a reference such as {@code index/2}. */
  public Optional<Catalogue> find(String idOrReference) {
    return catalogues.stream()
        .filter(c -> c.id().equals(idOrReference) || c.reference().equals(idOrReference))
        .findFirst();
  }

  /** As {@link #find}; {@code CMP-0043} where there is none. */
  public Catalogue get(String idOrReference) {
    return find(idOrReference)
        .orElseThrow(
            () ->
                new PlatformException(
                    ComplianceErrorCode.CATALOGUE_UNKNOWN, "there is no " + idOrReference));
  }

  /** Links by which the same evidence speaks to this item and to others. */
  public List<Link> linksOf(ItemRef item) {
    return mappings.stream()
        .filter(mapping -> mapping.joins() == Joins.EVIDENCE)
        .flatMap(mapping -> mapping.links().stream())
        .filter(link -> link.items().contains(item))
        .toList();
  }

  /**
   * Items of any catalogue that a check serves which names this one: those of this id, and those
   * that a mapping joins with them because they require the same.
   */
  public Set<ItemRef> servedBy(String item) {
    Set<ItemRef> named = new LinkedHashSet<>();
    for (Catalogue catalogue : catalogues) {
      if (catalogue.item(item).isPresent()) {
        named.add(new ItemRef(catalogue.id(), item));
      }
    }
    Set<ItemRef> served = new LinkedHashSet<>(named);
    mappings.stream()
        .filter(mapping -> mapping.joins() == Joins.REQUIREMENT)
        .flatMap(mapping -> mapping.links().stream())
        .filter(link -> !Collections.disjoint(link.items(), named))
        .forEach(link -> served.addAll(link.items()));
    return served;
  }

  private void add(YamlPlace root, Catalogue catalogue) {
    if (find(catalogue.reference()).isPresent()) {
      throw root.mistake(catalogue.reference() + " is there already");
    }
    catalogues.add(catalogue);
  }

  private boolean exists(ItemRef ref) {
    return catalogues.stream()
        .anyMatch(c -> c.id().equals(ref.catalogue()) && c.item(ref.item()).isPresent());
  }

  private static Map<String, String> shipped() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String file : BUILT_IN) {
      try (InputStream in = Catalogues.class.getResourceAsStream(file)) {
        files.put(
            file,
            new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static boolean isYaml(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }
}
