// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What persons were granted beyond their clearance, and how much of it is used up.
 *
 * <p>{@link org.citywall.masking.grant.Usage} counts what is limited. {@link
 * org.citywall.masking.grant.FileUsage} counts for one proxy, in a file:
 *
 * <pre>
 * citywall-usage 1\n
 * CRC TAB (NAME TAB EXPIRES TAB COUNT) (TAB NAME TAB EXPIRES TAB COUNT)... \n
 * </pre>
 *
 * <p>in UTF-8. A line is what was forced at once; CRC is the CRC-32C of the line behind it, eight
 * hexadecimal digits, EXPIRES seconds since 1970, COUNT what was taken. A last line that does not
 * end or does not fit its CRC was never acknowledged and is cut off; any other is damage. The file
 * is written anew, without what has expired, when it is opened and when it has grown. {@link
 * org.citywall.masking.grant.DatabaseUsage} counts for all proxies before one database, in a table
 * that only its functions reach ({@code usage.sql}).
 */
@NullMarked
package org.citywall.masking.grant;

import org.jspecify.annotations.NullMarked;
