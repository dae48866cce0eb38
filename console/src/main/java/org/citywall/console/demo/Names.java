// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.random.RandomGenerator;

/** Makes names that sound right and belong to nobody in particular. */
final class Names {

  private static final String[] SURNAMES =
      ("王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo "
              + "何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 冯feng 韩han 曹cao "
              + "沈shen 姚yao 卢lu 傅fu 钟zhong 姜jiang 崔cui 谭tan 汪wang 陆lu 金jin 戴dai 方fang 邱qiu")
          .split(" ");
  private static final String[] GIVEN =
      ("云yun 澜lan 溪xi 桥qiao 屏ping 渡du 浦pu 洲zhou 岚lan 汀ting 禾he 穗sui 棠tang 槿jin 芷zhi 蘅heng "
              + "砚yan 笺jian 墨mo 简jian 舟zhou 帆fan 渔yu 樵qiao 耕geng 读du 朴pu 真zhen 恬tian 宁ning "
              + "晏yan 和he 序xu 律lv 钧jun 衡heng 尺chi 度du 星xing 野ye")
          .split(" ");

  private final RandomGenerator random;

  Names(RandomGenerator random) {
    this.random = random;
  }

  /** A name in characters and the log-in name that an office would make of it. */
  record Name(String characters, String account) {}

  Name next() {
    String surname = SURNAMES[random.nextInt(SURNAMES.length)];
    String first = GIVEN[random.nextInt(GIVEN.length)];
    String second = random.nextInt(100) < 75 ? GIVEN[random.nextInt(GIVEN.length)] : "";
    String characters = surname.charAt(0) + first.substring(0, 1);
    String account = surname.substring(1) + first.charAt(1);
    if (!second.isEmpty()) {
      characters += second.charAt(0);
      account += second.charAt(1);
    }
    return new Name(characters, account);
  }
}
