using System.Text.RegularExpressions;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The web application as a person uses it, in Debian's Chromium.</summary>
public sealed partial class WebApplicationFacts(RunningStack stack)
{
    private const string Story = "e2e/story.test.mjs";

    private static string Folder => Path.Combine(RunningStack.Root, "clients", "web");

    [Fact]
    public async Task A_person_finds_makes_and_changes_records_in_English_by_day_and_in_Russian_by_night()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "e2e"), "*.test.mjs").Select(file => $"e2e/{Path.GetFileName(file)}").Where(file => file != Story).Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(files);
        await RunAsync(files);
    }

    [Fact]
    [Trait("category", "long")]
    public Task A_company_signs_up_works_sells_and_is_seen_by_nobody_else() => RunAsync(Story);

    [Fact]
    [Trait("category", "long")]
    public async Task Every_page_is_light_and_nothing_on_it_moves_while_it_comes()
    {
        var (code, output) = await NodeAsync("e2e/weigh.mjs");
        Assert.True(code == 0, output);
    }

    private async Task RunAsync(params string[] files)
    {
        var (code, output) = await NodeAsync(["--test", .. files]);
        Assert.True(code == 0, FailuresIn(output));
    }

    private Task<(int Code, string Output)> NodeAsync(params string[] arguments) => NodePackage.RunAsync(
        Folder, new() { ["PLATFORM_URL"] = $"{stack.Gateway}".TrimEnd('/'), ["PLATFORM_MAIL"] = $"{stack.Mail}".TrimEnd('/') }, "node", arguments);

    // What a test that failed says is what a summary has room for, and not the forty that passed before it.
    private static string FailuresIn(string output)
    {
        var failed = Test().Matches(output).Select(test => test.Value).Where(test => test.StartsWith("not ok", StringComparison.Ordinal)).ToList();
        return failed.Count == 0 ? output : string.Join('\n', failed);
    }

    // A line of the Test Anything Protocol with its details, which are indented.
    [GeneratedRegex(@"^(not )?ok \d+.*(\n +.*)*", RegexOptions.Multiline)]
    private static partial Regex Test();
}
