// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.masking.identifier.BankCard;
import org.citywall.masking.identifier.MobileNumber;
import org.citywall.masking.identifier.ResidentId;
import org.citywall.masking.identifier.UnifiedSocialCreditCode;

/** Values of nobody. */
record MadeUpValues(RandomGenerator random) {

  private static final List<String> FAMILY = List.of("王", "李", "欧阳", "陈", "诸", "赵", "邱", "蒋");
  private static final List<String> GIVEN = List.of("测", "试样", "例", "演", "示文", "明", "简晏");
  private static final List<String> WORDS = List.of("综合科", "运行", "一般", "初审", "数据组", "分中心");

  /** A value of this kind; an empty text now and then. */
  String of(String kind) {
    if (random.nextInt(20) == 0) {
      return "";
    }
    return switch (kind) {
      case "id" -> ResidentId.of("339902", day(), random.nextInt(1000));
      case "mobile" -> MobileNumber.of(139, random.nextInt(100_000_000));
      case "bank" -> BankCard.of("62170000" + digits(10));
      case "uscc" -> UnifiedSocialCreditCode.of("91", "339902", digits(8));
      case "name" -> FAMILY.get(random.nextInt(7)) + one(GIVEN);
      case "addr" -> "浙江省云澜市东区人民路" + (1 + random.nextInt(300)) + "号";
      case "org" -> "云澜市" + one(List.of("顺达", "和信", "南塘")) + one(List.of("商贸有限公司", "机械厂"));
      case "email" -> "user" + digits(4) + "@example.cn";
      case "plate" -> "浙A" + digits(5);
      case "passport" -> "E" + digits(8);
      case "ip" -> "10.1." + random.nextInt(256) + "." + random.nextInt(256);
      case "sex" -> random.nextBoolean() ? "男" : "女";
      case "ethnic" -> random.nextInt(9) == 0 ? "畲族" : "汉族";
      case "date" -> day().toString();
      case "ts" -> day() + " 09:30:00";
      case "hash" -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      case "money" -> random.nextInt(100_000) + "." + digits(2);
      case "coord" -> (119 + random.nextInt(3)) + "." + digits(6);
      case "serial" -> digits(16);
      case "region" -> "3399" + digits(2);
      case "code" -> digits(2);
      case "small" -> Integer.toString(random.nextInt(100));
      case "year" -> Integer.toString(1990 + random.nextInt(30));
      case "street" -> one(List.of("南塘街道", "东湖街道", "北山街道"));
      case "bool" -> random.nextBoolean() ? "t" : "f";
      case "url" -> "/files/" + digits(8) + ".png";
      case "latin" -> one(List.of("WANG", "CE SHI", "OUYANG"));
      case "text" -> "材料齐全，符合条件，予以受理，编号" + digits(4);
      case "word" -> one(WORDS);
      default -> "";
    };
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private LocalDate day() {
    return LocalDate.of(1950 + random.nextInt(60), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }
}
