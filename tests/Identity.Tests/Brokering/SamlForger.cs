using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Makes answers that a careless reader would take for the provider's: the corpus of what has worked against others.</summary>
internal sealed class SamlForger(SamlIdp idp)
{
    private const string Space = "urn:oasis:names:tc:SAML:2.0:assertion";

    /// <param name="words">What the provider would truly say, of the attacker.</param>
    /// <param name="victim">Whom the attacker wants to be.</param>
    public string Forge(string attack, SamlWords words, string victim)
    {
        var document = SamlIdp.Load(words.ResponseXml());
        var assertion = SamlIdp.Assertion(document);
        switch (attack)
        {
            case "no xml": return SamlIdp.Encode("nothing of the kind");
            case "no base64": return "<Response/>";
            case "other message": return SamlIdp.Encode(words.AssertionXml());
            case "external entity": return Declared("""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>""", document, words.NameId);
            case "external dtd": return Declared("""<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">""", document, words.NameId, "x");
            case "billion laughs": return Declared(Laughs(), document, words.NameId);
            case "deep": return Deep(document);
            case "unsigned": return SamlIdp.Encode(document);
            case "stranger's key": idp.Sign(assertion, idp.Stranger); return SamlIdp.Encode(document);
            case "stranger's key in the signature": idp.Sign(assertion, idp.Stranger, withKey: true); return SamlIdp.Encode(document);
            case "sha1 signature": idp.Sign(assertion, method: SignedXml.XmlDsigRSASHA1Url); return SamlIdp.Encode(document);
            case "sha1 digest": idp.Sign(assertion, digest: SignedXml.XmlDsigSHA1Url); return SamlIdp.Encode(document);
            case "hmac of the public key": idp.Sign(assertion, method: SamlIdp.Hmac); return SamlIdp.Encode(document);
            case "signature of another element": idp.Sign(assertion, uri: $"#{words.ResponseId}"); return SamlIdp.Encode(document);
            case "reference to everything": idp.Sign(assertion, uri: ""); return SamlIdp.Encode(document);
            case "two references": idp.Sign(assertion, change: signature => signature.AddReference(Reference($"#{words.ResponseId}"))); return SamlIdp.Encode(document);
            case "another transform": idp.Sign(assertion, change: signature => ((Reference)signature.SignedInfo!.References[0]!).AddTransform(new XmlDsigC14NTransform())); return SamlIdp.Encode(document);
            case "canonical with comments":
                idp.Sign(assertion, change: signature => signature.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigExcC14NWithCommentsTransformUrl);
                return SamlIdp.Encode(document);
            case "inclusive canonicalization": idp.Sign(assertion, change: signature => signature.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigC14NTransformUrl); return SamlIdp.Encode(document);
            case "object in the signature": idp.Sign(assertion, change: signature => signature.AddObject(new DataObject())); return SamlIdp.Encode(document);
            default: return AfterSigning(attack, words, victim, document, assertion);
        }
    }

    private string AfterSigning(string attack, SamlWords words, string victim, XmlDocument document, XmlElement assertion)
    {
        if (attack is "signed response within another") idp.Sign(document.DocumentElement!);
        var signature = idp.Sign(assertion);
        var evil = (XmlElement)document.ImportNode(SamlIdp.Load((words with { NameId = victim, AssertionId = "_evil" }).AssertionXml()).DocumentElement!, deep: true);
        var (root, name) = (document.DocumentElement!, (XmlElement)assertion.GetElementsByTagName("NameID", Space)[0]!);
        switch (attack)
        {
            case "changed after signing": name.InnerText = victim; break;
            case "no id": assertion.RemoveAttribute("ID"); break;
            case "other assertion before": root.InsertBefore(evil, assertion); break;
            case "other assertion behind": root.AppendChild(evil); break;
            case "signed one in the extensions":
                root.ReplaceChild(evil, assertion);
                root.InsertBefore(document.CreateElement("samlp", "Extensions", root.NamespaceURI), evil)!.AppendChild(assertion);
                break;
            case "signed one within the other":
                root.ReplaceChild(evil, assertion);
                assertion.RemoveChild(signature);
                evil.InsertAfter(signature, evil.FirstChild);
                evil.AppendChild(assertion);
                break;
            case "signed one within the signature":
                root.ReplaceChild(evil, assertion);
                assertion.RemoveChild(signature);
                evil.InsertAfter(signature, evil.FirstChild);
                signature.AppendChild(document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(assertion);
                break;
            case "signed one under the same id":
                evil.SetAttribute("ID", words.AssertionId);
                root.InsertBefore(evil, assertion);
                break;
            case "signed response within another": return SamlIdp.Encode((words with { ResponseId = "_outer" }).ResponseXml(root.OuterXml + evil.OuterXml));
            case "signature moved to the response": root.InsertAfter(assertion.RemoveChild(signature), root.FirstChild); break;
            case "encrypted": root.ReplaceChild(document.CreateElement("saml", "EncryptedAssertion", Space), assertion); break;
            // The signature still holds: canonicalization leaves these out, or writes them as text.
            case "comment in the name": name.InsertBefore(document.CreateComment(""), name.FirstChild); break;
            case "instruction in the name": name.AppendChild(document.CreateProcessingInstruction("x", "")); break;
            case "cdata in the name": name.ReplaceChild(document.CreateCDataSection(name.InnerText), name.FirstChild!); break;
            case "second name": name.ParentNode!.AppendChild(name.CloneNode(deep: true)); break;
            default: throw new ArgumentException(attack);
        }
        return SamlIdp.Encode(document);
    }

    private static Reference Reference(string uri)
    {
        var reference = new Reference(uri) { DigestMethod = SamlIdp.Sha256 };
        reference.AddTransform(new XmlDsigExcC14NTransform());
        return reference;
    }

    private static string Declared(string doctype, XmlDocument document, string name, string? text = null) =>
        SamlIdp.Encode(doctype + document.OuterXml.Replace(name, text ?? "&x;", StringComparison.Ordinal));

    private static string Laughs()
    {
        var text = new StringBuilder("<!DOCTYPE r [<!ENTITY x0 \"ha\">");
        foreach (var level in Enumerable.Range(1, 20)) text.Append($"<!ENTITY x{level} \"{string.Concat(Enumerable.Repeat($"&x{level - 1};", 10))}\">");
        return text.Append("<!ENTITY x \"&x20;\">]>").ToString();
    }

    private static string Deep(XmlDocument document)
    {
        const int levels = 5000;
        return SamlIdp.Encode(document.OuterXml.Replace("</samlp:Response>",
            string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels)) + "</samlp:Response>", StringComparison.Ordinal));
    }
}
