// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

/** A text in Chinese and English. */
public record Text(String zh, String en) {}
