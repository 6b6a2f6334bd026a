using System.Text.Json;

namespace Platform.Sidecar.Api;

/// <summary>Properties by name without case, as Go reads them and therefore daprd.</summary>
internal static class JsonProperties
{
    /// <summary>The property of exactly that name, else the last that differs only in case.</summary>
    public static bool TryGet(this JsonElement holder, string name, out JsonElement value)
    {
        if (holder.TryGetProperty(name, out value))
            return true;
        var found = false;
        foreach (var property in holder.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                (value, found) = (property.Value, true);
        }

        return found;
    }
}
