// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What decided a judgement, for people. */
final class Remarks {

  private static final int MOST = 100;
  private static final int LONGEST = 200;

  private final List<Remark> each = new ArrayList<>();

  void test(Condition.Test test, @Nullable JsonNode found, Truth truth) {
    add(
        new Remark(
            test.path().text(),
            test.operator().word(),
            shortened(test.wanted().toString()),
            found == null ? null : shortened(found.toString()),
            truth));
  }

  void missing(FactPath path) {
    add(new Remark(path.text(), "exists", "true", null, Truth.UNKNOWN));
  }

  void count(FactPath list, long held, @Nullable Integer least, @Nullable Integer most) {
    String wanted = (least == null ? "" : ">=" + least) + (most == null ? "" : "<=" + most);
    boolean met = (least == null || held >= least) && (most == null || held <= most);
    add(new Remark(list.text(), "count", wanted, Long.toString(held), Truth.of(met)));
  }

  void element(FactPath list, JsonNode element, Remarks own) {
    JsonNode name = element.get("name");
    String which = name == null ? shortened(element.toString()) : name.asString();
    for (Remark remark : own.each) {
      add(
          new Remark(
              list.text() + "[" + which + "]/" + remark.path(),
              remark.operator(),
              remark.wanted(),
              remark.found(),
              remark.truth()));
    }
  }

  void addAll(Remarks others) {
    others.each.forEach(this::add);
  }

  private void add(Remark remark) {
    if (each.size() < MOST) {
      each.add(remark);
    }
  }

  List<Remark> toList() {
    return List.copyOf(each);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
