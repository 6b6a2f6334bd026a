using System.Globalization;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Instances;

/// <summary>What an instance adds to all ports, so that several run side by side.</summary>
internal static class PortOffset
{
    private const int Step = 20;
    private const int HighestPort = 32767;

    /// <summary>The offset given, else the one of an earlier start, else the first that collides with nothing; kept in a file.</summary>
    public static int Decide(Instance instance, int? given, IReadOnlyCollection<int> ports)
    {
        if (given is { } explicitly)
            return Keep(instance, Checked(explicitly, ports));
        if (Kept(instance.PortOffsetFile) is { } known)
            return known;
        if (instance.IsDefault)
            return 0;
        var others = Directory.GetDirectories(instance.AllData)
            .Select(folder => Kept(Path.Combine(folder, Path.GetFileName(instance.PortOffsetFile))) ?? 0).Append(0).Distinct().ToArray();
        for (var offset = Step; offset <= HighestPort - ports.Max(); offset += Step)
        {
            if (IsFree(offset, others, ports))
                return Keep(instance, offset);
        }

        throw new StackException($"No offset was found that keeps all ports free and under {HighestPort + 1}.");
    }

    private static bool IsFree(int offset, int[] others, IReadOnlyCollection<int> ports)
    {
        var mine = ports.Select(port => port + offset).ToHashSet();
        return !others.Any(other => ports.Any(port => mine.Contains(port + other))) && !mine.Any(PortOwner.IsTaken);
    }

    private static int Checked(int offset, IReadOnlyCollection<int> ports) => offset >= 0 && ports.All(port => port + offset <= HighestPort)
        ? offset
        : throw new StackException($"A port offset must be from 0 to {HighestPort - ports.Max()}, so that no port passes {HighestPort}.");

    private static int? Kept(string file) =>
        File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var offset) ? offset : null;

    private static int Keep(Instance instance, int offset)
    {
        instance.MakeFolders();
        File.WriteAllText(instance.PortOffsetFile, offset.ToString(CultureInfo.InvariantCulture));
        return offset;
    }
}
