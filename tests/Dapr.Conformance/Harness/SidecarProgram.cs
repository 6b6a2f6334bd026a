namespace Dapr.Conformance.Harness;

/// <summary>Which sidecar is tested: the local one, or the one that <c>SIDECAR</c> names.</summary>
internal static class SidecarProgram
{
    /// <summary>Path of another sidecar with daprd's flags, daprd itself for example.</summary>
    public const string Variable = "SIDECAR";

    /// <summary>Further flags for it, separated by blanks: where placement and scheduler are.</summary>
    public const string FlagsVariable = "SIDECAR_FLAGS";

    /// <summary>Where what each sidecar has said is kept; nowhere by default.</summary>
    public static readonly string? LogFolder = Environment.GetEnvironmentVariable("SIDECAR_LOGS") is { Length: > 0 } folder ? folder : null;

    private static readonly string? Named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    public static bool IsLocal => Named is null;

    public static string Path => Named ?? Built();

    public static IReadOnlyList<string> Flags =>
        Environment.GetEnvironmentVariable(FlagsVariable)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Built()
    {
        var configuration = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "Sidecar", configuration, "Platform.Sidecar"));
    }
}
