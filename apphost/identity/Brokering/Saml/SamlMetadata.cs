using System.Text;
using System.Xml.Linq;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.Brokering.Saml;

/// <summary>What a provider's administrator reads in to make us known there.</summary>
internal sealed class SamlMetadata(Realm realm, RealmAddresses addresses, TokenKeys keys)
{
    private static readonly XNamespace Metadata = SamlNames.Metadata;
    private static readonly XNamespace Signature = SamlNames.Signature;

    public IResult Handle(string alias) => realm.FindProvider(alias) is { IsSaml: true } provider
        ? Results.Text(Describe(new SamlProvider(provider, addresses.Issuer.ToString())), "application/samlmetadata+xml", Encoding.UTF8)
        : Results.NotFound();

    private string Describe(SamlProvider provider) => new XElement(Metadata + "EntityDescriptor",
        new XAttribute("entityID", provider.EntityId),
        new XElement(Metadata + "SPSSODescriptor",
            new XAttribute("AuthnRequestsSigned", provider.SignsRequests),
            new XAttribute("WantAssertionsSigned", provider.WantsSignedAssertions),
            new XAttribute("protocolSupportEnumeration", SamlNames.Protocol),
            new XElement(Metadata + "KeyDescriptor",
                new XAttribute("use", "signing"),
                new XElement(Signature + "KeyInfo", new XElement(Signature + "X509Data", new XElement(Signature + "X509Certificate", Convert.ToBase64String(keys.Certificate.RawData))))),
            new XElement(Metadata + "NameIDFormat", provider.NameIdFormat),
            new XElement(Metadata + "AssertionConsumerService",
                new XAttribute("Binding", SamlNames.PostBinding),
                new XAttribute("Location", addresses.BrokerEndpoint(provider.Alias)),
                new XAttribute("index", 1),
                new XAttribute("isDefault", true)))).ToString();
}
