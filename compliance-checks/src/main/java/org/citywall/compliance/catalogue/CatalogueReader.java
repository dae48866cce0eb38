// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Method;
import org.citywall.compliance.catalogue.Catalogue.Responsibility;
import org.citywall.compliance.catalogue.Catalogue.Side;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.jspecify.annotations.Nullable;

/** Reads one catalogue; {@code CMP-0040} with file and line of the first mistake. */
final class CatalogueReader {

  static final Pattern CATALOGUE_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");
  static final int MAX_VERSION = 1_000_000;
  private static final Set<String> KEYS =
      Set.of(
          "catalogue",
          "version",
          "title",
          "family",
          "level",
          "source",
          "inherits-from",
          "to-be-confirmed",
          "groups");
  private static final Set<String> ITEM_KEYS =
      Set.of("id", "text", "importance", "weight", "method", "responsibility", "how");

  private final Family family;
  private final boolean inherits;
  private final Set<String> ids = new HashSet<>();

  private CatalogueReader(Family family, boolean inherits) {
    this.family = family;
    this.inherits = inherits;
  }

  static Catalogue catalogue(YamlPlace root, String yaml) {
    Map<String, YamlPlace> keys = root.mapping(KEYS);
    YamlPlace id = root.required(keys, "catalogue");
    if (!CATALOGUE_ID.matcher(id.text()).matches()) {
      throw id.mistake("an id has lower-case letters, digits and dashes");
    }
    Family family = root.required(keys, "family").choice(Family.class);
    boolean levelled = family == Family.DJBH || family == Family.MIPING;
    YamlPlace level = levelled ? root.required(keys, "level") : keys.get("level");
    YamlPlace inherits = keys.get("inherits-from");
    return new Catalogue(
        id.text(),
        version(root, keys),
        wording(root.required(keys, "title")),
        family,
        level == null ? null : level.number(1, 4),
        root.required(keys, "source").text(),
        inherits == null ? null : inherits.text(),
        uncertain(keys.get("to-be-confirmed")),
        new CatalogueReader(family, inherits != null).groups(root.required(keys, "groups")),
        yaml);
  }

  static int version(YamlPlace root, Map<String, YamlPlace> keys) {
    return root.required(keys, "version").number(1, MAX_VERSION);
  }

  /** A text alone is Chinese. */
  static Wording wording(YamlPlace value) {
    if (!value.isMapping()) {
      return new Wording(value.text(), null);
    }
    Map<String, YamlPlace> texts = value.mapping(Set.of("zh", "en"));
    YamlPlace en = texts.get("en");
    return new Wording(value.required(texts, "zh").text(), en == null ? null : en.text());
  }

  private static Set<Uncertainty> uncertain(@Nullable YamlPlace value) {
    Set<Uncertainty> all = EnumSet.noneOf(Uncertainty.class);
    if (value != null) {
      value.list().forEach(one -> all.add(one.choice(Uncertainty.class)));
    }
    return all;
  }

  private List<Group> groups(YamlPlace list) {
    List<Group> groups = new ArrayList<>();
    for (YamlPlace place : list.list()) {
      Map<String, YamlPlace> keys =
          place.mapping(Set.of("id", "title", "side", "weight", "to-be-confirmed", "controls"));
      YamlPlace side = keys.get("side");
      YamlPlace weight = keys.get("weight");
      demand(place, side != null, family == Family.DJBH, "side");
      demand(place, weight != null, family == Family.MIPING || family == Family.INDEX, "weight");
      groups.add(
          new Group(
              id(place, keys),
              wording(place.required(keys, "title")),
              side == null ? null : side.choice(Side.class),
              weight == null ? null : weight.weight(),
              uncertain(keys.get("to-be-confirmed")),
              controls(place.required(keys, "controls"))));
    }
    return groups;
  }

  private List<Control> controls(YamlPlace list) {
    List<Control> controls = new ArrayList<>();
    for (YamlPlace place : list.list()) {
      Map<String, YamlPlace> keys = place.mapping(Set.of("id", "title", "items"));
      String id = id(place, keys);
      List<Item> items = new ArrayList<>();
      place.required(keys, "items").list().forEach(item -> items.add(item(item)));
      controls.add(new Control(id, wording(place.required(keys, "title")), items));
    }
    return controls;
  }

  private Item item(YamlPlace place) {
    Map<String, YamlPlace> keys = place.mapping(ITEM_KEYS);
    YamlPlace importance = keys.get("importance");
    YamlPlace weight = keys.get("weight");
    YamlPlace responsibility = keys.get("responsibility");
    YamlPlace how = keys.get("how");
    demand(place, importance != null, family == Family.DJBH, "importance");
    demand(place, weight != null, family == Family.MIPING || family == Family.INDEX, "weight");
    if (responsibility != null && !inherits) {
      throw responsibility.mistake("the catalogue does not say whom it inherits from");
    }
    return new Item(
        id(place, keys),
        wording(place.required(keys, "text")),
        importance == null ? null : importance.choice(Importance.class),
        weight == null ? null : weight.weight(),
        place.required(keys, "method").choice(Method.class),
        responsibility == null ? null : responsibility.choice(Responsibility.class),
        how == null ? "" : how.text());
  }

  private static void demand(YamlPlace place, boolean there, boolean needed, String key) {
    if (needed && !there) {
      throw place.mistake("'" + key + "' is missing");
    }
  }

  private String id(YamlPlace place, Map<String, YamlPlace> keys) {
    YamlPlace id = place.required(keys, "id");
    if (!ID.matcher(id.text()).matches()) {
      throw id.mistake("an id has letters, digits, dots and dashes");
    }
    if (!ids.add(id.text())) {
      throw id.mistake(id.text() + " stands twice");
    }
    return id.text();
  }
}
