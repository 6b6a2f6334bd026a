using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Building;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests;

/// <summary>One program is built anew while the others run.</summary>
public sealed class RebuildFacts
{
    private const string Library = "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>";
    private const string Program = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
        <ItemGroup><ProjectReference Include="../library/Library.csproj" /></ItemGroup></Project>
        """;

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("category", "long")]
    public async Task A_rebuilt_program_takes_the_place_of_the_old_one_and_a_broken_one_does_not()
    {
        await using var stack = TestStack.Of(builder =>
        {
            Write(builder.AppHostDirectory, "library/Library.csproj", Library);
            Write(builder.AppHostDirectory, "library/Words.cs", Words("one"));
            Write(builder.AppHostDirectory, "program/Program.csproj", Program);
            Write(builder.AppHostDirectory, "program/Program.cs", Says("first"));
            builder.AddProject("program", "program/Program.csproj").WithReplicas(2);
        });
        await stack.StartAsync(_token);
        await SaysAsync("first one");

        Write(stack.Folder, "program/Program.cs", Says("second"));
        await RebuildAsync();
        await SaysAsync("second one");

        Write(stack.Folder, "library/Words.cs", Words("two"));
        await RebuildAsync();
        await SaysAsync("second two");

        var builds = Builds();
        Assert.True((await stack.Application.ResourceCommands.ExecuteCommandAsync(stack.Engine.Find("program").Resource, KnownResourceCommands.RebuildCommand, TestContext.Current.CancellationToken)).Success);
        Assert.Equal(builds + 1, Builds());

        var running = stack["program"].ProcessId;
        Write(stack.Folder, "program/Program.cs", Says("third") + "nonsense");
        Assert.Contains("error CS", (await Assert.ThrowsAsync<StackException>(RebuildAsync)).Message, StringComparison.Ordinal);
        Assert.True(stack["program"].IsReady);
        Assert.Equal(running, stack["program"].ProcessId);

        Assert.True(Processes.Of(stack.Folder).Count > 1, "the compiler waits for the next build");
        await stack.StopAsync();
        await Eventually.HoldsAsync(() => Processes.Of(stack.Folder).Count == 0, "the compiler has ended with the stack");

        int Builds() => ((string[])["program", "program-2"]).Sum(name => stack.LogOf(name).Split("building Program.csproj").Length - 1);

        Task RebuildAsync() => stack.Engine.RebuildAsync(stack.Engine.Find("program"));

        Task SaysAsync(string words) => Eventually.HoldsAsync(() => ((string[])["program", "program-2"]).All(name => stack.LogOf(name).Contains(words, StringComparison.Ordinal)), $"both processes of the program say {words}");
    }

    [Fact]
    public void Packages_are_restored_where_a_project_has_changed()
    {
        using var folder = new TestFolder();
        foreach (var file in (string[])["services/one/One.csproj", "services/one/One.cs", "Directory.Build.props"])
            Write(folder.Path, file, "");
        var stamp = folder[".data/build/Debug.json"];
        Assert.True(BuildStamp.MayNeedRestore(stamp, folder.Path));
        Write(folder.Path, ".data/build/Debug.json", "{}");
        File.SetLastWriteTimeUtc(stamp, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        Assert.False(BuildStamp.MayNeedRestore(stamp, folder.Path));
        Touch("services/one/One.cs");
        Assert.False(BuildStamp.MayNeedRestore(stamp, folder.Path));
        Touch("services/one/One.csproj");
        Assert.True(BuildStamp.MayNeedRestore(stamp, folder.Path));

        void Touch(string file) => File.SetLastWriteTimeUtc(folder[file], DateTime.UtcNow.AddMinutes(2));
    }

    private static void Write(string root, string file, string text)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Words(string words) => $"public static class Words {{ public const string Spoken = \"x\"; public static string Of() => \"{words}\"; }}";

    private static string Says(string words) => $"System.Console.WriteLine(\"{words} \" + Words.Of()); new System.Threading.ManualResetEvent(false).WaitOne();";
}
