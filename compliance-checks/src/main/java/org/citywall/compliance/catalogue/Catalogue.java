// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * One version of a framework.
 *
 * @param id for example {@code gbt22239-l3}
 * @param version from 1; rises with every change
 * @param family which scoring rules read it
 * @param level 1..4, or null where the framework knows none
 * @param source which text it is of
 * @param inheritsFrom whose conclusions items take that are not the tenant's, or null
 * @param unconfirmed what nobody compared with the official text, of every item
 * @param yaml the file, so that an assessment can keep the version that it was made with
 */
public record Catalogue(
    String id,
    int version,
    Wording title,
    Family family,
    @Nullable Integer level,
    String source,
    @Nullable String inheritsFrom,
    Set<Uncertainty> unconfirmed,
    List<Group> groups,
    String yaml) {

  public Catalogue {
    unconfirmed = Set.copyOf(unconfirmed);
    groups = List.copyOf(groups);
  }

  /** Which scoring rules read a catalogue. */
  public enum Family {
    /** Level protection: importance of items, technical and management side. */
    DJBH,
    /** Cryptography assessment: weights of units and layers. */
    MIPING,
    /** The city's index: values of 0..100 with weights. */
    INDEX,
    /** No rule: outcomes are counted. */
    PLAIN
  }

  /** The side on which level protection scores a group. */
  public enum Side {
    TECHNICAL,
    MANAGEMENT
  }

  /** Importance of an item of level protection: 关键, 重要, 一般. */
  public enum Importance {
    KEY,
    IMPORTANT,
    ORDINARY
  }

  /** Whether a machine, a machine and a person, or a person settles an item. */
  public enum Method {
    AUTO,
    SEMI,
    MANUAL
  }

  /** Who answers for an item where a platform carries the system. */
  public enum Responsibility {
    /** The tenant takes the platform's conclusion. */
    PLATFORM,
    /** Both answer for their part; the tenant's is assessed here. */
    SHARED,
    TENANT
  }

  /** What of an item nobody compared with the official text. */
  public enum Uncertainty {
    ID,
    WORDING,
    IMPORTANCE,
    WEIGHT,
    RESPONSIBILITY
  }

  /**
   * A class, layer or dimension.
   *
   * @param side null where the family knows none
   * @param weight above 0; null where the family knows none
   * @param unconfirmed beyond what is unconfirmed of the catalogue
   */
  public record Group(
      String id,
      Wording title,
      @Nullable Side side,
      @Nullable BigDecimal weight,
      Set<Uncertainty> unconfirmed,
      List<Control> controls) {

    public Group {
      unconfirmed = Set.copyOf(unconfirmed);
      controls = List.copyOf(controls);
    }

    public Stream<Item> items() {
      return controls.stream().flatMap(control -> control.items().stream());
    }
  }

  /** A control point with its items. */
  public record Control(String id, Wording title, List<Item> items) {

    public Control {
      items = List.copyOf(items);
    }
  }

  /**
   * What is assessed and gets one outcome per object.
   *
   * @param importance null where the family knows none
   * @param weight above 0; null where the family knows none
   * @param responsibility null where nobody else carries the system
   * @param how what a machine or an assessor looks at; empty where it is not said
   */
  public record Item(
      String id,
      Wording text,
      @Nullable Importance importance,
      @Nullable BigDecimal weight,
      Method method,
      @Nullable Responsibility responsibility,
      String how) {

    /** Whether the conclusion is the platform's. */
    public boolean inherited() {
      return responsibility == Responsibility.PLATFORM;
    }
  }

  /** Id and version, for example {@code gbt22239-l3/1}. */
  public String reference() {
    return id + "/" + version;
  }

  /** SHA-256 over the file, in hexadecimal. */
  public String digest() {
    return Hash.sha256(yaml.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** All items in the order of the file. */
  public List<Item> items() {
    return groups.stream().flatMap(Group::items).toList();
  }

  public Optional<Item> item(String itemId) {
    return groups.stream()
        .flatMap(Group::items)
        .filter(item -> item.id().equals(itemId))
        .findFirst();
  }

  /** The same catalogue with its text written anew, in the one way in which this program writes. */
  public Catalogue written() {
    return new Catalogue(
        id,
        version,
        title,
        family,
        level,
        source,
        inheritsFrom,
        unconfirmed,
        groups,
        CatalogueWriter.yaml(this));
  }

  /** A catalogue that was kept; {@code CMP-0040} where the text is none. */
  public static Catalogue parse(String name, String yaml) {
    return CatalogueReader.catalogue(YamlPlace.parse(name, yaml), yaml);
  }
}
