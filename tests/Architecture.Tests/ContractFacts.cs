using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

public sealed class ContractFacts
{
    [Fact]
    public async Task The_contracts_pass_buf_lint() => await BufAsync("lint");

    [Fact]
    public async Task The_contracts_break_nothing_that_was_released() => await BufAsync("breaking", "--against", "baseline.binpb");

    private static async Task BufAsync(params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "protos");
        var (code, output) = await NodePackage.RunAsync(folder, [], Path.Combine(folder, "node_modules", ".bin", "buf"), arguments);
        Assert.True(code == 0, output);
    }
}
