using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Platform.Rest;

/// <summary>The names that values of enums have in proto and JSON: <c>DEAL_STATUS_WON</c>.</summary>
public static class EnumNames
{
    private static readonly ConcurrentDictionary<Enum, string> Known = new();

    /// <summary>The name of a value; as the program calls it where the .proto does not name it.</summary>
    public static string Of(Enum value) =>
        Known.GetOrAdd(value, static known => known.GetType().GetField(known.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? known.ToString());
}
