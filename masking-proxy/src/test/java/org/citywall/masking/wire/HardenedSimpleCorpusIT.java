// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Set;

/** {@link SimpleCorpusIT} in hardened mode. */
class HardenedSimpleCorpusIT extends SimpleCorpusIT {

  @Override
  ProxiedDemo open() throws Exception {
    return ProxiedDemo.hardened();
  }

  @Override
  Set<String> failing() {
    return notOfViews();
  }
}
