// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.util.CollectionStore;

/** Tokens that an honest library would not make: signed by whoever has a certificate. */
final class Forgery {

  private Forgery() {}

  /** The same request about something else. */
  static byte[] queryAbout(String something, byte[] query) {
    try {
      TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
      generator.setCertReq(true);
      return generator
          .generate(
              Imprint.SHA256.oid(),
              Imprint.SHA256.of(something.getBytes(StandardCharsets.UTF_8)),
              new TimeStampRequest(query).getNonce())
          .getEncoded();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] stamp(TestPki pki, TestPki.Identity identity, byte[] query, Clock clock) {
    try {
      TimeStampRequest request = new TimeStampRequest(query);
      TSTInfo info =
          new TSTInfo(
              new ASN1ObjectIdentifier(TestTsa.POLICY),
              request.toASN1Structure().getMessageImprint(),
              new ASN1Integer(1),
              new ASN1GeneralizedTime(Date.from(clock.instant())),
              null,
              null,
              new ASN1Integer(request.getNonce()),
              null,
              null);
      byte[] hash = Imprint.SHA256.of(identity.certificate().getEncoded());
      ASN1EncodableVector attributes = new ASN1EncodableVector();
      attributes.add(
          new Attribute(
              PKCSObjectIdentifiers.id_aa_signingCertificateV2,
              new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
      attributes.add(
          new Attribute(
              CMSAttributes.signingTime, new DERSet(new Time(Date.from(clock.instant())))));
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(
                  new JcaDigestCalculatorProviderBuilder()
                      .setProvider(Providers.BOUNCY_CASTLE)
                      .build())
              .setSignedAttributeGenerator(
                  new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
              .build(
                  new JcaContentSignerBuilder(pki.algorithm().signature())
                      .setProvider(Providers.BOUNCY_CASTLE)
                      .build(identity.keys().getPrivate()),
                  identity.certificate()));
      generator.addCertificates(new CollectionStore<>(List.of(identity.certificate())));
      ContentInfo token =
          generator
              .generate(
                  new CMSProcessableByteArray(
                      PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded("DER")),
                  true)
              .toASN1Structure();
      return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), token).getEncoded("DER");
    } catch (IOException | CMSException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
