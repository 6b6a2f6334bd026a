using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Which ways a binding is open: its metadata <c>direction</c>, or both ways when it says nothing.</summary>
internal static class BindingDirection
{
    public static bool IsOutput(ComponentSpec spec) => spec["direction"] is null || Has(spec, "output");

    public static bool IsInput(ComponentSpec spec) => Has(spec, "input");

    /// <summary>Whether the app must be asked if it wants the events.</summary>
    public static bool IsOpen(ComponentSpec spec) => spec["direction"] is null;

    private static bool Has(ComponentSpec spec, string direction) =>
        spec["direction"]?.Split(',', StringSplitOptions.TrimEntries).Contains(direction, StringComparer.OrdinalIgnoreCase) is true;
}
