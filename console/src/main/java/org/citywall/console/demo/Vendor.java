// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.LocalDate;

/**
 * A company that sends engineers to the city.
 *
 * @param contractUntil last day of the contract
 * @param agreementUntil last day of the confidentiality agreement 保密协议
 */
public record Vendor(
    String id,
    String name,
    LocalDate contractFrom,
    LocalDate contractUntil,
    LocalDate agreementUntil) {}
