using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;

namespace Platform.Identity.Brokering.Saml;

/// <summary>A message about a sign-out that a browser has brought, by redirect or by POST. It counts for nothing without the provider's signature.</summary>
/// <param name="Field"><see cref="SamlSender.Request"/> or <see cref="SamlSender.Response"/>.</param>
/// <param name="RawQuery">The address's query as it was sent, which is what a redirect's signature is over; null for a form.</param>
internal sealed record SamlArrival(string Field, string Encoded, string? RelayState, string? RawQuery)
{
    private const int MaxLength = 64 * 1024;

    /// <summary>What a request brings; null where it brings no message, or two.</summary>
    public static async Task<SamlArrival?> ReadAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
            return Of(name => http.Request.Query[name] is [var one] ? one : null, http.Request.QueryString.Value);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Of(name => form[name] is [var one] ? one : null, rawQuery: null);
    }

    /// <summary>The message, read from what is signed; or why there is none.</summary>
    public (XmlElement? Message, string? Reason) Open(string name, SamlProvider provider, DateTimeOffset now)
    {
        if ((RawQuery is null ? SamlClient.Decode(Encoded) : Inflate(Encoded)) is not { } text || SamlXml.Parse(text)?.DocumentElement is not { } root) return (null, "malformed");
        if (!root.Is(SamlNames.Protocol, name)) return (null, "another message");
        var all = root.OwnerDocument.GetElementsByTagName("*").OfType<XmlElement>().ToList();
        var signatures = all.Where(element => element.LocalName == "Signature").ToList();
        if (SamlXml.HasIdTwice(all) || signatures.Any(signature => signature.ParentNode != root) || signatures.Count > (RawQuery is null ? 1 : 0)) return (null, "signatures");
        var certificates = provider.Trusted(now);
        try
        {
            var signed = RawQuery is null ? SamlSignature.Open(root, certificates) : IsSigned(certificates) ? root : null;
            return signed is null ? (null, "signature") : (signed, null);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or XmlException)
        {
            return (null, "malformed");
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }

    /// <summary>Whether the message is for us and from now.</summary>
    public static string? Refuse(XmlElement message, SamlProvider provider, string endpoint, DateTimeOffset now) =>
        message.Value("Version") != "2.0" || message.GetAttribute("ID").Length == 0 ? "version"
        : message.Only(SamlNames.Assertion, "Issuer").Text() != provider.Issuer ? "issuer"
        : message.Value("Destination") != endpoint ? "destination"
        : !SamlXml.TryTime(message.Value("IssueInstant"), out var issued) || issued > now + provider.Skew || now > issued + Lifetime + provider.Skew ? "not from just now"
        : message.Value("NotOnOrAfter") is { } end && !(SamlXml.TryTime(end, out var until) && now < until + provider.Skew) ? "expired"
        : null;

    /// <summary>How old a message may be.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(5);

    private static SamlArrival? Of(Func<string, string?> read, string? rawQuery) => (read(SamlSender.Request), read(SamlSender.Response)) switch
    {
        ({ } request, null) => new(SamlSender.Request, request, read("RelayState"), rawQuery),
        (null, { } response) => new(SamlSender.Response, response, read("RelayState"), rawQuery),
        _ => null,
    };

    // Bindings §3.4.4.1: over these parameters in this order, as they were written; each is there once.
    private bool IsSigned(List<X509Certificate2> certificates)
    {
        var pairs = RawQuery!.TrimStart('?').Split('&').Select(pair => (Name: pair.Split('=', 2)[0], Pair: pair)).ToLookup(pair => pair.Name, pair => pair.Pair);
        string[] signed = [Field, "RelayState", "SigAlg"];
        if (signed.Append("Signature").Any(name => pairs[name].Skip(1).Any()) || !pairs.Contains("SigAlg") || !pairs.Contains("Signature")) return false;
        var content = Encoding.UTF8.GetBytes(string.Join('&', signed.SelectMany(name => pairs[name])));
        var signature = Convert.FromBase64String(Value(pairs["Signature"].Single()));
        return certificates.Any(certificate => SamlAlgorithm.Holds(certificate, Value(pairs["SigAlg"].Single()), content, signature));
    }

    private static string Value(string pair) => Uri.UnescapeDataString(pair.Split('=', 2)[^1].Replace('+', ' '));

    // Few bytes may become very many.
    private static string? Inflate(string encoded)
    {
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(encoded)), CompressionMode.Decompress);
            var buffer = new byte[MaxLength + 1];
            var length = inflate.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > MaxLength ? null : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or DecoderFallbackException)
        {
            return null;
        }
    }
}
