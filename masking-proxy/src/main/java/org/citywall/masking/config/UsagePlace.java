// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

/** Where it is counted what is used of limited grants. */
public enum UsagePlace {
  /** In the folder of the local log: for one proxy. */
  FILE,
  /** In the database, for all proxies before it. */
  DATABASE
}
