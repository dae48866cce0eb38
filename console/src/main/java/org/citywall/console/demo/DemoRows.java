// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.citywall.masking.identifier.BankCard;
import org.citywall.masking.identifier.MobileNumber;
import org.citywall.masking.identifier.ResidentId;
import org.citywall.masking.identifier.UnifiedSocialCreditCode;

/**
 * The rows of the demo database, the same for the same seed. Identifiers have right check digits
 * and belong to nobody: every resident is born in 1900 in a region that does not exist.
 */
final class DemoRows {

  static final int PERSONS = 20_000;
  static final int HOUSEHOLDS = 7_000;
  static final int ENTERPRISES = 3_000;
  static final int PARTICIPANTS = 16_000;
  static final int PAYMENTS = 24_000;
  static final int BENEFITS = 5_000;
  static final int PROPERTIES = 6_000;
  static final int CONTRACTS = 4_000;

  private static final String[] DISTRICTS = {
    "339902", "339903", "339904", "339921", "339922", "339981"
  };
  private static final String[] DISTRICT_NAMES = {"东渡区", "西浦区", "北洲区", "南屏县", "溪口县", "石桥市"};
  private static final String[] STREETS = {"示例路", "样本街", "虚构巷", "演示大道", "模拟弄"};
  private static final String[] INDUSTRIES = {"软件", "纺织", "机械", "物流", "餐饮", "建材", "农产品"};
  private static final String[] INSURANCE = {"城镇职工养老", "城乡居民养老", "工伤", "失业", "机关养老"};
  private static final String[] BENEFIT_KINDS = {"养老金", "失业金", "工伤待遇", "生育津贴"};
  private static final LocalDate BIRTHS_FROM = LocalDate.of(1900, 1, 1);
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

  private final RandomGenerator random;
  private final Names names;
  private final List<Resident> residents = new ArrayList<>(PERSONS);
  private final List<String> employers = new ArrayList<>(ENTERPRISES);

  private record Resident(int number, String idCard, String name, String mobile, int district) {}

  DemoRows(long seed) {
    random = DemoCity.random(seed ^ 0xDB);
    names = new Names(random);
    for (int i = 0; i < PERSONS; i++) {
      residents.add(resident(i));
    }
  }

  /** Identity numbers of all residents, in the order of their rows. */
  List<String> residents() {
    return residents.stream().map(Resident::idCard).toList();
  }

  /** Gives every row with the name of its table, tables that others refer to first. */
  void forEach(BiConsumer<String, List<Object>> out) {
    households(out);
    persons(out);
    enterprises(out);
    participants(out);
    payments(out);
    benefits(out);
    housing(out);
  }

  private Resident resident(int i) {
    int district = i % DISTRICTS.length;
    LocalDate birth = BIRTHS_FROM.plusDays(i / DISTRICTS.length % 365);
    int sequence = 10 + i / (DISTRICTS.length * 365) * 2 + random.nextInt(2);
    return new Resident(
        i,
        ResidentId.of(DISTRICTS[district], birth, sequence),
        names.next().characters(),
        MobileNumber.of(199, i),
        district);
  }

  private void households(BiConsumer<String, List<Object>> out) {
    for (int i = 0; i < HOUSEHOLDS; i++) {
      int district = i % DISTRICTS.length;
      int members = (PERSONS - i + HOUSEHOLDS - 1) / HOUSEHOLDS;
      out.accept(
          "population.household",
          List.of(
              "H" + (100_000 + i),
              personNo(i),
              address(district),
              members,
              DISTRICTS[district],
              pastDay(9_000)));
    }
  }

  private void persons(BiConsumer<String, List<Object>> out) {
    for (Resident resident : residents) {
      String id = resident.idCard();
      out.accept(
          "population.person",
          List.of(
              personNo(resident.number()),
              id,
              resident.name(),
              Character.digit(id.charAt(16), 10) % 2 == 1 ? "1" : "2",
              id.substring(6, 10) + "-" + id.substring(10, 12) + "-" + id.substring(12, 14),
              random.nextInt(50) == 0 ? "畲族" : "汉族",
              resident.mobile(),
              address(resident.district()),
              "H" + (100_000 + resident.number() % HOUSEHOLDS),
              DISTRICTS[resident.district()],
              "正常",
              pastDay(900) + " 10:00:00+08"));
    }
  }

