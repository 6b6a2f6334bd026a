using System.Text.Json;

namespace Platform.LocalHost.Instances;

/// <summary>Reads what the engine keeps for itself between two starts and can make again.</summary>
internal static class StateFile
{
    /// <summary>Null where there is no file, or one that a power cut or a full disk has spoilt.</summary>
    public static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
