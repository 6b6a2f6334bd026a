namespace Platform.Sidecar.Workflow.Core;

/// <summary>Which ids an instance may have: they become part of a key, so whatever a store cannot keep is refused at the door.</summary>
internal static class InstanceIds
{
    private const int Longest = 512;

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= Longest && !id.Contains("||", StringComparison.Ordinal) && !id.Any(char.IsControl);
}
