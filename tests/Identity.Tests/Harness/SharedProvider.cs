using Xunit;

[assembly: AssemblyFixture(typeof(Platform.Identity.Tests.Harness.SharedProvider))]

namespace Platform.Identity.Tests.Harness;

/// <summary>One provider as in production, for every fact that does not change its settings.</summary>
public sealed class SharedProvider : IAsyncLifetime
{
    internal IdentityProcess Identity { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Identity = await IdentityProcess.StartAsync();

    public ValueTask DisposeAsync() => Identity.DisposeAsync();
}
