namespace Platform.Sidecar.Api;

/// <summary>Paths of the API as daprd reads them: without empty parts, dots, and a slash at the end. What is forwarded to an app keeps its own.</summary>
internal static class PathCleaner
{
    public static PathString Clean(PathString path)
    {
        var text = path.Value ?? "";
        if (!text.StartsWith("/v", StringComparison.Ordinal) && !text.StartsWith("//", StringComparison.Ordinal))
            return path;
        if (!text.EndsWith('/') && !text.Contains("//", StringComparison.Ordinal) && !text.Contains("/.", StringComparison.Ordinal))
            return path;
        var parts = new List<string>();
        foreach (var part in text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        return new PathString("/" + string.Join('/', parts));
    }
}
