namespace Platform.Sidecar.Api;

/// <summary>The request metadata that the HTTP API takes as <c>?metadata.name=value</c>.</summary>
internal static class RequestMetadata
{
    private const string Prefix = "metadata.";

    public static Dictionary<string, string> Of(HttpRequest request)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Query)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                metadata[name[Prefix.Length..]] = value.ToString();
        }

        return metadata;
    }
}
