// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Method;
import org.citywall.compliance.catalogue.Catalogue.Side;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.jspecify.annotations.Nullable;

/**
 * Changes a catalogue step by step; every step leaves one that {@link Catalogue#parse} reads. A
 * value that cannot be is a {@link FieldProblem}, a place that is not there {@code CMP-0014}.
 */
public final class CatalogueEditor {

  private static final int MAX_TEXT = 1000;
  private static final int MAX_ITEMS = 1000;
  private static final int ORDINARY_LEVEL = 3;

  private final Catalogue was;

  private CatalogueEditor(Catalogue was) {
    this.was = was;
  }

  public static CatalogueEditor of(Catalogue catalogue) {
    return new CatalogueEditor(catalogue);
  }

  /**
   * What stands above the groups, as a form says it.
   *
   * @param family which rule scores it; what that needs and is not there gets an ordinary value
   */
  public record Head(
      String version,
      String zh,
      String en,
      String source,
      String family,
      String level,
      Set<Uncertainty> unconfirmed) {}

  /** A group as a form says it; empty where nothing is said. */
  public record GroupText(String id, String zh, String en, String side, String weight) {}

  /**
   * An item as a form says it; empty where nothing is said.
   *
   * @param control in which it is to stand
   */
  public record ItemText(
      String id,
      String control,
      String zh,
      String en,
      String importance,
      String weight,
      String method,
      String how) {}

  /** The same under another id, as version 1. */
  public Catalogue copy(String id, String zh, String en) {
    return new Catalogue(
            catalogueId(id),
            1,
            wording("", zh, en),
            was.family(),
            was.level(),
            was.source(),
            was.inheritsFrom(),
            was.unconfirmed(),
            was.groups(),
            "")
        .written();
  }

  /** The same under another version. */
  public Catalogue version(int version) {
    return with(was.groups(), version);
  }

