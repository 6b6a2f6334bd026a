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
    /// <param name="context">The element in whose place the text stood: it may use the prefixes that are declared there.</param>
    public static XmlDocument? Parse(string text, XmlElement? context = null)
    {
        try
        {
            using (var scan = Reader(text, context))
                while (scan.Read())
                    if (scan.Depth > MaxDepth || scan.NodeType is XmlNodeType.Comment or XmlNodeType.ProcessingInstruction or XmlNodeType.CDATA) return null;
            using var reader = Reader(text, context);
            var document = Empty();
            document.Load(reader);
            if (context is not null) Inherit(document.DocumentElement!, context);
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
        Inherit(root, element.ParentNode as XmlElement);
        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixes ?? "");
        transform.LoadInput(alone);
        using var output = (Stream)transform.GetOutput(typeof(Stream));
        using var memory = new MemoryStream();
        output.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>Whether two of them have one id, which would be for each to be taken for the other.</summary>
    public static bool HasIdTwice(IEnumerable<XmlElement> elements)
    {
        var ids = elements.SelectMany(element => element.Attributes.Cast<XmlAttribute>()).Where(attribute => attribute.LocalName.Equals("ID", StringComparison.OrdinalIgnoreCase)).ToList();
        return ids.DistinctBy(attribute => attribute.Value, StringComparer.Ordinal).Count() != ids.Count;
    }

    // What is declared further up is in scope here as well; the nearest declaration counts.
    private static void Inherit(XmlElement root, XmlElement? from)
    {
        for (var above = from; above is not null; above = above.ParentNode as XmlElement)
            foreach (var declaration in above.Attributes.Cast<XmlAttribute>().Where(attribute => attribute.NamespaceURI == SamlNames.Namespaces && !root.HasAttribute(attribute.Name)))
                root.SetAttributeNode((XmlAttribute)root.OwnerDocument.ImportNode(declaration, deep: true));
    }

    private static XmlReader Reader(string text, XmlElement? context)
    {
        var names = new XmlNamespaceManager(new NameTable());
        for (var above = context; above is not null; above = above.ParentNode as XmlElement)
            foreach (var declaration in above.Attributes.Cast<XmlAttribute>().Where(attribute => attribute.NamespaceURI == SamlNames.Namespaces))
            {
                var prefix = declaration.Prefix.Length == 0 ? "" : declaration.LocalName;
                if (!names.HasNamespace(prefix)) names.AddNamespace(prefix, declaration.Value);
            }
        return XmlReader.Create(new StringReader(text), Strict, new XmlParserContext(null, names, null, XmlSpace.None));
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

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The beginning of all time for what is none.</summary>
    public static DateTimeOffset TimeOf(string? text) => TryTime(text, out var time) ? time : default;

    /// <summary>A time as SAML writes it: in UTC.</summary>
    public static bool TryTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null && text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
