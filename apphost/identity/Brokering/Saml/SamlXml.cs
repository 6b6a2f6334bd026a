using System.Globalization;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Reads XML of strangers: without a DTD, comments or instructions, which nothing of SAML needs, and not too deep.</summary>
internal static class SamlXml
{
    private const int MaxDepth = 32;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 256 * 1024 };

    /// <summary>Null for what is not well-formed or has what it must not have.</summary>
    public static XmlDocument? Parse(string text)
    {
        try
        {
            using (var scan = XmlReader.Create(new StringReader(text), Strict))
                while (scan.Read())
                    if (scan.Depth > MaxDepth || scan.NodeType is XmlNodeType.Comment or XmlNodeType.ProcessingInstruction or XmlNodeType.CDATA) return null;
            using var reader = XmlReader.Create(new StringReader(text), Strict);
            var document = Empty();
            document.Load(reader);
            return document;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The element as exclusive canonicalization writes it, with or without the signature that is its child.</summary>
    public static byte[] Canonical(XmlElement element, string? prefixes, bool withSignature)
    {
        var alone = Empty();
        var root = (XmlElement)alone.AppendChild(alone.ImportNode(element, deep: true))!;
        if (!withSignature)
            foreach (var signature in root.Children(SamlNames.Signature, "Signature")) root.RemoveChild(signature);
        // What is declared further up is in scope here as well; the nearest declaration counts.
        for (var above = element.ParentNode as XmlElement; above is not null; above = above.ParentNode as XmlElement)
            foreach (var declaration in above.Attributes.Cast<XmlAttribute>().Where(attribute => attribute.NamespaceURI == SamlNames.Namespaces && !root.HasAttribute(attribute.Name)))
                root.SetAttributeNode((XmlAttribute)alone.ImportNode(declaration, deep: true));
        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixes ?? "");
        transform.LoadInput(alone);
        using var output = (Stream)transform.GetOutput(typeof(Stream));
        using var memory = new MemoryStream();
        output.CopyTo(memory);
        return memory.ToArray();
    }

    public static XmlDocument Empty() => new() { PreserveWhitespace = true, XmlResolver = null };

    public static IReadOnlyList<XmlElement> Children(this XmlElement parent) => [.. parent.ChildNodes.OfType<XmlElement>()];

    public static IReadOnlyList<XmlElement> Children(this XmlElement parent, string space, string name) => [.. parent.ChildNodes.OfType<XmlElement>().Where(child => child.Is(space, name))];

    /// <summary>The child of that name; null when there is none or more than one.</summary>
    public static XmlElement? Only(this XmlElement parent, string space, string name) => parent.Children(space, name) is [var one] ? one : null;

    public static bool Is(this XmlElement element, string space, string name) => element.LocalName == name && element.NamespaceURI == space;

    /// <summary>The whole text of an element that has nothing but text.</summary>
    public static string? Text(this XmlElement? element) => element is null || element.ChildNodes.OfType<XmlElement>().Any() ? null : element.InnerText.Trim();

    public static string? Value(this XmlElement element, string attribute) => element.HasAttribute(attribute) ? element.GetAttribute(attribute) : null;

    /// <summary>A time as SAML writes it: in UTC.</summary>
    public static bool TryTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null && text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
