// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.citywall.compliance.catalogue.CatalogueDiff.Change;
import org.citywall.compliance.catalogue.CatalogueDiff.Kind;
import org.citywall.compliance.catalogue.CatalogueEditor.GroupText;
import org.citywall.compliance.catalogue.CatalogueEditor.Head;
import org.citywall.compliance.catalogue.CatalogueEditor.ItemText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueEditorTest {

  private static final Catalogue TEMPLATE = Catalogues.builtIn().get("extranet-template");

  @Test
  void writesEveryCatalogueThatShipsSoThatItReadsAlike() {
    for (Catalogue shipped : Catalogues.builtIn().all()) {
      Catalogue again = Catalogue.parse("again", shipped.written().yaml());

      assertThat(CatalogueDiff.between(shipped, again).changes()).as(shipped.id()).isEmpty();
      assertThat(again.groups()).as(shipped.id()).isEqualTo(shipped.groups());
      assertThat(again.written().yaml()).isEqualTo(shipped.written().yaml());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b # c",
        "\"quoted\" \\ back",
        "- {x: 1}",
        "null",
        "1e3",
        "line\nnext\ttab",
        "政务外网 𠮷 \u0085 \u2028 \u007f \ufeff!",
        "%TAG",
        "*alias &anchor"
      })
  void readsBackWhateverAnOfficerWrites(String text) {
    Catalogue own = mine().changeItem("access-registered", item("access-registered", text, ""));

    Catalogue again = Catalogue.parse("again", own.yaml());

    assertThat(again).isEqualTo(own);
    assertThat(again.item("access-registered").orElseThrow().text().zh()).isEqualTo(text.strip());
  }

  @Test
  void copiesAddsChangesMovesAndRemoves() {
    Catalogue own = TEMPLATE.written();
    own = CatalogueEditor.of(own).copy("own-extranet", "市外网检查", "");
    assertThat(own.reference()).isEqualTo("own-extranet/1");

    own =
        CatalogueEditor.of(own)
            .addGroup(new GroupText("ai", "智能应用", "AI", "", ""), item("ai-1", "登记", ""));
    own = CatalogueEditor.of(own).addItem(item("ai-2", "复核", "ai-C", ""));
    own = CatalogueEditor.of(own).move("ai-2", true);
    own = CatalogueEditor.of(own).move("ai", true);
    own = CatalogueEditor.of(own).changeItem("duty-drill", item("duty-drill", "演练", "ai-C", ""));
    own = CatalogueEditor.of(own).remove("duty-officer");

    assertThat(own.groups())
        .extracting(Catalogue.Group::id)
        .containsExactly("access", "operation", "ai");
    assertThat(own.groups().getLast().items())
        .extracting(Item::id)
        .containsExactly("ai-2", "ai-1", "duty-drill");
    assertThat(Catalogue.parse("own", own.yaml())).isEqualTo(own);
  }

  @Test
  void givesARuleWhatItNeedsWhereTheFamilyIsAnother() {
    Catalogue own = CatalogueEditor.of(mineText()).head(head("2", "djbh", ""), 1);

    assertThat(own.family()).isEqualTo(Family.DJBH);
    assertThat(own.level()).isEqualTo(3);
    assertThat(own.items()).allMatch(item -> item.importance() == Importance.ORDINARY);
    assertThat(own.groups()).allMatch(group -> group.side() != null);
    assertThat(CatalogueEditor.of(own).head(head("3", "index", ""), 1).items())
        .allMatch(item -> item.weight() != null && item.weight().signum() > 0);
  }

  @Test
  void namesTheFieldOfWhatCannotBe() {
    refused(
        "id",
        ComplianceErrorCode.FRAMEWORK_ID_INVALID,
        () -> CatalogueEditor.of(TEMPLATE).copy("Own", "甲", ""));
    refused(
        "zh",
        ComplianceErrorCode.FRAMEWORK_TEXT_INVALID,
        () -> CatalogueEditor.of(TEMPLATE).copy("own", " ", ""));
    refused(
        "id",
        ComplianceErrorCode.FRAMEWORK_ID_TAKEN,
        () -> mine().addItem(item("duty-drill", "甲", "access-C", "")));
    refused(
        "id",
        ComplianceErrorCode.FRAMEWORK_ID_INVALID,
        () -> mine().addItem(item("a b", "甲", "access-C", "")));
    refused(
        "control",
        ComplianceErrorCode.FRAMEWORK_PLACE_UNKNOWN,
        () -> mine().addItem(item("new", "甲", "none", "")));
    refused(
        "weight",
        ComplianceErrorCode.FRAMEWORK_WEIGHT_INVALID,
        () -> mine().addItem(item("new", "甲", "access-C", "0")));
    refused(
        "weight",
        ComplianceErrorCode.FRAMEWORK_WEIGHT_INVALID,
        () -> mine().addItem(item("new", "甲", "access-C", "1e99")));
    refused(
        "version",
        ComplianceErrorCode.FRAMEWORK_VERSION_INVALID,
        () -> mine().head(head("1", "plain", ""), 1));
    refused(
        "level",
        ComplianceErrorCode.FRAMEWORK_CHOICE_INVALID,
        () -> mine().head(head("2", "djbh", "5"), 1));
    refused(
        "family",
        ComplianceErrorCode.FRAMEWORK_CHOICE_INVALID,
        () -> mine().head(head("2", "none", ""), 1));
    refused(
        "groupid",
        ComplianceErrorCode.FRAMEWORK_ID_TAKEN,
        () -> mine().addGroup(new GroupText("duty", "甲", "", "", ""), item("new", "甲", "")));
  }

  @Test
  void keepsOneItemAtLeast() {
    Catalogue own = mineText();
    own = CatalogueEditor.of(own).remove("operation");
    own = CatalogueEditor.of(own).remove("duty");
    own = CatalogueEditor.of(own).remove("access-terminal");
    own = CatalogueEditor.of(own).remove("access-boundary");
    CatalogueEditor last = CatalogueEditor.of(own);

    assertThatThrownBy(() -> last.remove("access-registered"))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.FRAMEWORK_EMPTY));
    assertThatThrownBy(() -> last.remove("nowhere"))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.FRAMEWORK_PLACE_UNKNOWN));
  }

  @Test
  void tellsWhatIsOtherwise() {
    Catalogue before = mineText();
    Catalogue after =
        CatalogueEditor.of(before).changeItem("duty-drill", item("duty-drill", "演练", "duty-C", ""));
    after = CatalogueEditor.of(after).move("access-boundary", true);
    after = CatalogueEditor.of(after).remove("operation-addresses");

    CatalogueDiff diff = CatalogueDiff.between(before, after);

    assertThat(diff.changes())
        .extracting(Change::kind, Change::place)
        .containsExactly(
            tuple(Kind.MOVED, "access-registered"),
            tuple(Kind.CHANGED, "duty-drill"),
            tuple(Kind.REMOVED, "operation-addresses"));
    assertThat(diff.told())
        .contains("changed duty-drill text.en: The unit takes part in drills -> -")
        .contains("text.zh: 参加外网应急演练 -> 演练");
    assertThat(CatalogueDiff.between(before, before).changes()).isEmpty();
  }

  @Test
  void standsBesideFilesAndNeverBeforeThem() {
    Catalogue own = CatalogueEditor.of(mineText()).version(2);
    Catalogue other = CatalogueEditor.of(TEMPLATE).remove("duty");

    Catalogues all = Catalogues.builtIn().plus(List.of(mineText(), own, other));

    assertThat(all.get("own-extranet").version()).isEqualTo(2);
    assertThat(all.get("own-extranet/1")).isEqualTo(mineText());
    assertThat(all.get("extranet-template/1")).isEqualTo(TEMPLATE);
    assertThat(all.servedBy("duty-drill")).contains(new ItemRef("own-extranet", "duty-drill"));
  }

  private static Catalogue mineText() {
    return CatalogueEditor.of(TEMPLATE).copy("own-extranet", "市外网检查", "City extranet");
  }

  private static CatalogueEditor mine() {
    return CatalogueEditor.of(mineText());
  }

  private static ItemText item(String id, String zh, String weight) {
    return item(id, zh, "access-C", weight);
  }

  private static ItemText item(String id, String zh, String control, String weight) {
    return new ItemText(id, control, zh, "", "", weight, "manual", "");
  }

  private static Head head(String version, String family, String level) {
    return new Head(version, "市外网检查", "", "the city", family, level, Set.of(Uncertainty.WEIGHT));
  }

  private static void refused(String field, ComplianceErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FieldProblem.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.field()).isEqualTo(field);
            });
  }
}
