using Platform.Demo;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The TypeScript client against the stack: it makes, lists and is refused, and the answers are what the document says.</summary>
public sealed class ApiClientFacts(RunningStack stack)
{
    [Fact]
    public async Task The_client_is_built_without_a_fault_and_its_tests_pass_against_the_stack()
    {
        var token = await SignIn.GetTokenAsync(stack.Identity, "alice@acme.example", "demo", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string> { ["PLATFORM_URL"] = $"{stack.Gateway}".TrimEnd('/'), ["PLATFORM_TOKEN"] = token };
        var (code, output) = await NodePackage.RunAsync(Path.Combine(RunningStack.Root, "clients", "api"), environment, "npm", "test", "--silent");
        Assert.True(code == 0, output);
    }
}
