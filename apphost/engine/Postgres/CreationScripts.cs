using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Postgres;

/// <summary>Makes a database.</summary>
internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;

/// <summary>Files that are run when a server's data are made.</summary>
internal sealed record InitFilesAnnotation(string Source) : IResourceAnnotation
{
    public IEnumerable<string> Files => File.Exists(Source) ? [Source] : Directory.GetFiles(Source, "*.sql").Order(StringComparer.Ordinal);
}
