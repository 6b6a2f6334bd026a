using System.Collections.Concurrent;
using Platform.LocalPostgres.Processes;

namespace Dapr.Conformance.Harness;

/// <summary>Runs a script of the folder <c>node</c>: the same questions, asked by the JavaScript packages.</summary>
internal static class NodeClient
{
    private static readonly string Folder = FindFolder();

    /// <summary>Returns when the script has ended well; its own assertions speak otherwise.</summary>
    public static async Task RunAsync(string script, Sidecar sidecar, params (string Name, string Value)[] variables)
    {
        await using var running = Start(script, sidecar, variables);
        await running.EndsWellAsync();
    }

    /// <summary>A script that goes on until it is disposed of: an app.</summary>
    public static RunningScript Start(string script, Sidecar sidecar, params (string Name, string Value)[] variables)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "npm ci has not been run in tests/Dapr.Conformance/node (test.sh does it)");
        var environment = new Dictionary<string, string?>(sidecar.NodeEnvironment);
        foreach (var (name, value) in variables)
            environment[name] = value;
        return new RunningScript(Path.Combine(Folder, script), environment);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run within the repository");
        return Path.Combine(folder.FullName, "tests", "Dapr.Conformance", "node");
    }
}