  /** Another head; the version is above {@code published}. */
  public Catalogue head(Head head, int published) {
    int version = number(head.version(), "version", ComplianceErrorCode.FRAMEWORK_VERSION_INVALID);
    if (version <= published || version > CatalogueReader.MAX_VERSION) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_VERSION_INVALID, "version", "");
    }
    Family family = choice(Family.class, head.family(), "family");
    boolean levelled = family == Family.DJBH || family == Family.MIPING;
    Integer level = head.level().isEmpty() ? null : level(head.level());
    if (levelled && level == null) {
      level = was.family() == family ? level(head.level()) : Integer.valueOf(ORDINARY_LEVEL);
    }
    return new Catalogue(
            was.id(),
            version,
            wording("", head.zh(), head.en()),
            family,
            level,
            text("source", head.source()),
            was.inheritsFrom(),
            head.unconfirmed(),
            was.groups().stream().map(group -> completed(group, family)).toList(),
            "")
        .written();
  }

  /** One more group at the end, with its first item. */
  public Catalogue addGroup(GroupText group, ItemText first) {
    String id = newId("groupid", group.id());
    Item item = item(first, null);
    if (item.id().equals(id)) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_ID_TAKEN, "id", id);
    }
    String control = id + "-C";
    Set<String> taken = new HashSet<>(ids());
    taken.add(item.id());
    for (int n = 2; taken.contains(control); n++) {
      control = id + "-C" + n;
    }
    Wording title = wording("group", group.zh(), group.en());
    List<Group> groups = new ArrayList<>(was.groups());
    groups.add(
        new Group(
            id,
            title,
            side(group.side()),
            weight("groupweight", group.weight()),
            Set.of(),
            List.of(new Control(control, title, List.of(item)))));
    return with(groups);
  }

  /** Says a group anew; its id stays. */
  public Catalogue changeGroup(String id, GroupText text) {
    requirePlace(group -> group.id().equals(id), id);
    return with(
        was.groups().stream()
            .map(
                group ->
                    !group.id().equals(id)
                        ? group
                        : new Group(
                            id,
                            wording("group", text.zh(), text.en()),
                            side(text.side()),
                            weight("groupweight", text.weight()),
                            group.unconfirmed(),
                            group.controls()))
            .toList());
  }

  /** One more item at the end of its control. */
  public Catalogue addItem(ItemText text) {
    Item item = item(text, null);
    requireControl(text.control());
    if (was.items().size() >= MAX_ITEMS) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_TEXT_INVALID, "id", "1000 items");
    }
    return with(
        eachControl(
            control -> control.id().equals(text.control()) ? plus(control, item) : control));
  }

  /** Says an item anew, and puts it into another control where the text names one. */
  public Catalogue changeItem(String id, ItemText text) {
    Item old = was.item(id).orElseThrow(() -> unknown(id));
    Item now = item(text, old);
    requireControl(text.control());
    List<Group> groups =
        eachControl(
            control -> {
              boolean here = control.items().contains(old);
              boolean stays = control.id().equals(text.control());
              if (here && stays) {
                return new Control(
                    control.id(),
                    control.title(),
                    control.items().stream().map(one -> one.equals(old) ? now : one).toList());
              }
              return here
                  ? new Control(
                      control.id(),
                      control.title(),
                      control.items().stream().filter(one -> !one.equals(old)).toList())
                  : stays ? plus(control, now) : control;
            });
    return with(withoutEmpty(groups));
  }

  /** Without a group, control or item, and without what is empty then; {@code CMP-0015}. */
  public Catalogue remove(String id) {
    if (!ids().contains(id)) {
      throw unknown(id);
    }
    List<Group> groups =
        was.groups().stream()
            .filter(group -> !group.id().equals(id))
            .map(
                group ->
                    with(
                        group,
                        group.controls().stream()
                            .filter(control -> !control.id().equals(id))
                            .map(
                                control ->
                                    new Control(
                                        control.id(),
                                        control.title(),
                                        control.items().stream()
                                            .filter(item -> !item.id().equals(id))
                                            .toList()))
                            .toList()))
            .toList();
    List<Group> left = withoutEmpty(groups);
    if (left.isEmpty()) {
      throw new PlatformException(ComplianceErrorCode.FRAMEWORK_EMPTY, id);
    }
    return with(left);
  }

  /** With a group, control or item one place further up or down among its like. */
  public Catalogue move(String id, boolean up) {
    if (!ids().contains(id)) {
      throw unknown(id);
    }
    List<Group> groups =
        moved(was.groups(), group -> group.id().equals(id), up).stream()
            .map(
                group ->
                    with(
                        group,
                        moved(group.controls(), control -> control.id().equals(id), up).stream()
                            .map(
                                control ->
                                    new Control(
                                        control.id(),
                                        control.title(),
                                        moved(control.items(), item -> item.id().equals(id), up)))
                            .toList()))
            .toList();
    return with(groups);
  }

  private static <T> List<T> moved(List<T> all, Predicate<T> which, boolean up) {
    List<T> moved = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      int to = up ? i - 1 : i + 1;
      if (which.test(all.get(i)) && to >= 0 && to < all.size()) {
        Collections.swap(moved, i, to);
      }
    }
    return moved;
  }

  private Item item(ItemText text, @Nullable Item old) {
    String id = old != null && old.id().equals(text.id()) ? old.id() : newId("id", text.id());
    return new Item(
        id,
        wording("", text.zh(), text.en()),
        was.family() == Family.DJBH
            ? choice(Importance.class, text.importance(), "importance")
            : old == null ? null : old.importance(),
        weight("weight", text.weight()),
        choice(Method.class, text.method(), "method"),
        old == null ? null : old.responsibility(),
        text.how().isBlank() ? "" : text("how", text.how()));
  }

  /** What the rules of a family need of a group and its items. */
  private static Group completed(Group group, Family family) {
    boolean weighed = family == Family.MIPING || family == Family.INDEX;
    List<Control> controls = new ArrayList<>();
    for (Control control : group.controls()) {
      List<Item> items = new ArrayList<>();
      for (Item item : control.items()) {
        items.add(
            new Item(
                item.id(),
                item.text(),
                item.importance() == null && family == Family.DJBH
                    ? Importance.ORDINARY
                    : item.importance(),
                item.weight() == null && weighed ? BigDecimal.ONE : item.weight(),
                item.method(),
                item.responsibility(),
                item.how()));
      }
      controls.add(new Control(control.id(), control.title(), items));
    }
    return new Group(
        group.id(),
        group.title(),
        group.side() == null && family == Family.DJBH ? Side.TECHNICAL : group.side(),
        group.weight() == null && weighed ? BigDecimal.ONE : group.weight(),
        group.unconfirmed(),
        controls);
  }

  private List<Group> eachControl(UnaryOperator<Control> change) {
    return was.groups().stream()
        .map(group -> with(group, group.controls().stream().map(change).toList()))
        .toList();
  }

  private static List<Group> withoutEmpty(List<Group> groups) {
    return groups.stream()
        .map(
            group ->
                with(
                    group,
                    group.controls().stream()
                        .filter(control -> !control.items().isEmpty())
                        .toList()))
        .filter(group -> !group.controls().isEmpty())
        .toList();
  }

  private static Group with(Group group, List<Control> controls) {
    return new Group(
        group.id(), group.title(), group.side(), group.weight(), group.unconfirmed(), controls);
  }

  private static Control plus(Control control, Item item) {
    List<Item> items = new ArrayList<>(control.items());
    items.add(item);
    return new Control(control.id(), control.title(), items);
  }

  private Catalogue with(List<Group> groups) {
    return with(groups, was.version());
  }

  private Catalogue with(List<Group> groups, int version) {
    return new Catalogue(
            was.id(),
            version,
            was.title(),
            was.family(),
            was.level(),
            was.source(),
            was.inheritsFrom(),
            was.unconfirmed(),
            groups,
            "")
        .written();
  }

  private Set<String> ids() {
    Set<String> ids = new HashSet<>();
    for (Group group : was.groups()) {
      ids.add(group.id());
      for (Control control : group.controls()) {
        ids.add(control.id());
        control.items().forEach(item -> ids.add(item.id()));
      }
    }
    return ids;
  }

  private void requireControl(String id) {
    if (was.groups().stream()
        .flatMap(group -> group.controls().stream())
        .noneMatch(control -> control.id().equals(id))) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_PLACE_UNKNOWN, "control", id);
    }
  }

  private void requirePlace(Predicate<Group> which, String id) {
    if (was.groups().stream().noneMatch(which)) {
      throw unknown(id);
    }
  }

  private static PlatformException unknown(String id) {
    return new PlatformException(ComplianceErrorCode.FRAMEWORK_PLACE_UNKNOWN, id);
  }

  private String newId(String field, String id) {
    if (!CatalogueReader.ID.matcher(id).matches()) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_ID_INVALID, field, id);
    }
    if (ids().contains(id)) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_ID_TAKEN, field, id);
    }
    return id;
  }

  private static String catalogueId(String id) {
    if (!CatalogueReader.CATALOGUE_ID.matcher(id).matches()) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_ID_INVALID, "id", id);
    }
    return id;
  }

  private @Nullable Side side(String side) {
    if (was.family() != Family.DJBH && side.isEmpty()) {
      return null;
    }
    return choice(Side.class, side, "side");
  }

  private @Nullable BigDecimal weight(String field, String text) {
    boolean weighed = was.family() == Family.MIPING || was.family() == Family.INDEX;
    if (!weighed && text.isBlank()) {
      return null;
    }
    try {
      BigDecimal weight = new BigDecimal(text.strip());
      if (weight.signum() > 0 && weight.precision() <= 12 && Math.abs(weight.scale()) <= 6) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_WEIGHT_INVALID, field, text);
  }

  private static Integer level(String text) {
    int level = number(text, "level", ComplianceErrorCode.FRAMEWORK_CHOICE_INVALID);
    if (level < 1 || level > 4) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_CHOICE_INVALID, "level", text);
    }
    return level;
  }

  private static int number(String text, String field, ComplianceErrorCode code) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new FieldProblem(code, field, text);
    }
  }

  private static Wording wording(String prefix, String zh, String en) {
    return new Wording(text(prefix + "zh", zh), en.isBlank() ? null : text(prefix + "en", en));
  }

  private static String text(String field, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
      throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_TEXT_INVALID, field, "");
    }
    return stripped;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text, String field) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new FieldProblem(ComplianceErrorCode.FRAMEWORK_CHOICE_INVALID, field, text);
  }
}
