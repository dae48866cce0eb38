// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Fills the register of persons: staff of every unit, engineers of vendors, service accounts. */
final class Registry {

  private static final int STAFF_OF_A_CITY_BUREAU = 7;
  private static final int STAFF_ELSEWHERE = 4;
  private static final int ENGINEERS_OF_A_VENDOR = 4;

  private final Names names;
  private final List<Person> persons = new ArrayList<>();
  private final Set<String> accounts = new HashSet<>();
  private final Map<String, Integer> desks = new HashMap<>();

  Registry(RandomGenerator random) {
    this.names = new Names(random);
  }

  List<Person> persons(List<Unit> units, List<Vendor> vendors) {
    for (int i = 0; i < units.size(); i++) {
      addStaff(units.get(i), i);
    }
    List<Unit> bureaus =
        units.stream().filter(unit -> unit.ofCity() && !unit.bureau().equals("ZF")).toList();
    for (int v = 0; v < vendors.size(); v++) {
      for (int i = 0; i < ENGINEERS_OF_A_VENDOR; i++) {
        Unit unit = bureaus.get((v * 2 + i) % bureaus.size());
        add(PersonType.OUTSOURCED, engineerDuty(i), unit, vendors.get(v).id(), 200 + v);
      }
    }
    for (int i = 0; i < bureaus.size(); i++) {
      addService(bureaus.get(i), 240);
    }
    return persons;
  }

  private static Duty engineerDuty(int i) {
    return i % 2 == 0 ? Duty.OPERATOR : Duty.CLERK;
  }

  private void addStaff(Unit unit, int subnet) {
    boolean bureau = unit.ofCity() && !unit.bureau().equals("ZF");
    int count = bureau ? STAFF_OF_A_CITY_BUREAU : STAFF_ELSEWHERE;
    for (int i = 0; i < count; i++) {
      Duty duty =
          i == 0 && bureau ? Duty.OPERATOR : i == 1 || i == 2 && bureau ? Duty.ANALYST : Duty.CLERK;
      add(PersonType.STAFF, duty, unit, null, subnet);
    }
  }

  private void add(PersonType type, Duty duty, Unit unit, @Nullable String vendor, int subnet) {
    Names.Name name = names.next();
    String base = type == PersonType.OUTSOURCED ? "ext-" + name.account() : name.account();
    String account = base;
    for (int n = 2; !accounts.add(account); n++) {
      account = base + n;
    }
    put(account, name.characters(), type, duty, unit, vendor, subnet);
  }

  private void addService(Unit unit, int subnet) {
    String account = "svc-" + unit.bureau().toLowerCase(Locale.ROOT) + "-batch";
    put(account, unit.name() + "夜间批处理", PersonType.SERVICE, Duty.BATCH, unit, null, subnet);
  }

  private void put(
      String account,
      String name,
      PersonType type,
      Duty duty,
      Unit unit,
      @Nullable String vendor,
      int subnet) {
    String id = "P" + (1001 + persons.size());
    String address = "10.33." + subnet + "." + (10 + desks.merge("net" + subnet, 1, Integer::sum));
    persons.add(new Person(id, account, name, type, duty, unit.code(), vendor, address));
  }
}