  private void enterprises(BiConsumer<String, List<Object>> out) {
    for (int i = 0; i < ENTERPRISES; i++) {
      int district = random.nextInt(DISTRICTS.length);
      String uscc = UnifiedSocialCreditCode.of("91", DISTRICTS[district], "MA" + (900_000 + i));
      String industry = pick(INDUSTRIES);
      String name = DISTRICT_NAMES[district] + "示例" + (i + 1) + "号" + industry + "有限公司";
      employers.add(uscc);
      out.accept(
          "legal_entity.enterprise",
          List.of(
              uscc,
              name,
              "有限责任公司",
              industry,
              10 + random.nextInt(990),
              DISTRICTS[district],
              pastDay(6_000),
              random.nextInt(20) == 0 ? "注销" : "存续"));
      Resident head = residents.get(random.nextInt(PERSONS));
      out.accept(
          "legal_entity.representative",
          List.of(uscc, head.name(), head.idCard(), head.mobile(), pastDay(3_000)));
    }
  }

  private void participants(BiConsumer<String, List<Object>> out) {
    for (Resident resident : residents.subList(0, PARTICIPANTS)) {
      out.accept(
          "social_security.participant",
          List.of(
              participantNo(resident.number()),
              resident.idCard(),
              resident.name(),
              employers.get(random.nextInt(ENTERPRISES)),
              pick(INSURANCE),
              4_000 + random.nextInt(18_000),
              bankCard(resident.number()),
              resident.mobile(),
              DISTRICTS[resident.district()],
              pastDay(7_000),
              random.nextInt(12) == 0 ? "暂停" : "正常参保"));
    }
  }

  private void payments(BiConsumer<String, List<Object>> out) {
    for (int i = 0; i < PAYMENTS; i++) {
      int month = 1 + i / PARTICIPANTS;
      int base = 4_000 + random.nextInt(18_000);
      out.accept(
          "social_security.payment",
          List.of(
              i + 1,
              participantNo(i % PARTICIPANTS),
              "20260" + month,
              base * 16 / 100,
              base * 8 / 100,
              "2026-0" + month + "-15"));
    }
  }

  private void benefits(BiConsumer<String, List<Object>> out) {
    for (int i = 0; i < BENEFITS; i++) {
      int participant = i * 3;
      out.accept(
          "social_security.benefit",
          List.of(
              i + 1,
              participantNo(participant),
              pick(BENEFIT_KINDS),
              1_500 + random.nextInt(6_000),
              bankCard(participant),
              pastDay(360)));
    }
  }

  private void housing(BiConsumer<String, List<Object>> out) {
    for (int i = 0; i < PROPERTIES; i++) {
      Resident owner = residents.get(random.nextInt(PERSONS));
      String property = "F" + (200_000 + i);
      out.accept(
          "housing.property",
          List.of(
              property,
              owner.idCard(),
              owner.name(),
              address(owner.district()),
              40 + random.nextInt(160),
              "住宅",
              DISTRICTS[owner.district()],
              pastDay(5_000)));
      if (i < CONTRACTS) {
        out.accept(
            "housing.contract",
            List.of(
                "HT" + (300_000 + i),
                property,
                owner.idCard(),
                owner.name(),
                600_000 + random.nextInt(4_000_000),
                pastDay(1_500)));
      }
    }
  }

  private String address(int district) {
    return DemoCity.NAME
        + DISTRICT_NAMES[district]
        + pick(STREETS)
        + (1 + random.nextInt(300))
        + "号"
        + (1 + random.nextInt(20))
        + "幢"
        + (101 + random.nextInt(900))
        + "室";
  }

  private String pastDay(int days) {
    return TODAY.minusDays(random.nextInt(days)).toString();
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String personNo(int number) {
    return "R" + (33_990_000L + number);
  }

  private static String participantNo(int number) {
    return "SB" + (33_990_000L + number);
  }

  private static String bankCard(int number) {
    return BankCard.of("621700" + (100_000_000_000L + number));
  }
}
