using System.Diagnostics;

namespace Platform.Dashboard.Dapr;

/// <summary>Looking at a stack is no part of what it does: the sidecars are told not to record it.</summary>
internal static class Untraced
{
    public const string Header = "traceparent";

    /// <summary>A trace of W3C's that nobody records.</summary>
    public static string Parent => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}
