using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The web application as a person uses it, in Debian's Chromium.</summary>
public sealed class WebApplicationFacts(RunningStack stack)
{
    [Fact]
    public async Task A_person_finds_makes_and_changes_records_in_English_by_day_and_in_Russian_by_night()
    {
        var environment = new Dictionary<string, string> { ["PLATFORM_URL"] = $"{stack.Gateway}".TrimEnd('/') };
        var (code, output) = await NodePackage.RunAsync(Path.Combine(RunningStack.Root, "clients", "web"), environment, "node", "--test", "e2e/");
        Assert.True(code == 0, output);
    }
}
